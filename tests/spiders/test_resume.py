"""Killed at any point, a second start fetches only what is missing, and what lands is what an undisturbed run lands."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from spiders.checkpoint import CHECKPOINT, Held, salvage
from spiders.landing import MANIFEST, PAGES, LandingWriter, read_pages, read_reviews
from spiders.warc import members
from tests.spiders.bench import KEY, Answer, Bench, crawled, listing, serving, started
from tests.spiders.test_landing import page


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


def said(out: Path) -> list[dict[str, Any]]:
    """The reviews of a landing in their order, without the page's record: that has its time of fetch in it."""
    return [review.as_json() | {"source": None} for review in read_reviews(out / "landing")]


def killed_at(bench: Bench, out: Path, at: str, **given: Any) -> None:
    """A crawl that is killed when it asks for that page."""
    process = started(bench, out, **given)
    whole = bench.answers[at]
    bench.put(at, replace(whole[0], before=process.kill), *whole)
    process.communicate(KEY.hex() + "\n")
    bench.put(at, *whole)
    assert process.returncode < 0
    assert not (out / "landing" / MANIFEST).exists()


@pytest.mark.parametrize("at_once", [1, 8])
def test_a_killed_crawl_goes_on_where_it_was_and_lands_what_an_undisturbed_one_lands(
    bench: Bench, tmp_path: Path, at_once: int
) -> None:
    bench.pages(120)
    (tmp_path / "whole").mkdir()
    undisturbed, _ = crawled(bench, tmp_path / "whole")
    pages = [f"/biz/a?page={number}" for number in (3, 6)]
    for each in pages:
        killed_at(bench, tmp_path, each, at_once=at_once)
    before = len(bench.asked)
    landing, _ = crawled(bench, tmp_path, at_once=at_once)
    assert (landing.verdict, landing.reviews) == (undisturbed.verdict, 120)
    assert said(tmp_path) == said(tmp_path / "whole")
    assert len({name for name, _ in read_pages(tmp_path / "landing")}) == 6
    if at_once == 1:
        assert bench.asked[before:] == ["/robots.txt", "/biz/a?page=6"], "only what is missing is asked for"
    assert not (tmp_path / "landing" / CHECKPOINT).exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_killed_at_random_points_again_and_again_it_ends_as_if_undisturbed(
    bench: Bench, tmp_path: Path, seed: int
) -> None:
    bench.pages(300, size=10)
    (tmp_path / "whole").mkdir()
    undisturbed, _ = crawled(bench, tmp_path / "whole")
    rng = random.Random(seed)
    for each in sorted(rng.sample(range(2, 31), 3)):
        killed_at(bench, tmp_path, f"/biz/a?page={each}", at_once=rng.choice([1, 8]))
        pages = tmp_path / "landing" / PAGES
        pages.write_bytes(pages.read_bytes()[: -rng.randrange(1, 400)])  # a record that was being written
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict == undisturbed.verdict
    assert said(tmp_path) == said(tmp_path / "whole")


def test_of_a_record_that_was_cut_in_the_middle_nothing_is_used(tmp_path: Path) -> None:
    out = tmp_path / "landing"
    with LandingWriter(out) as writer:
        for number in range(3):
            writer.page(page(b"<html>%d</html>" % number) if number else page())
    whole = list(members(out / PAGES))
    for cut in range(whole[-2][1] + 1, whole[-1][1]):
        (out / "cut").write_bytes((out / PAGES).read_bytes()[:cut])
        assert len(list(members(out / "cut"))) == len(whole) - 1


def test_a_move_to_the_checkpoint_that_was_killed_is_made_again(tmp_path: Path) -> None:
    out = tmp_path / "landing"
    with LandingWriter(out) as writer:
        writer.page(page())
    body = (out / PAGES).read_bytes()
    (out / CHECKPOINT).write_bytes(body[:-7])
    salvage(out / PAGES, out / CHECKPOINT)
    assert not (out / PAGES).exists()
    found = Held(out / CHECKPOINT).page(page().url)
    assert found is not None and found[0] == page()
    assert gzip.decompress((out / CHECKPOINT).read_bytes()).count(b"WARC-Type: response") == 1


def partial(bench: Bench, out: Path, missing: str) -> Path:
    """A landing without one page, at a place of its own."""
    whole = bench.answers[missing]
    bench.put(missing, Answer(status=503))
    landing, _ = crawled(bench, out)
    assert (landing.verdict.name, landing.pages_failed) == ("partial", (f"{bench.url}{missing}",))
    bench.put(missing, *whole)
    bench.asked.clear()
    return (out / "landing").rename(out / "first")


