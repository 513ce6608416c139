"""Which rows are set aside, and that the rest goes on into the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.checks import check
from audits.checks.marks import MEASURED
from audits.store import open_store
from spiders.items import Dated
from tests.audits.checks.landed import came, checked, good
from tests.audits.store.conftest import engagement_of, review


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


def test_the_good_one_of_two_rows_with_one_id_is_kept() -> None:
    rows = [review("a", rating=9.0), review("a"), review("a")]
    assert [row for row, _ in checked(rows).quarantined] == [0, 2]


def test_nobody_can_say_what_the_future_is_without_a_date() -> None:
    gate = checked([review("a", posted=Dated(on="2031-01-01"))], as_of=None)
    assert gate.quarantined == ()
    assert "past:posted" not in [name for name, _, _ in gate.results]


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
