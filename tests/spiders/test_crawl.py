"""The sandbox crawled over real HTTP gives back, review by review, what is true of it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from spiders.items import Landing
from spiders.landing import MANIFEST, read_reviews
from spiders.privacy import author_key, redact
from spiders.sandbox.server import serve
from spiders.sandbox.truth import demo, truth
from spiders.settings import scrapy_settings
from tests.spiders.bench import KEY, ROOT, Bench, crawled, serving, started


def test_a_crawl_of_the_sandbox_brings_home_every_review_as_it_is(tmp_path: Path) -> None:
    slug = demo().audited.slug
    with serve() as site:
        landing, said = crawled(Bench(url=site.url), tmp_path, f"/biz/{slug}")
        true = {each.id: each for each in site.truth.business(slug).reviews}
    assert isinstance(landing, Landing) and said == ""
    assert (landing.verdict.name, landing.verdict.scope, landing.declared_total) == ("complete", "full", len(true))
    found = {each.id: each for each in read_reviews(tmp_path / "landing")}
    assert found.keys() == true.keys()
    for name, review in found.items():
        told = true[str(name)]
        assert (review.rating, review.posted.on, review.location, review.invited) == (
            told.rating, told.posted_on, told.location, told.invited,
        )  # fmt: skip
        assert dict(review.subratings) == {aspect: float(value) for aspect, value in told.subratings}
        assert (review.reply.posted.on if review.reply else None) == (told.reply.posted_on if told.reply else None)
        assert review.author is None and review.author_key == author_key(KEY, told.author)
        if told.text and redact(told.text, names=[told.author]) == told.text:
            assert review.text == told.text


def test_an_edit_on_the_site_changes_the_content_hash_of_that_review_alone(tmp_path: Path) -> None:
    edits = [each for each in truth(7, True).edits if each.what != "vanished"]
    slug = edits[0].business
    hashes = []
    for edited in (False, True):
        out = tmp_path / str(edited)
        out.mkdir()
        with serve(edited=edited) as site:
            crawled(Bench(url=site.url), out, f"/biz/{slug}")
        hashes.append({each.id: each.content_hash for each in read_reviews(out / "landing")})
    changed = {name for name, held in hashes[1].items() if hashes[0][name] != held}
    assert changed == {each.review for each in edits if each.business == slug}


def test_a_crawl_killed_on_its_way_has_not_landed_and_the_next_one_does(tmp_path: Path) -> None:
    with serving() as bench:
        bench.pages(100)
        process = started(bench, tmp_path)
        whole = bench.answers["/biz/a?page=4"][0]
        bench.put("/biz/a?page=4", replace(whole, before=process.kill), whole)
        process.communicate(KEY.hex() + "\n")
        assert process.returncode < 0
        assert not (tmp_path / "landing" / MANIFEST).exists()
        landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("complete", 100)


def test_a_broken_job_is_a_sentence_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    file.write_text('{"engagment": "e"}')
    done = subprocess.run(
        [sys.executable, "-m", "spiders.crawl", str(file)], input="", capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "a job has no key engagment\n"


def test_the_settings_are_polite_and_honest_and_no_limit_can_be_loosened() -> None:
    told = scrapy_settings(
        contact="mailto:a@example.com", local=False, limits={"download_delay": 0, "run_seconds": 1e9}
    )
    assert told["ROBOTSTXT_OBEY"] and told["DOWNLOAD_VERIFY_CERTIFICATES"] and told["AUTOTHROTTLE_ENABLED"]
    assert told["DOWNLOAD_DELAY"] >= 5 and told["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert told["DOWNLOAD_MAXSIZE"] == 8 * 1024 * 1024 and told["CLOSESPIDER_TIMEOUT"] <= 3 * 3600
    assert set(told["DOWNLOAD_HANDLERS"]) == {"file", "data", "ftp", "s3", "http"}
    assert "TelltaleAudit" in told["USER_AGENT"] and "mailto:a@example.com" in told["USER_AGENT"]
    assert "Mozilla" not in told["USER_AGENT"]
    assert not told["COOKIES_ENABLED"] and not told["TELNETCONSOLE_ENABLED"] and not told["REMOTE_CONTROL_ENABLED"]
    assert scrapy_settings(contact="a", local=True)["DOWNLOAD_DELAY"] == 0
