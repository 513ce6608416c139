"""ACCEPTANCE a1, b12, b15 behind the crawl: what a run that ended badly changes, which is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audits.report.cover import SourceLine
from audits.store import open_store
from audits.store.records import StoredReview
from flows.admit import admitted
from flows.analyse import NothingToAuditError, assessed
from flows.console import Stage
from flows.crawling import crawled
from flows.hosts import Hosts
from flows.outcome import EXIT, named, shortfalls
from flows.plan import Plan, planned
from tests.flows.command import KEY
from tests.flows.test_collect import engagement
from tests.spiders.bench import Answer, Bench, listing, serving


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


@pytest.fixture
def plan(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    return planned(engagement(tmp_path, bench), home=tmp_path / "home", full=True)


def run(plan: Plan) -> tuple[tuple[SourceLine, ...], list[StoredReview], str]:
    """The listing crawled, checked and taken in: its line, what is held of it, and what the analysis says to it."""
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        landing = crawled(plan, store, plan.engagement.listing("a"), Hosts(plan.settings.home / "locks", 600.0))
        lines, held = admitted.fn(plan, store, [landing], {}, Stage("check"))
        try:
            assessed(plan, lines, held)
            told = "measured"
        except NothingToAuditError as nothing:
            told = str(nothing)
        return lines, store.reviews(plan.name), told


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer(status=403, body=b"<html>no</html>"), "blocked"),
        (Answer(body=listing(range(20), total=20, reviewRating=None)), "drifted"),
        (Answer(body=listing([], total=20)), "drifted"),
        (Answer(status=503), "failed"),
    ],
    ids=["403", "no ratings", "no cards", "503"],
)
def test_1_15_a_run_that_ended_badly_fails_the_audit_and_changes_no_review_and_no_report(
    bench: Bench, plan: Plan, answer: Answer, verdict: str
) -> None:
    bench.pages(20)
    good, held, told = run(plan)
    assert (named(plan, good), len(held), told) == ("complete", 20, "measured")
    bench.put("/biz/a", answer)
    for _ in range(3):
        bad, still, told = run(plan)
        assert (bad[0].verdict, bad[0].assessed, EXIT[named(plan, bad)]) == (verdict, False, 1)
        assert still == held and {each.absent_since for each in still} == {None}
        assert told.startswith("No review of Bench & Co could be read.") and f"a: {verdict}" in told, (
            "and so nothing is reported: the last report stands"
        )


def test_12_a_shortfall_stands_beside_the_listing_and_ends_the_audit_as_partial(bench: Bench, plan: Plan) -> None:
    bench.put("/biz/a", Answer(body=listing(range(18), total=4884)))
    lines, held, _ = run(plan)
    assert (lines[0].verdict, lines[0].declared_total, lines[0].reviews, len(held)) == ("partial", 4884, 18, 18)
    assert EXIT[named(plan, lines)] == 2
    (said,) = shortfalls(lines)
    assert "18 of 4,884" in said or "18 of the 4,884" in said
