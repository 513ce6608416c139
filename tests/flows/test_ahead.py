"""New reviews are read ahead of the others to the same statements; what breaks there is read in its turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audits.analysis import self_training, tutor
from audits.analysis.model import model_version
from audits.analysis.reader import given_up
from audits.analysis.values import Statement
from audits.report.cover import SourceLine
from audits.store import ingest, open_store
from audits.store.records import StoredReview
from audits.store.store import Store
from flows import ahead as module
from flows import learn as learning
from flows.admit import admitted
from flows.ahead import Ahead, ahead
from flows.analyse import read_anew
from flows.console import Stage
from flows.files import exported
from flows.mappings import Mappings
from flows.plan import Plan, planned
from flows.readings import read
from tests.flows.command import KEY
from tests.flows.engagements import engagement

NAME = "corner-cafe"
HELD = 60


@pytest.fixture
def brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Plan, Store]]:
    """An engagement of which nothing is held."""
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    plan = planned(engagement(tmp_path / "brief", reviews=HELD), home=tmp_path / "home")
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        yield plan, store


def taken(
    plan: Plan, store: Store, begin: Callable[[Sequence[str], Sequence[SourceLine]], None] | None
) -> list[StoredReview]:
    landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
    return admitted.fn(plan, store, landings, {}, Stage("check"), begin)[1]


def told(plan: Plan, store: Store, reviews: list[StoredReview], early: int) -> tuple[str, list[Statement]]:
    """What the run says it read, and the statements that are kept."""
    said = Stage("analyse")
    read_anew(plan, store, reviews, said, ahead=early)
    return said.counted, read(store, NAME, reviews)


def at_once(brief: tuple[Plan, Store], folder: Path) -> tuple[str, list[Statement]]:
    """The same of another store, into which nothing was read ahead."""
    plan = replace(brief[0], settings=replace(brief[0].settings, store_url=f"sqlite:///{folder / 'other.db'}"))
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        return told(plan, store, taken(plan, store, None), 0)


@pytest.mark.parametrize("named", [HELD, 7])
def test_what_is_read_ahead_and_what_is_left_are_what_is_read_at_once(
    brief: tuple[Plan, Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: int
) -> None:
    monkeypatch.setattr(ingest, "NAMED", named)
    plan, store = brief
    with ahead(plan, store) as early:
        reviews = taken(plan, store, early.begin)
        assert early.ended() == named
    assert len(read(store, NAME, reviews)) > 0
    found = told(plan, store, reviews, named)
    assert found == at_once(brief, tmp_path)
    assert f"{HELD} reviews, {HELD} new to the model" in found[0]


def test_what_is_usual_is_learnt_ahead_of_reading_and_is_the_same(
    brief: tuple[Plan, Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "FEW", HELD)
    monkeypatch.setattr(self_training, "ENOUGH", 20)
    monkeypatch.setattr(tutor, "ENOUGH", 20)
    plan, store = brief
    with ahead(plan, store) as early:
        reviews = taken(plan, store, early.begin)
        assert early.ended() == HELD
    found = told(plan, store, reviews, HELD)
    assert found == at_once(brief, tmp_path) and found[1][0].model != model_version()


def test_learning_ahead_is_given_up_with_the_run(brief: tuple[Plan, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def learn(plan: Plan, store: Store) -> str:
        over = given_up.get()
        assert over is not None and over.wait(60)
        asked.append(True)
        return ""

    monkeypatch.setattr(module, "learn", learn)
    plan, store = brief
    with pytest.raises(KeyboardInterrupt), ahead(plan, store) as early:
        taken(plan, store, early.begin)
        raise KeyboardInterrupt
    assert asked == [True]


def test_a_second_landing_of_the_same_file_has_nothing_to_read_ahead(brief: tuple[Plan, Store]) -> None:
    plan, store = brief
    taken(plan, store, None)
    begun: list[Sequence[str]] = []
    taken(plan, store, lambda keys, _: begun.append(keys))
    assert begun == []


def test_what_breaks_ahead_is_read_in_its_turn(brief: tuple[Plan, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    plan, store = brief

    def broken(*_: object, **__: object) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(module, "read_anew", broken)
    with ahead(plan, store) as early:
        reviews = taken(plan, store, early.begin)
        assert early.ended() == 0
    assert f"{HELD} new to the model" in told(plan, store, reviews, 0)[0]


def test_a_refit_reads_nothing_before_it_has_learnt(brief: tuple[Plan, Store]) -> None:
    plan, store = brief
    with ahead(replace(plan, refit=True), store) as early:
        reviews = taken(plan, store, early.begin)
        assert early.ended() == 0
    assert read(store, NAME, reviews) == []


def test_who_stops_the_run_does_not_wait_for_the_reading(
    brief: tuple[Plan, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, store = brief
    given_up: list[bool] = []

    def waiting(self: Ahead, keys: Sequence[str], sources: Sequence[SourceLine]) -> int:
        given_up.append(self._over.wait(30))
        return 0

    monkeypatch.setattr(Ahead, "_read", waiting)
    with pytest.raises(KeyboardInterrupt), ahead(plan, store) as early:
        early.begin(["one"], ())
        raise KeyboardInterrupt
    assert given_up == [True]
