"""Rows in quarantine keep their reason; a person can let one out, once, with a trace that survives re-runs."""

from __future__ import annotations

import pytest

from audits.store import StoreError
from audits.store.records import BAD_RATING, FUTURE, SAME_ID
from audits.store.store import Store
from spiders.items import Dated, Verdict
from tests.audits.store.conftest import Passed, landing, review

WHO = {"who": "m.jensen", "why": "The site shows it like this.", "at": "2024-02-02"}
LATE = Dated(on="2031-01-01", precision="day", raw="1 January 2031")


def quarantined(store: Store, name: str = "l1", reason: str = FUTURE, verdict: Verdict | None = None, **given: object):  # type: ignore[no-untyped-def]
    run = landing(name, **given)
    store.stage(run, [review("a"), review("b", posted=LATE, rating=9.0)])
    store.ingest(run, Passed(verdict=verdict or run.verdict, quarantined=[(1, reason)]))
    return store.set_aside("north-dental")[-1]


def test_a_row_that_was_set_aside_is_listed_with_its_reason_and_no_word_of_it(store: Store) -> None:
    row = quarantined(store)
    assert (row.listing, row.landing, row.row, row.reason, row.released_by) == ("north", "l1", 1, FUTURE, None)
    assert "called me back" not in repr(row)


def test_a_released_row_is_taken_in_without_the_value_in_doubt(store: Store) -> None:
    row = quarantined(store)
    store.release("north-dental", row.id, **WHO)
    held = {each.text: each for each in store.reviews("north-dental")}
    assert len(held) == 2
    late = held["They never called me back, said b."]
    assert (late.posted_on, late.rating) == (None, 9.0)
    ((at, event, who, detail),) = store.logged("north-dental")
    assert (at, event, who, detail["row"]) == ("2024-02-02", "released", "m.jensen", row.id)


def test_an_impossible_rating_that_is_released_counts_as_unknown_and_keeps_its_date(store: Store) -> None:
    row = quarantined(store, reason=BAD_RATING)
    store.release("north-dental", row.id, **WHO)
    (late,) = [each for each in store.reviews("north-dental") if each.rating is None]
    assert late.posted_on == "2031-01-01"


def test_a_release_holds_for_every_later_landing_of_the_same_review(store: Store) -> None:
    row = quarantined(store)
    store.release("north-dental", row.id, **WHO)
    again = quarantined(store, "l2", as_of="2024-03-01T10:00:00Z")
    assert (again.id, again.released_by, again.released_why) == (row.id, "m.jensen", WHO["why"])
    assert {each.last_seen for each in store.reviews("north-dental")} == {"2024-03-01T10:00:00Z"}
    quarantined(store, "l2", as_of="2024-03-01T10:00:00Z")
    assert len(store.reviews("north-dental")) == 2


def test_a_row_of_a_held_run_waits_with_its_run(store: Store) -> None:
    held = Verdict(name="complete", scope="full", reason="Fell by half.", held=True)
    row = quarantined(store, verdict=held)
    store.release("north-dental", row.id, **WHO)
    assert store.reviews("north-dental") == []
    store.ingest(landing(), Passed(verdict=landing().verdict, quarantined=[(1, FUTURE)]))
    assert len(store.reviews("north-dental")) == 2


def test_what_cannot_be_released_is_refused_with_a_sentence(store: Store) -> None:
    row = quarantined(store, reason=SAME_ID)
    with pytest.raises(StoreError, match="another review was taken in"):
        store.release("north-dental", row.id, **WHO)
    with pytest.raises(StoreError, match="no row nosuch"):
        store.release("north-dental", "nosuch", **WHO)


def test_a_row_is_released_once(store: Store) -> None:
    row = quarantined(store)
    store.release("north-dental", row.id, **WHO)
    with pytest.raises(StoreError, match=r"released before, by m\.jensen"):
        store.release("north-dental", row.id, **WHO)


def test_a_gate_that_sets_aside_what_is_not_there_is_an_error(store: Store) -> None:
    store.stage(landing(), [review("a")])
    with pytest.raises(IndexError, match="0 of them are staged"):
        store.ingest(landing(), Passed(verdict=landing().verdict, quarantined=[(7, FUTURE)]))
