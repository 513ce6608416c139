"""A verdict is only ever lowered, the reason of the worse one stands, and a hold is added and lifted in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from audits.checks.gate import Gate, held, let_through, lowered
from audits.checks.judge import _lowered, _not_empty, _nothing_due, _weighed, judged
from audits.checks.marks import marks
from audits.checks.volume import Volume
from spiders.items import Verdict, VerdictName
from tests.audits.checks.landed import landing
from tests.audits.store.conftest import review

ORDER: tuple[VerdictName, ...] = ("complete", "partial", "empty", "drifted", "blocked", "failed")
WELL = Verdict(name="complete", scope="full", reason="All of it.")


@pytest.mark.parametrize(("better", "worse"), list(pairwise(ORDER)))
def test_a_verdict_falls_to_the_worse_one_and_never_rises(better: VerdictName, worse: VerdictName) -> None:
    high, low = replace(WELL, name=better), replace(WELL, name=worse)
    assert lowered(high, worse, "Why.") == replace(high, name=worse, reason="Why.")
    assert lowered(low, better, "Why.") == low
    assert lowered(low, worse, "Another.") == low


def test_a_hold_keeps_the_verdict_and_adds_its_reason() -> None:
    assert held(WELL, "Look.") == replace(WELL, held=True, reason="All of it. Look.")
    assert held(replace(WELL, reason=""), "Look.").reason == "Look."
    assert (Gate(verdict=WELL).held, Gate(verdict=held(WELL, "Look.")).held) == (False, True)


def test_what_is_let_through_keeps_results_rows_and_sentences_and_adds_why() -> None:
    gate = Gate(verdict=held(WELL, "Look."), results=(("a", True, 1.0),), quarantined=((2, "b"),), sentences=("c",))
    let = let_through(gate, "Seen.")
    assert let == replace(gate, verdict=replace(WELL, reason="All of it. Look. Seen."), sentences=("c", "Seen."))


@pytest.mark.parametrize(
    ("name", "scope", "due"),
    [
        ("complete", "full", True), ("partial", "full", True), ("complete", "incremental", False),
        ("partial", "incremental", False), ("empty", "full", False), ("blocked", "full", False),
        ("failed", "full", False), ("complete", "file", True),
    ],
)  # fmt: skip
def test_nothing_is_due_of_what_was_not_read_or_is_only_what_is_new(name: str, scope: str, due: bool) -> None:
    verdict = Verdict(name=name, scope=scope, reason="")  # type: ignore[arg-type]  # names vary by test
    assert _nothing_due(verdict) is not due
    if not due:
        assert judged(replace(landing(), verdict=verdict), [], (), frozenset()) == Gate(verdict=verdict)


def test_reviews_of_a_site_that_says_there_are_none_are_a_drift() -> None:
    empty = replace(WELL, name="empty")
    sentence = "The site says that there are no reviews, and 1 were read."
    assert _not_empty(empty, [marks(review())]) == (replace(empty, name="drifted", reason=sentence), [sentence])
    assert _not_empty(empty, []) == (empty, [])
    assert _not_empty(WELL, [marks(review())]) == (WELL, [])


def test_a_consequence_does_what_it_is_called() -> None:
    some = replace(landing(), reviews=5, declared_total=9)
    assert _lowered(WELL, "noted", "S.", some) == WELL
    assert _lowered(WELL, "held", "S.", some) == held(WELL, "S.")
    assert _lowered(WELL, "drifted", "S.", some).name == "drifted"
    assert _lowered(WELL, "failed", "S.", some) == replace(WELL, name="failed", reason="S.")


def test_no_cards_where_the_site_counts_some_is_a_drift_and_not_a_failure() -> None:
    def of(reviews: int, declared: int | None, to: str = "failed") -> str:
        seen = replace(landing(), reviews=reviews, declared_total=declared)
        return _lowered(WELL, to, "S.", seen).name  # type: ignore[arg-type]  # consequences vary by test

    assert of(0, 9) == "drifted"
    assert of(0, None) == of(0, 0) == of(1, 9) == "failed"
    assert _lowered(WELL, "failed", "S.", replace(landing(), reviews=0, declared_total=9)).reason == "S."


@pytest.mark.parametrize(
    ("name", "scope", "success", "ended"),
    [
        ("volume:declared", "full", True, ("complete", False)),
        ("volume:declared", "full", False, ("partial", False)),
        ("volume:history", "full", True, ("complete", False)),
        ("volume:history", "full", False, ("complete", True)),
        ("volume:history", "file", False, ("complete", False)),
    ],
)
def test_a_volume_is_kept_and_lowers_or_holds_only_where_it_fails(
    name: str, scope: str, success: bool, ended: tuple[str, bool]
) -> None:
    gate = Gate(verdict=replace(WELL, scope=scope), results=(("a", True, 1.0),), sentences=("b",))  # type: ignore[arg-type]  # scopes vary by test
    weighed = _weighed(gate, Volume(name=name, success=success, ratio=0.3, sentence="S."))
    assert (weighed.verdict.name, weighed.held) == ended
    assert weighed.results == (("a", True, 1.0), (name, success, 0.3))
    assert weighed.sentences == (("b",) if success else ("b", "S."))
    assert ("S." in weighed.verdict.reason) is (ended != ("complete", False))
