"""ACCEPTANCE b12, b18: a verdict is lowered by what the site declares, and held by what earlier runs brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from audits.checks import check
from audits.engagement import parse
from audits.store.store import Store
from flows.override import overridden
from tests.audits.checks.landed import checked, ended, good, runs
from tests.audits.store.conftest import ENGAGEMENT, landing


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
        ((100,), True),
        ((99,), False),
        ((9,), False),
        ((8,), True),
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


def test_18_a_fall_against_the_runs_of_the_store_is_held_until_a_person_says_why_and_holds_again_after_that_day(
    store: Store, tmp_path: Path
) -> None:
    for day in range(1, 7):
        run = landing(f"l{day}", as_of=f"2024-02-0{day}", reviews=100)
        gate = check(run, store.stage(run, good(100)), store.history("north-dental", "north"))
        assert store.ingest(run, gate).taken
    fell = landing("l7", as_of="2024-02-07", reviews=40)
    gate = check(fell, store.stage(fell, good(40)), store.history("north-dental", "north"))
    assert gate.held and "40 reviews arrived where the last runs had 100." in gate.verdict.reason
    assert not store.ingest(fell, gate).taken
    word = {"listing": "north", "reason": "Two branches left.", "by": "A. Analyst", "expires": "2024-02-28"}
    file = parse(ENGAGEMENT | {"overrides": [word]}, tmp_path / "engagement.toml")
    assert overridden(file, "north", gate, date(2024, 2, 29)).held
    let = overridden(file, "north", gate, date(2024, 2, 28))
    assert not let.held and store.ingest(fell, let).taken
    assert {each.last_seen for each in store.reviews("north-dental")} == {"2024-02-06", "2024-02-07"}
