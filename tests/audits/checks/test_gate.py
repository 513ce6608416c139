"""What CHECK lets through, lowers, holds and sets aside (ACCEPTANCE b12, b16–b18, c25, e40)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from audits.checks import Gate, check
from audits.checks.frame import COLUMNS, MEASURED, as_frame
from audits.checks.suite import staged_suite
from audits.checks.validate import met
from audits.store import open_store
from audits.store.records import PastRun
from spiders.items import Dated, Landing, Review, Verdict
from tests.audits.store.conftest import engagement_of, landing, review

CANARY = "canary-7731"


def good(number: int = 40) -> list[Review]:
    return [review(f"r{each}") for each in range(number)]


def came(rows: Sequence[Review], **changed: object) -> Landing:
    return landing(**({"reviews": len(rows)} | changed))  # type: ignore[arg-type]  # fields vary by test


def checked(
    rows: Sequence[Review], history: Sequence[PastRun] = (), *, always: Sequence[str] = (), **changed: object
) -> Gate:
    return check(came(rows, **changed), rows, history, always_present=always)


def runs(*sizes: int, scope: str = "full", **filled: float) -> list[PastRun]:
    return [
        PastRun(landing=f"p{n}", as_of=f"2024-01-{n + 1:02}", scope=scope, reviews=size, filled=filled)
        for n, size in enumerate(sizes)
    ]


def ended(name: str, scope: str = "full") -> Verdict:
    return Verdict(name=name, scope=scope, reason="As it came.")  # type: ignore[arg-type]  # names vary by test


def result(gate: Gate, name: str) -> tuple[bool, float | None]:
    return next((success, observed) for each, success, observed in gate.results if each == name)


def test_good_reviews_pass_with_the_verdict_they_came_with() -> None:
    gate = checked(good())
    assert gate.verdict == landing().verdict
    assert not gate.held
    assert (gate.quarantined, gate.sentences) == ((), ())
    assert all(success for _, success, _ in gate.results)
    assert result(gate, "rows") == (True, 40.0)


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


def test_no_rows_fail_the_suite() -> None:
    gate = checked([])
    assert result(gate, "rows") == (False, 0.0)
    assert gate.verdict.name == "failed"


def test_no_cards_where_the_site_counts_some_is_drift() -> None:
    assert checked([], declared_total=200).verdict.name == "drifted"


@pytest.mark.parametrize(
    ("emptied", "name"),
    [({"rating": None}, "filled:rated"), ({"title": None, "text": " "}, "filled:said")],
)
def test_a_column_that_is_all_null_fails_the_suite(emptied: dict[str, object], name: str) -> None:
    gate = checked([replace(each, **emptied) for each in good()])  # type: ignore[arg-type]  # fields vary by case
    assert result(gate, name) == (False, 0.0)
    assert gate.verdict.name == "drifted"


def test_a_few_reviews_of_stars_alone_are_no_drift() -> None:
    gate = checked([replace(each, title=None, text=None) for each in good(5)])
    assert gate.verdict.name == "complete"
    assert gate.sentences == ("Next to no review has any words.",)


def test_a_recommendation_stands_for_a_rating() -> None:
    gate = checked([replace(each, rating=None, recommended=True) for each in good()])
    assert gate.verdict.name == "complete"


def test_a_column_too_few_fails_the_suite() -> None:
    suite = staged_suite(rows=1, minimum=1, latest=None, always_present=(), history=())
    frame = as_frame(good(1)).drop(columns=["location"])
    failed = [each.name for each, success in zip(suite, met(suite, frame), strict=True) if not success]
    assert failed == ["columns", "filled:location"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"rating": 0.0}, "rating outside 1–5"),
        ({"rating": 5.5}, "rating outside 1–5"),
        ({"rating": float("nan")}, "rating outside 1–5"),
        ({"posted": Dated(on="2024-02-03")}, "dated after it was collected"),
        ({"posted": Dated(on="2023-02-31")}, "a date that is not in the calendar"),
        ({"rating": None, "title": None, "text": "  "}, "neither text nor rating"),
        ({"id": "r0"}, "the same id as an earlier row"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason_and_the_rest_passes(bad: dict[str, object], reason: str) -> None:
    rows = [*good(99), review("bad", **bad)]
    gate = checked(rows)
    assert gate.quarantined == ((99, reason),)
    assert gate.sentences == (f"1 row was set aside: {reason}.",)
    assert gate.verdict.name == "complete"


@pytest.mark.parametrize(
    "fine", [{"posted": Dated(on="2024-02-02")}, {"posted": Dated()}, {"text": None}, {"rating": None}]
)
def test_a_row_that_is_only_unusual_is_not_set_aside(fine: dict[str, object]) -> None:
    assert checked([*good(99), review("odd", **fine)]).quarantined == ()


def test_the_good_one_of_two_rows_with_one_id_is_kept() -> None:
    rows = [review("a", rating=9.0), review("a"), review("a")]
    assert [row for row, _ in checked(rows).quarantined] == [0, 2]


def test_nobody_can_say_what_the_future_is_without_a_date() -> None:
    gate = checked([review("a", posted=Dated(on="2031-01-01"))], as_of=None)
    assert gate.quarantined == ()
    assert "past:posted" not in [name for name, _, _ in gate.results]


def test_many_ratings_off_the_scale_are_drift() -> None:
    gate = checked([*good(90), *[review(f"b{each}", rating=8.0) for each in range(10)]])
    assert gate.verdict.name == "drifted"
    assert result(gate, "range:rating") == (False, 0.9)


def test_many_dates_in_the_future_are_held_because_day_and_month_may_be_swapped() -> None:
    gate = checked([*good(90), *[review(f"b{each}", posted=Dated(on="2024-11-05")) for each in range(10)]])
    assert gate.held
    assert gate.verdict.name == "complete"


@pytest.mark.parametrize(("always", "verdict"), [(("posted",), "drifted"), ((), "complete")])
def test_unreadable_dates_are_drift_only_where_the_site_says_every_review_has_one(
    always: Sequence[str], verdict: str
) -> None:
    unread = [review(f"b{each}", posted=Dated(raw="31/02/2026")) for each in range(5)]
    gate = checked([*good(95), *unread], always=always)
    assert gate.verdict.name == verdict
    assert result(gate, "read:posted") == (False, 0.95)


@pytest.mark.parametrize(("always", "verdict"), [(("title",), "drifted"), ((), "complete")])
def test_a_missing_field_is_drift_only_where_the_site_says_every_review_has_it(
    always: Sequence[str], verdict: str
) -> None:
    assert checked([replace(each, title=None) for each in good()], always=always).verdict.name == verdict


def test_a_field_that_is_filled_less_than_before_gets_a_sentence_and_no_more() -> None:
    gate = checked([replace(each, location=None) for each in good()], runs(40, 40, location=1.0))
    assert gate.verdict.name == "complete"
    assert gate.sentences == ("location is filled much less often than in earlier runs (100%).",)


def test_most_rows_sharing_ids_is_a_list_that_repeats() -> None:
    assert checked(good(30) * 2).verdict.name == "drifted"


@pytest.mark.parametrize("name", ["blocked", "drifted", "failed", "partial"])
def test_a_verdict_is_never_raised(name: str) -> None:
    assert checked(good(), verdict=ended(name)).verdict.name == name


@pytest.mark.parametrize("name", ["empty", "blocked", "failed"])
def test_where_nothing_was_due_nothing_is_expected(name: str) -> None:
    gate = checked([], verdict=ended(name))
    assert (gate.verdict, gate.results, gate.sentences) == (ended(name), (), ())


def test_nothing_new_is_a_good_end_of_an_incremental_run() -> None:
    assert checked([], verdict=ended("complete", "incremental")).verdict.name == "complete"


def test_a_listing_that_says_it_is_empty_and_is_not_is_drift() -> None:
    assert checked(good(), verdict=ended("empty")).verdict.name == "drifted"


@pytest.mark.parametrize(("declared", "verdict"), [(40, "complete"), (4_884, "partial"), (None, "complete")])
def test_a_full_run_short_of_the_declared_total_is_partial(declared: int | None, verdict: str) -> None:
    gate = checked(good(), declared_total=declared)
    assert gate.verdict.name == verdict
    assert (verdict == "complete") or gate.sentences == (
        "40 of the 4,884 reviews that the site declares were collected.",
    )


def test_rows_with_one_id_do_not_count_twice_towards_the_declared_total() -> None:
    assert checked([*good(90), *good(10)], declared_total=100).verdict.name == "partial"


@pytest.mark.parametrize(
    ("sizes", "held"),
    [
        ((101,), True),
        ((100,), False),
        ((8,), False),
        ((7,), True),
        ((1000, 1000, 40, 40, 40, 40, 40), False),
        ((), False),
    ],
)
def test_volume_against_the_median_of_the_last_five_runs_holds_a_drop_and_a_jump(
    sizes: tuple[int, ...], held: bool
) -> None:
    gate = checked(good(), runs(*sizes))
    assert gate.held is held
    assert gate.verdict.name == "complete"


def test_a_run_is_not_compared_with_itself_nor_with_runs_of_another_scope() -> None:
    itself = [replace(runs(400)[0], landing="l1")]
    assert not checked(good(), itself).held
    assert not checked(good(), runs(400, scope="file")).held
    assert not checked(good(), runs(400, scope="incremental"), verdict=ended("complete", "incremental")).held


def test_a_shorter_file_gets_a_sentence_and_is_not_held() -> None:
    gate = checked(good(), runs(400, scope="file"), verdict=ended("complete", "file"))
    assert not gate.held
    assert gate.sentences == ("40 reviews arrived where the last runs had 400.",)


def test_a_handful_of_reviews_more_or_less_is_no_jump() -> None:
    assert not checked(good(10), runs(1)).held


def test_no_word_of_a_review_is_in_a_gate_or_in_what_the_library_sees(capfd: pytest.CaptureFixture[str]) -> None:
    rows = [review(f"r{n}", text=CANARY, title=CANARY, rating=9.0, author_key=CANARY, url=CANARY) for n in range(30)]
    gate = checked(rows)
    assert gate.verdict.name == "drifted"
    assert CANARY not in repr(gate)
    assert CANARY not in as_frame(rows).to_csv()
    assert capfd.readouterr() == ("", "")


def test_the_library_reaches_for_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert checked(good()).verdict.name == "complete"


def test_landings_that_are_checked_at_once_do_not_mix() -> None:
    with ThreadPoolExecutor(4) as workers:
        gates = list(workers.map(lambda number: checked(good(number)), range(1, 9)))
    assert [result(gate, "rows")[1] for gate in gates] == [float(number) for number in range(1, 9)]


def test_the_frame_has_the_columns_that_the_suite_expects() -> None:
    assert tuple(as_frame(good(2)).columns) == COLUMNS
    assert {each for each in MEASURED if each != "posted"} <= set(Review.__slots__)


def test_a_gate_goes_into_the_store_as_it_is(tmp_path: Path) -> None:
    rows = [*good(99), review("bad", rating=9.0)]
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        store.declare(engagement_of(tmp_path))
        run = came(rows)
        gate = check(run, store.stage(run, rows), store.history("north-dental", "north"))
        done = store.ingest(run, gate)
        assert (done.taken, done.new, done.quarantined) == (True, 99, 1)
        (past,) = store.history("north-dental", "north")
    assert past.filled["rating"] == 1.0
    assert set(past.filled) >= set(MEASURED)
