"""ACCEPTANCE b12–b14, b17, b19: lists that slide or loop, what a site never shows, values that are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from audits.checks.suite import staged_suite
from spiders.items import Page, Review
from spiders.landing import read_reviews
from spiders.site import Site
from spiders.sites import site
from spiders.tally import LAST_PAGE, Tally
from spiders.verdicts import verdict
from tests.audits.checks.landed import checked, good, result, runs
from tests.spiders.bench import Answer, Bench, crawled, listing, serving


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


def ids(out: Path) -> list[int]:
    return sorted(int(str(each.id)[1:]) for each in read_reviews(out / "landing"))


def test_a_review_that_slides_over_the_edge_of_a_page_while_the_list_is_read_is_not_lost(
    bench: Bench, tmp_path: Path
) -> None:
    after = "/biz/a?page=2"
    now = Answer(body=listing(range(1, 21), total=59, after=after))  # the first review vanished, the 21st moved up
    bench.put("/biz/a", Answer(body=listing(range(20), total=60, after=after)), now)
    bench.put(after, Answer(body=listing(range(21, 41), total=59, after="/biz/a?page=3")))
    bench.put("/biz/a?page=3", Answer(body=listing(range(41, 60), total=59)))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, ids(tmp_path)) == ("complete", list(range(60)))
    assert [path for path in bench.asked if path == "/biz/a"] == ["/biz/a"] * 2, "one page is read again, once"
    assert len(bench.asked) == 5


def test_a_list_that_repeats_itself_after_its_tenth_page_ends_there(bench: Bench, tmp_path: Path) -> None:
    for page in range(1, 30):
        held = min(page, 10)
        path = "/biz/a" if page == 1 else f"/biz/a?page={page}"
        here = range((held - 1) * 5, held * 5)
        bench.put(path, Answer(body=listing(here, total=100, after=f"/biz/a?page={page + 1}")))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("partial", 50)
    assert "50 of 100" in landing.verdict.reason and len(bench.asked) == 12


def test_cursors_that_lead_in_a_circle_end_where_they_meet(bench: Bench, tmp_path: Path) -> None:
    turns = ["/biz/a", "/biz/a?cursor=x", "/biz/a?cursor=y", "/biz/a?cursor=x"]
    for at, (here, following) in enumerate(pairwise(turns)):
        bench.put(here, Answer(body=listing(range(at * 5, at * 5 + 5), total=100, after=following)))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews, len(bench.asked)) == ("partial", 15, 4)


def read(of: Site, unique: int, declared: int, **facts: object) -> tuple[str, str | None]:
    """Verdict and scope of a crawl that read its list to the last page."""
    tally = Tally(pages=5, reviews=unique, unique=unique, declared_total=declared, stop_reason=LAST_PAGE)
    for name, value in facts.items():
        setattr(tally, name, value)
    ended = verdict(tally, of, way="crawl", incremental=False)
    return ended.name, ended.scope


class Lenient(type(site("sandbox"))):  # type: ignore[misc]  # a site is found by its name, not imported
    whole_share = 0.9


class Capped(type(site("sandbox"))):  # type: ignore[misc]
    most_shown = 500


def test_a_list_is_whole_from_the_share_of_its_declared_total_that_its_site_allows() -> None:
    strict = site("sandbox")
    assert read(strict, 990, 1000) == ("complete", "full")
    assert read(strict, 989, 1000) == ("partial", "full")
    assert read(Lenient(), 900, 1000) == ("complete", "full")
    assert read(Lenient(), 899, 1000) == ("partial", "full")


def test_a_site_that_shows_only_so_many_is_complete_up_to_there_and_says_how_many_are_missing() -> None:
    assert read(Capped(), 500, 4884) == ("complete", "capped")
    assert read(Capped(), 494, 4884) == ("partial", "full"), "not all that it shows"
    assert read(Capped(), 300, 300) == ("complete", "full"), "fewer than it shows"
    assert read(Capped(), 500, 4884, pages_failed={"/a": "status 503"}) == ("partial", "full")
    assert read(Capped(), 500, 4884, blocked="a captcha")[0] == "partial"
    tally = Tally(pages=5, reviews=500, unique=500, declared_total=4884, stop_reason=LAST_PAGE)
    assert "500 of 4,884" in verdict(tally, Capped(), way="crawl", incremental=False).reason


@pytest.mark.parametrize(
    ("rows", "expectation"),
    [
        ([], "rows"),
        ([replace(each, id=None) for each in good()], "filled:id"),
        ([replace(each, rating=None) for each in good()], "filled:rated"),
        ([replace(each, title=None, text=None) for each in good()], "filled:said"),
    ],
)
def test_no_rows_and_a_column_of_nothing_fail_the_suite(rows: Sequence[Review], expectation: str) -> None:
    gate = checked(rows)
    assert result(gate, expectation)[0] is False
    assert gate.verdict.name in ("failed", "drifted")


def test_a_value_that_is_new_is_told_once_with_itself_kept_raw_and_not_interpreted() -> None:
    body = (Path(__file__).resolve().parents[1] / "sites" / "trustpilot" / "page.html").read_bytes()
    tally = Tally()
    for now, pending in ((b'"pending"', 3), (b'"pending"', 3), (b"true", 1)):  # one of the page is pending as it stands
        spoilt = body.replace(b'"isVerified": true', b'"isVerified": ' + now)
        parsed = site("trustpilot").parse(Page(url="https://www.trustpilot.com/review/a", body=spoilt, fetched_at=None))
        tally.page(parsed, "2024-05-01T00:00:00Z")
        odd = [each for each in parsed.reviews if each.attributes.get("verified_raw") == "pending"]
        assert len(odd) == pending
        assert all(each.verified is None for each in odd)
    [told] = [each for each in tally.told_problems() if "isVerified" in each]
    assert "'pending'" in told and "is new" in told and told.endswith("(3×)")


def test_every_suite_has_a_row_count_and_not_null_expectations() -> None:
    for history, always, latest in (((), (), None), (runs(40, text=1.0), ("title",), date(2024, 2, 1))):
        suite = staged_suite(rows=40, minimum=1, latest=latest, always_present=always, history=history)
        kinds = [type(each.rule).__name__ for each in suite]
        assert "ExpectTableRowCountToBeBetween" in kinds
        guarded = {
            each.rule.column
            for each in suite
            if type(each.rule).__name__ == "ExpectColumnValuesToNotBeNull" and each.rule.mostly > 0
        }
        assert {"id", "rated", "said"} <= guarded
        assert len({each.name for each in suite}) == len(suite)
