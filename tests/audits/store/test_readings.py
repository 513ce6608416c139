"""What was read once is not read again, and what has changed is."""

from __future__ import annotations

import pytest

from audits.analysis.kept import statements
from audits.analysis.values import GapScore, Statement, Theme
from audits.store import StoreError
from audits.store.records import StoredReview
from audits.store.store import Store
from spiders.items import Review
from tests.audits.store.conftest import Passed, landing, review


def held(store: Store, *given: Review, run: str = "l1", **changed: object) -> list[StoredReview]:
    came = landing(run, **changed)
    store.stage(came, given)
    store.ingest(came, Passed(verdict=came.verdict))
    return store.reviews("north-dental")


def statements_for(store: Store, model: str, reviews: list[StoredReview]) -> dict[str, tuple[Statement, ...]]:
    """Review key → its statements, of the reviews that the model has read."""
    known: dict[str, list[Statement]] = {key: [] for key in store.read_keys("north-dental", model, reviews)}
    for each in store.each_reading("north-dental", model, reviews):
        known[each.review.key].extend(statements(each, model))
    return {key: tuple(found) for key, found in known.items()}


def statement(of: StoredReview, start: int = 0, end: int = 4, *gaps: tuple[str, float]) -> Statement:
    return Statement(
        review=of.key,
        content=of.content_hash,
        field="text",
        start=start,
        end=end,
        text=(of.text or "")[start:end],
        complaint=0.1 + 0.2,
        gaps=tuple(GapScore(gap=gap, confidence=confidence) for gap, confidence in gaps),
        severity=2,
        flags=("leaving",),
        vector="c2Vlbg==",
        model="m1",
    )


def test_statements_come_back_as_they_were_saved(store: Store) -> None:
    (one,) = held(store, review("a"))
    saved = [statement(one, 0, 4, ("reachability", 1 / 3), ("conduct", 0.2)), statement(one, 5, 10)]
    store.save_statements("north-dental", "m1", [one], saved)
    assert statements_for(store, "m1", [one]) == {one.key: tuple(saved)}


def test_a_review_in_which_nothing_was_found_is_remembered_as_read(store: Store) -> None:
    one, two = held(store, review("a"), review("b"))
    store.save_statements("north-dental", "m1", [one], [])
    assert statements_for(store, "m1", [one, two]) == {one.key: ()}


def test_another_model_reads_everything_again(store: Store) -> None:
    (one,) = held(store, review("a"))
    store.save_statements("north-dental", "m1", [one], [statement(one)])
    assert statements_for(store, "m2", [one]) == {}


def test_an_edited_review_is_read_again_and_its_neighbours_are_not(store: Store) -> None:
    before = held(store, review("a"), review("b"))
    store.save_statements("north-dental", "m1", before, [statement(each) for each in before])
    after = held(store, review("a", text="Edited."), review("b"), run="l2", as_of="2024-03-01")
    known = statements_for(store, "m1", after)
    assert [each.title for each in after if each.key in known] == ["Title b"]


def test_text_that_was_redacted_anew_is_read_again_because_its_offsets_moved(store: Store) -> None:
    (one,) = held(store, review("a", text="Ask Jo. Bad.", content_hash="c" * 32))
    store.save_statements("north-dental", "m1", [one], [statement(one, 8, 12)])
    (again,) = held(store, review("a", text="Ask [name]. Bad.", content_hash="c" * 32), run="l2", as_of="2024-03-01")
    assert statements_for(store, "m1", [again]) == {}


def test_reviews_that_say_the_same_share_one_reading(store: Store) -> None:
    same = held(store, review("a", title=None, text="Rude."), review("b", title=None, text="Rude."))
    store.save_statements("north-dental", "m1", same[:1], [statement(same[0], 0, 5, ("conduct", 0.9))])
    known = statements_for(store, "m1", same)
    assert {key: [each.text for each in found] for key, found in known.items()} == {
        each.key: ["Rude."] for each in same
    }
    assert all(found[0].review == key for key, found in known.items())


def test_saving_what_was_read_before_changes_nothing(store: Store) -> None:
    (one,) = held(store, review("a"))
    store.save_statements("north-dental", "m1", [one], [statement(one, 0, 4, ("conduct", 0.9))])
    before = statements_for(store, "m1", [one])
    store.save_statements("north-dental", "m1", [one], [])
    assert statements_for(store, "m1", [one]) == before


def test_the_gaps_of_many_texts_stay_with_their_texts(store: Store) -> None:
    many = held(store, *(review(str(at), text=f"Text {at} of many.") for at in range(40)))
    gap = {each.key: ("conduct", at / 40) for at, each in enumerate(many) if at % 3}
    saved = [statement(each, 0, 4, *([gap[each.key]] if each.key in gap else [])) for each in many]
    store.save_statements("north-dental", "m1", many, saved)
    assert statements_for(store, "m1", many) == {each.review: (each,) for each in saved}


def test_gaps_of_a_text_that_is_not_there_are_an_error_and_not_lost(store: Store) -> None:
    from sqlalchemy import delete

    from audits.store.tables import statements

    one, two = held(store, review("a", text="A text."), review("b", text="Another text."))
    store.save_statements(
        "north-dental", "m1", [one, two], [statement(each, 0, 4, ("conduct", 0.9)) for each in (one, two)]
    )
    with store._engine.begin() as connection:
        connection.execute(delete(statements).where(statements.c.content_hash == one.content_hash))
    with pytest.raises(StoreError, match="restore it from its last backup"):
        statements_for(store, "m1", [one, two])


def test_no_words_of_a_review_are_kept_with_its_statements(store: Store) -> None:
    from sqlalchemy import select

    from audits.store.tables import assignments, statements

    (one,) = held(store, review("a", text="A canary sings."))
    store.save_statements("north-dental", "m1", [one], [statement(one, 0, 15, ("conduct", 0.9))])
    with store._engine.connect() as connection:
        rows = [*connection.execute(select(statements)), *connection.execute(select(assignments))]
    assert rows
    assert "canary" not in repr(rows)


def test_themes_are_those_of_the_last_audit(store: Store) -> None:
    def theme(name: str) -> Theme:
        return Theme(id=name, gap="conduct", name=name, quote="Rude.", quote_review="0" * 16, reviews=("0" * 16,))

    store.save_themes("north-dental", [theme("b"), theme("a")])
    store.save_themes("north-dental", [theme("c"), theme("b")])
    assert [(each.id, each.reviews) for each in store.themes("north-dental")] == [
        ("b", ("0" * 16,)),
        ("c", ("0" * 16,)),
    ]
