"""What an audit was held against and its grades are kept, and replaced when it is made again."""

from __future__ import annotations

from audits.store.store import Store
from spiders.items import Verdict
from tests.audits.store.conftest import Passed, landing, review

RESULTS = [("stored:rows", True, 3.0), ("analysed:rows", True, None)]


def test_results_and_grades_of_an_audit_are_kept_and_replaced(store: Store) -> None:
    store.save_proof("north-dental", "a1", [("stored:gone", False, 0.0)], {"south": ("D", ["No review."])})
    store.save_proof("north-dental", "a1", RESULTS, {"north": ("B", ["It is a file."])})
    assert store.proof("north-dental", "a1") == (sorted(RESULTS), {"north": ("B", ("It is a file.",))})
    assert store.proof("north-dental", "a2") == ([], {})


def test_what_a_landing_did_not_meet_and_how_it_ended_can_be_asked(store: Store) -> None:
    one = landing()
    ended = Verdict(name="partial", scope="full", reason="Half of it.", held=False)
    store.stage(one, [review()])
    store.ingest(one, Passed(verdict=ended, results=[("rows", True, 1.0), ("as-before:url", False, 0.1)]))
    assert store.unmet("north-dental", one.id) == ["as-before:url"]
    assert store.run("north-dental", one.id).verdict == ended
