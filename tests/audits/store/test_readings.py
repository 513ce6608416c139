"""What was read once is not read again, and what has changed is."""

from __future__ import annotations

import pytest

from audits.analysis.kept import statements
from audits.analysis.values import GapScore, Statement, Theme
from audits.store import StoreError, readings
from audits.store.records import StoredReview, Tombstone
from audits.store.store import Store
from spiders.items import Review
from tests.audits.store.conftest import Dump, Passed, landing, review


@pytest.fixture(autouse=True, params=[readings.FEW, 0], ids=["few", "many"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few reviews what was read is looked up, of many it is gone through."""
    monkeypatch.setattr(readings, "FEW", request.param)


def held(store: Store, *given: Review, run: str = "l1", **changed: object) -> list[StoredReview]:
    came = landing(run, **changed)
    store.stage(came, given)
    store.ingest(came, Passed(verdict=came.verdict))
    return store.reviews("north-dental")


def statements_for(store: Store, model: str, reviews: list[StoredReview]) -> dict[str, tuple[Statement, ...]]:
    """Review key → its statements, of the reviews that the model has read."""
    unread = {review.key for review in store.unread("north-dental", model, reviews)}
    known: dict[str, list[Statement]] = {review.key: [] for review in reviews if review.key not in unread}
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


@pytest.mark.parametrize("lost", ["statements", "scores"])
def test_a_text_of_which_only_a_part_is_held_is_an_error_and_not_lost(store: Store, lost: str) -> None:
    from sqlalchemy import delete

    from audits.store.tables import metadata

    one, two = held(store, review("a", text="A text."), review("b", text="Another text."))
    store.save_statements(
        "north-dental", "m1", [one, two], [statement(each, 0, 4, ("conduct", 0.9)) for each in (one, two)]
    )
    table = metadata.tables[lost]
    with store._engine.begin() as connection:
        connection.execute(delete(table).where(table.c.content_hash == one.content_hash))
    with pytest.raises(StoreError, match="restore it from its last backup"):
        statements_for(store, "m1", [one, two])
    assert set(statements_for(store, "m1", [two])) == {two.key}


def test_what_statements_scored_is_read_without_them(store: Store) -> None:
    one, two, three, four = held(store, *(review(name) for name in "abcd"))
    praise = statement(two, 0, 4, ("conduct", 0.7))._replace(outside="praise", severity=0)
    said = [statement(one, 0, 4, ("reachability", 1 / 3), ("conduct", 0.2)), statement(one, 5, 10), praise]
    store.save_statements("north-dental", "m1", [one, two, three], said)
    found = store.each_scored("north-dental", "m1", [one, two, three, four])
    assert {each.review.key: each.scores for each in found} == {
        one.key: [[0.1 + 0.2, None, 2, [["reachability", 1 / 3], ["conduct", 0.2]]], [0.1 + 0.2, None, 2, []]],
        two.key: [[0.1 + 0.2, "praise", 0, [["conduct", 0.7]]]],
    }, "one that says nothing and one that was not read are not among them"
    assert list(store.each_scored("north-dental", "m2", [one])) == []


def test_only_the_texts_that_are_asked_for_are_looked_up(store: Store) -> None:
    many = held(store, *(review(str(at), text=f"Text {at} of many.") for at in range(8)))
    store.save_statements("north-dental", "m1", many, [statement(each, 0, 4, ("conduct", 0.9)) for each in many])
    found = store.each_reading("north-dental", "m1", many[2:4])
    assert sorted(each.review.key for each in found) == sorted(each.key for each in many[2:4])
    assert list(store.each_reading("north-dental", "m1", [])) == []


def test_nothing_that_was_read_of_an_erased_review_stays(store: Store, dump: Dump) -> None:
    one, two = held(store, review("a"), review("b"))
    store.save_statements(
        "north-dental", "m1", [one, two], [statement(each, 0, 4, ("conduct", 0.9)) for each in (one, two)]
    )
    store.erase("north-dental", [Tombstone(digest=one.key, kind="review", reason="asked", at="2024-03-01")])
    assert [each.review.key for each in store.each_scored("north-dental", "m1", [one, two])] == [two.key]
    assert one.content_hash not in repr(dump())
    assert two.content_hash in repr(dump()["scores"])


def test_no_words_of_a_review_are_kept_with_its_statements(store: Store) -> None:
    from sqlalchemy import select

    from audits.store.tables import assignments, scores, statements

    (one,) = held(store, review("a", text="A canary sings."))
    store.save_statements("north-dental", "m1", [one], [statement(one, 0, 15, ("conduct", 0.9))])
    with store._engine.connect() as connection:
        rows = [row for table in (statements, assignments, scores) for row in connection.execute(select(table))]
    assert len(rows) == 3
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


def test_what_was_read_of_words_that_another_review_has_as_well_stays_when_one_is_erased_or_purged(
    store: Store,
) -> None:
    same = [review(name, title=None, text="They charged me twice.", author_key=name * 32) for name in "ab"]
    old, _ = both = held(store, *same)
    store.save_statements("north-dental", "m1", both, [statement(old, 0, 4, ("billing", 0.9))])
    held(store, same[1], run="l2", as_of="2024-03-01T10:00:00Z")
    store.purge_text("north-dental", "2024-02-15")
    (kept,) = [each for each in store.reviews("north-dental") if each.text]
    assert statements_for(store, "m1", [kept])[kept.key], "of the one that was seen again"
    store.erase("north-dental", [Tombstone(digest="a" * 32, kind="author", reason="asked", at="2024-03-02")])
    assert statements_for(store, "m1", store.reviews("north-dental"))[kept.key]
    store.erase("north-dental", [Tombstone(digest="b" * 32, kind="author", reason="asked", at="2024-03-02")])
    assert list(store.each_reading("north-dental", "m1", [kept])) == []
