"""Identity, versions and sightings of reviews."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audits.store import ingest
from audits.store.store import Store
from audits.store.write import AT_ONCE
from spiders.items import Dated, Reply, Review, Verdict
from tests.audits.store.conftest import Dump, Passed, answered, engagement_of, ingested, landing, review


def test_an_ingest_that_is_tried_again_after_it_was_written_changes_nothing(store: Store, dump: Dump) -> None:
    ingested(store, landing(), review("a"))
    before = dump()
    again = store.ingest(landing(), Passed(verdict=landing().verdict))
    assert (again.taken, again.unchanged, again.new) == (True, 1, 0)
    assert dump() == before


def test_a_new_wording_of_a_reply_is_kept_beside_the_old_one(store: Store, dump: Dump) -> None:
    ingested(store, landing("l1"), review("a", reply=answered("Sorry.")))
    ingested(
        store, landing("l2", as_of="2024-03-01T00:00:00Z"), review("a", reply=answered("We have called.", "2024-02-20"))
    )
    (held,) = store.reviews("north-dental")
    assert (held.reply_text, held.reply_on) == ("We have called.", "2024-02-20")
    assert len(dump()["replies"]) == 2


def test_how_far_the_date_of_a_reply_is_known_stays_beside_it(store: Store) -> None:
    vague = Reply(text="Sorry.", posted=Dated(on="2024-02-01", precision="month", raw="Feb 2024"))
    ingested(store, landing("l1"), review("a", reply=vague), review("b", reply=answered("Sorry.")), review("c"))
    known = {held.reply_on: held.reply_precision for held in store.reviews("north-dental")}
    assert known == {"2024-02-01": "month", "2024-01-12": "day", None: None}


def test_a_reply_that_was_taken_down_is_not_shown_and_not_forgotten(store: Store, dump: Dump) -> None:
    ingested(store, landing("l1"), review("a", reply=answered("Sorry.")))
    ingested(store, landing("l2", as_of="2024-03-01T00:00:00Z"), review("a"))
    assert store.reviews("north-dental")[0].reply_text is None
    assert len(dump()["replies"]) == 1


def test_a_better_redactor_replaces_the_words_without_a_new_version(store: Store, dump: Dump) -> None:
    ingested(store, landing("l1"), review("a", text="Ask Jo.", content_hash="c" * 32))
    better = landing("l2", as_of="2024-03-01T00:00:00Z", redactor_version="2")
    ingested(store, better, review("a", text="Ask [name].", content_hash="c" * 32))
    assert store.reviews("north-dental")[0].text == "Ask [name]."
    assert len(dump()["review_versions"]) == 1
    assert "Ask Jo." not in repr(dump())


@pytest.mark.parametrize("verdict", ["blocked", "drifted", "empty", "failed"])
def test_a_run_that_did_not_end_well_changes_no_review(store: Store, verdict: str) -> None:
    ingested(store, landing("l1"), review("a"))
    ended = Verdict(name=verdict, scope="full", reason="It broke.")  # type: ignore[arg-type]  # each is a verdict
    result = ingested(store, landing("l2", as_of="2024-03-01"), review("a", text="Nonsense."), verdict=ended)
    assert not result.taken
    (held,) = store.reviews("north-dental")
    assert held.last_seen == "2024-02-01T10:00:00Z"


def test_a_held_run_waits_outside_with_its_rows_staged(store: Store) -> None:
    held = Verdict(name="complete", scope="full", reason="Volume.", held=True)
    assert not ingested(store, landing(), review("a"), verdict=held).taken
    assert store.reviews("north-dental") == []
    assert [each.id for each in store.staged(landing())] == ["a"]


def test_a_quarantined_row_is_kept_with_its_reason_and_not_taken_in(store: Store) -> None:
    result = ingested(store, landing(), review("a"), review("b"), quarantined=[(1, "rating outside 1–5")])
    assert (result.new, result.quarantined) == (1, 1)
    assert store.quarantined("north-dental") == {"l1": {"rating outside 1–5": 1}}
    assert store.known_ids("north-dental", "north") == {"a"}


def test_a_failure_in_the_middle_of_an_ingest_leaves_nothing_of_it(store: Store, dump: Dump) -> None:
    store.stage(landing(), [review("a")])
    before = dump()
    with pytest.raises(IndexError):
        store.ingest(
            landing(), Passed(verdict=landing().verdict, results=[("rows", True, 1.0)], quarantined=[(7, "?")])
        )
    assert dump() == before


def test_a_review_without_an_id_keeps_its_weak_one_when_its_text_is_edited(store: Store) -> None:
    ingested(store, landing("l1"), review(id=None))
    again = ingested(store, landing("l2", as_of="2024-03-01"), review(id=None, text="Edited."))
    assert again.edited == 1
    (held,) = store.reviews("north-dental")
    assert held.weak_id
    assert store.known_ids("north-dental", "north") == frozenset()


def test_two_reviews_of_one_author_and_day_are_told_apart_by_their_text(store: Store) -> None:
    result = ingested(store, landing(), review(id=None, text="First."), review(id=None, text="Second."))
    assert result.new == 2


def test_reviews_of_nobody_in_particular_are_not_one_review(store: Store) -> None:
    nobody = {"id": None, "author_key": None, "posted": Dated()}
    ingested(store, landing("l1"), review(**nobody, text="First."))
    assert ingested(store, landing("l2"), review(**nobody, text="Second.")).new == 1


def test_characters_that_no_database_takes_are_replaced(store: Store) -> None:
    odd = "NUL \x00, half \ud83d, emoji 😀, bidi \u202e, zero\u200bwidth, " + "x" * 100_000
    ingested(store, landing(), review("a", text=odd, reply=answered("\x00")))
    (held,) = store.reviews("north-dental")
    assert held.text == odd.replace("\x00", "\N{REPLACEMENT CHARACTER}").replace("\ud83d", "\N{REPLACEMENT CHARACTER}")
    assert held.reply_text == "\N{REPLACEMENT CHARACTER}"


def test_a_review_that_carries_a_name_is_not_stored(store: Store) -> None:
    with pytest.raises(ValueError, match="author's name"):
        store.stage(landing(), [review("a", author="Jo Example")])


def test_everything_that_a_review_says_comes_back(store: Store) -> None:
    given = review(
        "a",
        url="https://shop.example/a",
        rating_raw="4/10",
        location="Harbour",
        language="en",
        experienced=Dated(on="2024-01-08"),
        verified=True,
        invited=False,
        subratings={"staff": 3.0},
        attributes={"traveller": "solo"},
        reply=answered("Sorry."),
        source="page-1",
        content_hash="c" * 32,
    )
    assert store.stage(landing(), [given]) == [given] == store.staged(landing())
    store.ingest(landing(), Passed(verdict=landing().verdict))
    (held,) = store.reviews("north-dental")
    for name in ("url", "rating", "rating_raw", "title", "text", "location", "language", "verified", "invited"):
        assert getattr(held, name) == getattr(given, name)
    assert (held.subratings, held.attributes) == ({"staff": 3.0}, {"traveller": "solo"})
    assert (held.posted_on, held.posted_precision, held.experienced_on) == ("2024-01-10", "day", "2024-01-08")
    assert (held.business, held.site, held.source, held.content_hash) == ("North Dental", "sandbox", "page-1", "c" * 32)


def test_engagements_share_nothing(store: Store, tmp_path: Path) -> None:
    store.declare(engagement_of(tmp_path, "other"))
    ingested(store, landing(), review("a"))
    ingested(store, landing(engagement="other"), review("a"))
    (ours,), (theirs,) = store.reviews("north-dental"), store.reviews("other")
    assert ours.key != theirs.key
    assert ours.content_hash != theirs.content_hash


def test_reviews_come_back_by_key_whatever_the_order_of_the_landing(store: Store) -> None:
    ingested(store, landing(), *[review(f"r{number}") for number in range(20)])
    keys = [row.key for row in store.reviews("north-dental")]
    assert keys == sorted(keys)
    assert all(len(key) == 16 for key in keys)


def test_a_listing_that_nobody_declared_is_refused(store: Store) -> None:
    with pytest.raises(LookupError, match="elsewhere"):
        ingested(store, landing(listing="elsewhere"), review("a"))


def test_without_a_date_of_its_own_a_landing_was_not_seen_before_its_latest_review(store: Store) -> None:
    ingested(store, landing(as_of=None), review("a"), review("b", posted=Dated(on="2024-01-20")))
    assert {row.first_seen for row in store.reviews("north-dental")} == {"2024-01-20"}


def test_unchanged_reviews_are_dated_without_being_looked_at_one_by_one(
    store: Store, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingested(store, landing("l1"), *(review(name, source=f"p1#{name}", reply=answered("Sorry.")) for name in "abc"))
    looked_at: list[int] = []
    monkeypatch.setattr(ingest, "merge", lambda _, table, stored, rows: looked_at.append(len(list(rows))))
    later = landing("l2", as_of="2024-03-01T10:00:00Z")
    again = ingested(store, later, *(review(name, source=f"p2#{name}", reply=answered("Sorry.")) for name in "abc"))
    assert (again, looked_at) == (ingest.Ingested(taken=True, unchanged=3), [])
    seen = ("2024-02-01T10:00:00Z", "2024-03-01T10:00:00Z", "l2")
    for table in ("reviews", "review_versions", "replies"):
        assert [row[-3:] for row in dump()[table]] == [seen] * 3, table
    assert sorted(str(each.source) for each in store.reviews("north-dental")) == ["p2#a", "p2#b", "p2#c"]


def test_an_unchanged_row_that_is_set_aside_is_not_dated(store: Store) -> None:
    ingested(store, landing("l1"), review("a"), review("b"))
    later = landing("l2", as_of="2024-03-01T10:00:00Z")
    again = ingested(store, later, review("a"), review("b"), quarantined=((1, "a reason"),))
    assert (again.unchanged, again.quarantined) == (1, 1)
    assert {each.last_seen[:7] for each in store.reviews("north-dental")} == {"2024-02", "2024-03"}


def test_words_that_went_after_their_time_are_compared_anew_where_the_site_still_shows_them(store: Store) -> None:
    ingested(store, landing("l1"), review("a"))
    store.purge_text("north-dental", "2024-02-15")
    assert store.reviews("north-dental")[0].text is None
    ingested(store, landing("l2", as_of="2024-03-01T10:00:00Z"), review("a"))
    assert store.reviews("north-dental")[0].text == "They never called me back, said a."


def test_what_is_kept_of_a_landing_follows_its_order_whichever_reviews_have_an_id(store: Store) -> None:
    given = [review("a"), review(id=None, text="First."), review("b"), review(id=None, text="Second."), review("c")]
    kept = store.stage(landing(), iter(given), lambda each: each.text)
    assert kept == [each.text for each in given] == [each.text for each in store.staged(landing())]
    assert [each.id for each in store.staged(landing())][::2] == ["a", "b", "c"]


def test_a_landing_is_staged_as_it_is_read_and_not_gathered_first(store: Store) -> None:
    kept: list[str | None] = []

    def many() -> Iterator[Review]:
        for number in range(AT_ONCE + 10):
            assert len(kept) == number
            yield review(f"r{number}")

    store.stage(landing(), many(), lambda each: kept.append(each.id))
    assert len(kept) == AT_ONCE + 10


def test_new_and_edited_reviews_are_named_up_to_a_number(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "NAMED", 3)
    first = ingested(store, landing("l1"), review("a"), review("b"))
    held = {one.key for one in store.reviews("north-dental")}
    assert set(first.keys) == held
    later = landing("l2", as_of="2024-03-01T10:00:00Z")
    again = ingested(store, later, review("a"), review("b", text="They called me back."), review("c"), review("d"))
    new = {one.key for one in store.reviews("north-dental")} - held
    edited = {one.key for one in store.reviews("north-dental") if one.text == "They called me back."}
    assert set(again.keys) == new | edited
    many = ingested(store, landing("l3", as_of="2024-04-01T10:00:00Z"), *(review(name) for name in "efghi"))
    assert len(many.keys) == 3
