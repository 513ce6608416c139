"""ACCEPTANCE a: what a site and the network do to a crawl, and the verdict that says so."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders import guard
from spiders.landing import read_landing, read_pages, read_reviews
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


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:9/",
        "http://169.254.169.254/latest",
        "http://example.com/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:text/html,<html>reviews</html>",
        "http://someone:word@{host}/biz/b",
    ],
)
def test_a_redirect_off_the_listing_is_refused_before_anything_is_sent(
    bench: Bench, tmp_path: Path, target: str
) -> None:
    to = target.replace("{host}", bench.url.removeprefix("http://"))
    bench.put("/biz/a", Answer(status=302, headers={"Location": to}))
    bench.put("/biz/b", Answer(body=listing(range(5), total=5)))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("failed", 0)
    assert bench.asked == ["/robots.txt", "/biz/a"]


@pytest.mark.parametrize("hops", [5, 6, 21])
def test_five_redirects_are_followed_and_a_sixth_is_not(bench: Bench, tmp_path: Path, hops: int) -> None:
    for step in range(hops):
        bench.put(f"/biz/{step}", Answer(status=302, headers={"Location": f"/biz/{step + 1}"}))
    bench.put(f"/biz/{hops}", Answer(body=listing(range(5), total=5)))
    landing, _ = crawled(bench, tmp_path, "/biz/0")
    assert landing.verdict.name == ("complete" if hops == 5 else "failed")
    assert bench.asked == ["/robots.txt", *(f"/biz/{step}" for step in range(6))]


def test_pages_that_redirect_to_each_other_are_asked_for_once(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(status=302, headers={"Location": "/biz/b"}))
    bench.put("/biz/b", Answer(status=301, headers={"Location": "/biz/a"}))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "failed"
    assert bench.asked == ["/robots.txt", "/biz/a", "/biz/b"]


def test_a_start_address_is_guarded_like_any_other(bench: Bench, tmp_path: Path) -> None:
    landing, _ = crawled(bench, tmp_path, f"{bench.url}/biz/a", local=False)
    assert landing.verdict.name == "failed"
    assert "only https" in landing.verdict.reason
    assert bench.asked == []


def test_a_crawl_says_nothing_on_stderr_and_writes_no_name(bench: Bench, tmp_path: Path) -> None:
    bench.pages(25)
    landing, said = crawled(bench, tmp_path)
    assert said == ""
    assert landing.verdict.name == "complete"
    for name in ("reviews.jsonl", "manifest.json", "rejects.jsonl"):
        assert b"Somebody" not in (tmp_path / "landing" / name).read_bytes()
    assert all(review.author_key for review in read_reviews(tmp_path / "landing"))


FORBIDDEN = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "240.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_name_that_resolves_to_a_private_address_is_not_connected_to(address: str) -> None:
    assert guard.refused_address(address, local=False)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_address_is_connected_to(address: str) -> None:
    assert guard.refused_address(address, local=False) is None
    assert guard.refused_address(address, local=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/a", "https://other.example/a", "https://user@shop.example/", "https://shop.example:8443/",
        "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.0.0.1/", "https://[::1]/",
        "data:text/html,x", "https:///x", "https://shop.example@evil.example/", "https://[broken/",
    ],
)  # fmt: skip
def test_an_address_that_is_not_the_sites_is_not_asked_for(url: str) -> None:
    hosts = {"shop.example", "2130706433", "0x7f.1", "0177.0.0.1", "127.0.0.1", "::1"}
    assert guard.refused_url(url, hosts=hosts, local=False)


def test_the_sites_own_address_is_asked_for() -> None:
    assert guard.refused_url("https://shop.example/reviews?page=2", hosts={"shop.example"}, local=False) is None
    assert guard.refused_url("http://127.0.0.1:8123/biz/a", hosts={"127.0.0.1"}, local=True) is None


def test_a_crawl_started_by_a_large_process_has_its_own_memory_limit(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(status=403, body=b"<html>no</html>"))
    held = bytearray(600 << 20)  # more than a crawl may hold: its peak must not pass to the child
    held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "blocked"
