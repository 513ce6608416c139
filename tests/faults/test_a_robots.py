"""ACCEPTANCE a5: what a robots.txt says is read to the letter (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
from scrapy.core.downloader import Slot
from scrapy.utils.test import get_crawler

from spiders.settings import scrapy_settings
from tests.spiders.bench import Answer, Bench, crawled, listing, serving


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


def test_a_crawl_delay_is_kept_behind_a_byte_order_mark(bench: Bench, tmp_path: Path) -> None:
    robots = b"\xef\xbb\xbfUser-agent: *\r\nCrawl-delay: 1.5\r\n"
    bench.put("/robots.txt", Answer(body=robots, kind="text/plain"))
    asked: list[float] = []
    for number, after in enumerate(["/biz/a?page=2", None]):
        path = f"/biz/a?page={number + 1}" if number else "/biz/a"
        ids = range(number * 20, number * 20 + 20)
        body = listing(ids, total=40, after=after)
        bench.put(path, Answer(body=body, before=lambda: asked.append(monotonic())))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "complete"
    assert all(later - earlier > 1.4 for earlier, later in pairwise(asked))


@pytest.mark.parametrize("other", ["audit", "business", "review", "mailto"])
def test_what_is_allowed_to_another_robot_is_not_allowed_to_us(bench: Bench, tmp_path: Path, other: str) -> None:
    robots = f"User-agent: *\nDisallow: /\n\nUser-agent: {other}\nAllow: /\n"
    bench.put("/robots.txt", Answer(body=robots.encode(), kind="text/plain"))
    bench.pages(20)
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, bench.asked) == ("blocked", ["/robots.txt"])


@pytest.mark.parametrize("name", ["telltaleaudit", "TelltaleAudit", "TelltaleAudit/0.1"])
def test_what_is_forbidden_to_us_by_name_is_not_asked_for(bench: Bench, tmp_path: Path, name: str) -> None:
    robots = f"User-agent: {name}\nDisallow: /biz\n\nUser-agent: *\nAllow: /\n"
    bench.put("/robots.txt", Answer(body=robots.encode(), kind="text/plain"))
    bench.pages(20)
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, bench.asked) == ("blocked", ["/robots.txt"])


def test_no_pause_is_shorter_than_the_one_that_was_asked_for() -> None:
    crawler = get_crawler(settings_dict=scrapy_settings(contact="mailto:a@example.com", local=False))
    slot = Slot(1, 30.0, jitter=crawler.settings.getfloat("DOWNLOAD_DELAY_JITTER"))
    assert {slot.download_delay() for _ in range(50)} == {30.0}
