"""ACCEPTANCE a: what a site and the network do to a crawl, and the verdict that says so."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders.landing import read_landing, read_pages, read_reviews
from spiders.settings import RETRY_TIMES
from tests.spiders.bench import Answer, Bench, crawled, listing, serving

WALLS = {
    "captcha": b"<html><body>Please complete the CAPTCHA to continue</body></html>",
    "bot check": b"<html><head><title>Just a moment...</title></head><body></body></html>",
    "suspended": b"<html><body><h1>Account Suspended</h1></body></html>",
    "login": b"<html><body><form><input name=u><input type='password' name=p></form></body></html>",
    "unknown wall": b"<html><body>Welcome</body></html>",
}


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


def test_all_pages_403_are_a_block_and_name_the_other_ways_in(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(status=403, body=b"<html>no</html>"))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "blocked"
    assert "403" in landing.verdict.reason
    assert "capture" in landing.verdict.reason
    assert landing.reviews == 0


@pytest.mark.parametrize("wall", WALLS)
def test_a_captcha_page_is_a_block_not_an_empty_crawl(bench: Bench, tmp_path: Path, wall: str) -> None:
    bench.put("/biz/a", Answer(body=WALLS[wall]))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "blocked"
    pages = [page.body for _, page in read_pages(tmp_path / "landing")]
    assert pages == [WALLS[wall]], "the page is kept as evidence"


def test_429_is_waited_for_and_then_read(bench: Bench, tmp_path: Path) -> None:
    bench.pages(20)
    whole = bench.answers["/biz/a"]
    bench.put("/biz/a", Answer(status=429, headers={"Retry-After": "0"}), *whole)
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "complete"
    assert bench.asked.count("/biz/a") == 2


def test_a_wait_longer_than_we_have_stops_the_site_and_keeps_what_was_read(bench: Bench, tmp_path: Path) -> None:
    bench.pages(60)
    bench.put("/biz/a?page=2", Answer(status=429, headers={"Retry-After": "86400"}))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("partial", 20)
    assert bench.asked.count("/biz/a?page=2") == 1


@pytest.mark.parametrize("fault", [Answer(status=503), Answer(reset=True)])
def test_a_page_that_never_comes_is_named_and_the_pages_behind_it_land(
    bench: Bench, tmp_path: Path, fault: Answer
) -> None:
    bench.pages(80)
    bench.put("/biz/a?page=2", fault)
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("partial", 60)
    assert landing.pages_failed == (f"{bench.url}/biz/a?page=2",)
    assert "page=2" in landing.verdict.reason
    # Four tries; Twisted adds one of its own where a kept connection breaks.
    assert bench.asked.count("/biz/a?page=2") in (4, 5)


@pytest.mark.parametrize(
    ("robots", "verdict"),
    [
        (Answer(body=b"User-agent: *\nDisallow: /biz/\n", kind="text/plain"), "blocked"),
        (Answer(status=503), "blocked"),
        (Answer(reset=True), "blocked"),
        (Answer(status=404), "complete"),
        (Answer(status=403), "complete"),
        (Answer(body=b"<html><body>A page, not a robots file</body></html>"), "blocked"),
    ],
)
def test_robots_txt_is_obeyed_and_its_absence_through_a_fault_is_a_refusal(
    bench: Bench, tmp_path: Path, robots: Answer, verdict: str
) -> None:
    bench.pages(5)
    bench.put("/robots.txt", robots)
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == verdict
    if verdict == "blocked":
        assert "robots" in landing.verdict.reason
        assert "/biz/a" not in bench.asked


def test_5_a_robots_file_that_cannot_be_had_is_asked_for_again_in_the_run_and_by_the_next(
    bench: Bench, tmp_path: Path
) -> None:
    for name in ("never", "later", "soon"):
        (tmp_path / name).mkdir()
    bench.pages(5)
    bench.put("/robots.txt", Answer(status=503))
    never, _ = crawled(bench, tmp_path / "never")
    assert bench.asked == ["/robots.txt"] * (1 + RETRY_TIMES)
    assert never.verdict.name == "blocked" and "answered 503" in never.verdict.reason
    assert "the next run asks for it again" in never.verdict.reason
    fine = Answer(body=b"User-agent: *\nAllow: /\n", kind="text/plain")
    bench.put("/robots.txt", Answer(status=503), Answer(reset=True), fine)
    soon, _ = crawled(bench, tmp_path / "soon")
    later, _ = crawled(bench, tmp_path / "later")
    assert (soon.verdict.name, later.verdict.name, later.reviews) == ("complete", "complete", 5)


def test_5_a_page_that_robots_txt_keeps_from_us_is_not_promised_for_the_next_run(bench: Bench, tmp_path: Path) -> None:
    bench.put("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /\n", kind="text/plain"))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "blocked" and "the next run" not in landing.verdict.reason


def test_45_a_site_that_comes_to_disallow_is_blocked_and_asked_for_nothing_more(bench: Bench, tmp_path: Path) -> None:
    bench.pages(5)
    bench.put("/robots.txt", Answer(body=b"User-agent: *\nAllow: /\n"))
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    before, _ = crawled(bench, tmp_path / "first")
    assert before.verdict.name == "complete"
    asked = len(bench.asked)
    bench.put("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /\n"))
    after, _ = crawled(bench, tmp_path / "second")
    assert (after.verdict.name, after.reviews) == ("blocked", 0) and "robots" in after.verdict.reason
    assert set(bench.asked[asked:]) == {"/robots.txt"}
    assert read_landing(tmp_path / "first" / "landing").reviews == before.reviews, (
        "what was read when it might be stays"
    )


_WHOLE = listing(range(5), total=5)


@pytest.mark.parametrize(
    "cut",
    [
        Answer(body=listing(range(3), total=5, closed=False)),
        Answer(body=_WHOLE[: len(_WHOLE) // 2], short=len(_WHOLE) // 2),
        Answer(body=gzip.compress(_WHOLE)[:-40], headers={"Content-Encoding": "gzip"}),
    ],
    ids=["no closing tag", "content-length short", "gzip cut"],
)
def test_a_page_that_arrives_in_part_is_asked_for_again_and_never_parsed(
    bench: Bench, tmp_path: Path, cut: Answer
) -> None:
    bench.put("/biz/a", cut, Answer(body=_WHOLE))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("complete", 5)
    bench.put("/biz/a", cut)
    (tmp_path / "again").mkdir()
    landing, _ = crawled(bench, tmp_path / "again")
    assert (landing.verdict.name, landing.reviews) == ("failed", 0)


def test_a_bomb_is_refused_at_the_limit_and_the_run_goes_on(bench: Bench, tmp_path: Path) -> None:
    bench.pages(60)
    bomb = gzip.compress(b"<html>" + b"0" * 60_000_000 + b"</html>")
    bench.put("/biz/a?page=2", Answer(body=bomb, headers={"Content-Encoding": "gzip"}))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("partial", 40)
    assert len(landing.pages_failed) == 1


def test_a_crawl_says_nothing_on_stderr_and_writes_no_name(bench: Bench, tmp_path: Path) -> None:
    bench.pages(25)
    landing, said = crawled(bench, tmp_path)
    assert said == ""
    assert landing.verdict.name == "complete"
    for name in ("reviews.jsonl", "manifest.json", "rejects.jsonl"):
        assert b"Somebody" not in (tmp_path / "landing" / name).read_bytes()
    assert all(review.author_key for review in read_reviews(tmp_path / "landing"))


def test_a_crawl_started_by_a_large_process_has_its_own_memory_limit(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(status=403, body=b"<html>no</html>"))
    held = bytearray(600 << 20)  # more than a crawl may hold: its peak must not pass to the child
    held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "blocked"
