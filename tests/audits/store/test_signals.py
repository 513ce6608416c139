"""A signal is kept per review and version, replaced by a newer reading, and never half saved."""

from __future__ import annotations

import pytest

from audits.store import StoreError
from audits.store.records import StoredReview
from audits.store.store import Store
from spiders.items import Review
from tests.audits.store.conftest import Passed, landing, review


def held(store: Store, *given: Review, day: str = "2024-02-01") -> list[StoredReview]:
    came = landing(day, as_of=f"{day}T10:00:00Z")
    store.stage(came, given)
    store.ingest(came, Passed(verdict=came.verdict))
    return store.reviews("north-dental")


def test_signals_come_back_as_they_were_saved_under_their_name(store: Store) -> None:
    one, two = held(store, review("a"), review("b"))
    store.save_signals("north-dental", "tone", {two.key: -0.1, one.key: 1 / 3})
    assert store.signals("north-dental", "tone") == {one.key: 1 / 3, two.key: -0.1}
    assert store.signals("north-dental", "length") == {}
    assert store.signals("south-dental", "tone") == {}


def test_the_signals_of_some_reviews_are_theirs_alone(store: Store) -> None:
    (north,) = held(store, review("a"))
    came = landing("l2", listing="south")
    store.stage(came, [review("b")])
    store.ingest(came, Passed(verdict=came.verdict))
    (south,) = (one for one in store.reviews("north-dental") if one.business == "South Dental")
    store.save_signals("north-dental", "tone", {north.key: 0.5, south.key: -0.5})
    assert store.signals("north-dental", "tone", [south]) == {south.key: -0.5}
    assert store.signals("north-dental", "tone", []) == {}


def test_a_signal_that_is_saved_again_is_replaced_and_the_others_stay(store: Store) -> None:
    one, two = held(store, review("a"), review("b"))
    store.save_signals("north-dental", "tone", {one.key: 0.5, two.key: 0.5})
    store.save_signals("north-dental", "length", {one.key: 40.0})
    store.save_signals("north-dental", "tone", {one.key: -0.5})
    store.save_signals("north-dental", "tone", {})
    assert store.signals("north-dental", "tone") == {one.key: -0.5, two.key: 0.5}
    assert store.signals("north-dental", "length") == {one.key: 40.0}


def test_a_signal_of_a_review_that_is_not_held_is_refused_and_nothing_of_it_is_kept(store: Store) -> None:
    (one,) = held(store, review("a"))
    with pytest.raises(StoreError, match="not held cannot be kept: nobody"):
        store.save_signals("north-dental", "tone", {one.key: 0.5, "nobody": 0.5})
    assert store.signals("north-dental", "tone") == {}


def test_an_edited_review_has_no_signal_until_its_new_text_has_one(store: Store) -> None:
    (one,) = held(store, review("a"))
    store.save_signals("north-dental", "tone", {one.key: 0.5})
    held(store, review("a", text="They called me back after all."), day="2024-03-01")
    assert store.signals("north-dental", "tone") == {}
    store.save_signals("north-dental", "tone", {one.key: 0.25})
    assert store.signals("north-dental", "tone") == {one.key: 0.25}
