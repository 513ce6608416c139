"""ACCEPTANCE c23: a review that the site shows no more is absent only after several full readings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from audits.store.absences import told_by
from audits.store.store import Store
from spiders.items import Verdict
from tests.audits.store.conftest import Dump, Passed, landing, review


def read(store: Store, day: str, *names: str, verdict: Verdict | None = None) -> None:
    """One reading of the listing on a day, in which the site showed these reviews."""
    run = landing(f"l-{day}", as_of=f"{day}T10:00:00Z", **({"verdict": verdict} if verdict else {}))
    store.stage(run, [review(each) for each in names])
    store.ingest(run, Passed(verdict=run.verdict))


def absent(store: Store) -> dict[str, str]:
    held = {row.text: row.absent_since for row in store.reviews("north-dental")}
    return {str(text)[-2]: since[:10] for text, since in held.items() if since}


def test_missing_once_or_twice_is_nothing(store: Store) -> None:
    read(store, "2024-02-01", "a", "b")
    read(store, "2024-02-20", "a")
    read(store, "2024-03-20", "a")
    assert absent(store) == {}


def test_missing_from_three_full_readings_over_two_weeks_is_absent_since_the_first_of_them(store: Store) -> None:
    for day, names in (("2024-02-01", "ab"), ("2024-02-10", "a"), ("2024-02-17", "a"), ("2024-02-24", "a")):
        read(store, day, *names)
    assert absent(store) == {"b": "2024-02-10"}


def test_three_readings_in_three_days_say_nothing(store: Store) -> None:
    for day, names in (("2024-02-01", "ab"), ("2024-02-02", "a"), ("2024-02-03", "a"), ("2024-02-04", "a")):
        read(store, day, *names)
    assert absent(store) == {}


def test_a_review_that_is_back_is_not_absent_and_its_absence_stays_on_record(store: Store, dump: Dump) -> None:
    for day, names in (("2024-02-01", "ab"), ("2024-02-10", "a"), ("2024-02-17", "a"), ("2024-02-24", "a")):
        read(store, day, *names)
    read(store, "2024-03-01", "a", "b")
    assert absent(store) == {}
    ((_, _, since, _, returned),) = dump()["absences"]
    assert (str(since)[:10], str(returned)[:10]) == ("2024-02-10", "2024-03-01")
    for day in ("2024-03-10", "2024-03-17", "2024-03-24"):
        read(store, day, "a")
    assert absent(store) == {"b": "2024-03-10"}
    assert len(dump()["absences"]) == 2


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(name="partial", scope="full", reason="A page failed."),
        Verdict(name="blocked", scope="full", reason="403"),
        Verdict(name="drifted", scope="full", reason="A field is gone."),
        Verdict(name="empty", scope="full", reason="The site says so."),
        Verdict(name="failed", scope="full", reason="It broke."),
        Verdict(name="complete", scope="incremental", reason="What is new was read."),
        Verdict(name="complete", scope="capped", reason="As far as the site goes."),
        Verdict(name="complete", scope="file", reason="Every row was read."),
        Verdict(name="complete", scope="full", reason="Fell by half.", held=True),
    ],
    ids=lambda verdict: f"{verdict.name}-{verdict.scope}-{verdict.held}",
)
def test_a_run_that_was_not_complete_and_full_changes_nothing(store: Store, verdict: Verdict) -> None:
    read(store, "2024-02-01", "a", "b")
    read(store, "2024-02-10", "a")
    read(store, "2024-02-17", "a")
    for day in ("2024-02-24", "2024-03-02", "2024-03-09"):
        read(store, day, "a", verdict=verdict)
    assert absent(store) == {}
    read(store, "2024-03-16", "a")
    assert absent(store) == {"b": "2024-02-10"}


@pytest.mark.parametrize(
    ("readings", "cut"),
    [
        ([], None),
        (["2024-02-01", "2024-02-20"], None),
        (["2024-02-01", "2024-02-08", "2024-02-14"], None),
        (["2024-02-01", "2024-02-08", "2024-02-15"], "2024-02-01"),
        (["2024-02-01", "2024-02-08", "2024-02-15", "2024-02-22"], "2024-02-08"),
        (["2024-02-01", "2024-02-02", "2024-02-03", "2024-03-03", "2024-03-04"], "2024-02-03"),
    ],
)
def test_a_review_counts_as_missing_from_the_last_reading_that_is_far_enough_back(
    readings: Sequence[str], cut: str | None
) -> None:
    assert told_by(readings) == cut