def test_a_partial_run_is_resumed_by_fetching_the_page_that_it_named_and_no_other(bench: Bench, tmp_path: Path) -> None:
    bench.pages(400)
    first = partial(bench, tmp_path, "/biz/a?page=7")
    landing, _ = crawled(bench, tmp_path, previous=str(first), resume=True)
    assert (landing.verdict.name, landing.verdict.scope, landing.reviews) == ("complete", "full", 400)
    assert bench.asked == ["/robots.txt", "/biz/a?page=7"]


def test_a_pass_that_goes_on_another_night_reads_its_edge_and_what_came_in_since(bench: Bench, tmp_path: Path) -> None:
    bench.pages(100)
    crawled(bench, tmp_path, limits={"max_pages": 3})
    first = (tmp_path / "landing").rename(tmp_path / "first")
    for number in range(1, 6):  # one review came in: every other one slid down by one
        ids = [1000, *range(100)][(number - 1) * 20 : number * 20]
        after = f"/biz/a?page={number + 1}" if number < 6 else None
        body = listing(ids, total=101, after=after)
        bench.put("/biz/a" if number == 1 else f"/biz/a?page={number}", Answer(body=body))
    bench.put("/biz/a?page=6", Answer(body=listing([99], total=101)))
    bench.asked.clear()
    landing, _ = crawled(bench, tmp_path, previous=str(first), resume=True, reread_top=True)
    assert (landing.verdict.name, landing.reviews) == ("complete", 101)
    pages = [int(path.partition("=")[2] or 1) for path in bench.asked[1:]]
    assert pages == [3, 4, 5, 6, 1, 2], "the edge, the rest, then the top down to the first page with nothing new"


def test_a_page_that_kept_us_out_is_asked_for_again_when_the_run_is_resumed(bench: Bench, tmp_path: Path) -> None:
    bench.pages(60)
    whole = bench.answers["/biz/a?page=2"]
    bench.put("/biz/a?page=2", Answer(body=b"<html><body>Please complete the CAPTCHA</body></html>"))
    assert crawled(bench, tmp_path)[0].verdict.name == "partial"
    first = (tmp_path / "landing").rename(tmp_path / "first")
    bench.put("/biz/a?page=2", *whole)
    landing, _ = crawled(bench, tmp_path, previous=str(first), resume=True)
    assert (landing.verdict.name, landing.reviews) == ("complete", 60)


def test_a_page_that_the_site_calls_unchanged_is_read_from_the_last_landing(bench: Bench, tmp_path: Path) -> None:
    body = listing(range(20), total=20)
    bench.put("/biz/a", Answer(body=body, headers={"ETag": '"one"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}))
    crawled(bench, tmp_path)
    first = (tmp_path / "landing").rename(tmp_path / "first")
    bench.put("/biz/a", Answer(status=304, headers={"ETag": '"one"', "Content-Encoding": "gzip"}))
    landing, _ = crawled(bench, tmp_path, previous=str(first), full=True)
    assert (landing.verdict.name, landing.reviews) == ("complete", 20)
    assert bench.headers["/biz/a"][-1]["If-None-Match"] == '"one"'
    [(_, kept)], [(_, before)] = read_pages(tmp_path / "landing"), read_pages(first)
    assert kept == before, "the page keeps the time at which it was made"
    told = gzip.decompress((tmp_path / "landing" / PAGES).read_bytes())
    assert told.count(b"WARC-Type: revisit") == 1 and b"revisit/server-not-modified" in told


def test_pages_whose_address_has_letters_beyond_ascii_are_found_again(bench: Bench, tmp_path: Path) -> None:
    sent = "/biz/caf%C3%A9"
    bench.put(sent, Answer(body=listing(range(20), total=60, after="/biz/café?page=2")))
    bench.put(f"{sent}?page=2", Answer(body=listing(range(20, 40), total=60, after="/biz/café?page=3")))
    bench.put(f"{sent}?page=3", Answer(body=listing(range(40, 60), total=60)))
    killed_at(bench, tmp_path, f"{sent}?page=3", path="/biz/café")
    before = len(bench.asked)
    landing, _ = crawled(bench, tmp_path, path="/biz/café")
    assert (landing.verdict.name, landing.reviews) == ("complete", 60)
    assert bench.asked[before:] == ["/robots.txt", f"{sent}?page=3"]
