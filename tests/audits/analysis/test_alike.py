"""What reviews tell of each other is the same whether a process of its own finds it or this one."""

from __future__ import annotations

import multiprocessing

import pytest

from audits.analysis import alike as module
from audits.analysis.alike import Asked, alike, meanwhile
from audits.store.records import StoredReview
from tests.audits.analysis.made import BUSINESS, review

OTHER = "Birch Inn"
ASKED = Asked(businesses=(BUSINESS, OTHER), period=("2024-01-01", "2024-12-31"))
WORDS = "We waited an hour at the desk and then the key they gave us did not open the door of our room"


def held() -> list[StoredReview]:
    """An original from before the period, two copies in it, one next door, and others that are like nothing."""
    found = [review(at, text=f"Number {at} of all our stays here, and no two of them were in the least alike, {at}.")
             for at in range(10, 40)]  # fmt: skip
    found += [review(1, day="2023-05-01", text=WORDS), review(2, text=WORDS), review(3, text=f"{WORDS}!")]
    return [*found, review(4, business=OTHER, text=WORDS), review(5, business=OTHER, text=None)]


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process is worth its start for a handful of reviews, sent a few at a time."""
    monkeypatch.setattr(module, "MANY", 10)
    monkeypatch.setattr(module, "AT_ONCE", 7)


def test_copies_are_those_of_the_period_and_signals_those_of_the_whole_history() -> None:
    found = alike(held(), ASKED)
    first, copy = sorted(review(at).key for at in (2, 3))
    assert found.copies == {BUSINESS: {copy: first}, OTHER: {}}
    assert {key for key, names in found.signals.items() if "copy" in names} == {review(2).key, review(3).key}
    assert all("elsewhere" in found.signals[review(at).key] for at in (1, 2))
    assert review(4, business=OTHER).key not in found.signals


@pytest.mark.usefixtures("beside")
def test_a_process_of_its_own_finds_the_same() -> None:
    with meanwhile(held(), ASKED) as told:
        assert [each.name for each in multiprocessing.active_children()]
        assert told() == alike(held(), ASKED)
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("beside")
def test_where_the_process_was_killed_it_is_found_here() -> None:
    with meanwhile(held(), ASKED) as told:
        for each in multiprocessing.active_children():
            each.kill()
        assert told() == alike(held(), ASKED)


@pytest.mark.usefixtures("beside")
def test_a_run_that_fails_before_it_asks_leaves_no_process() -> None:
    with pytest.raises(RuntimeError, match="no disk"), meanwhile(held(), ASKED):
        raise RuntimeError("no disk")
    assert not multiprocessing.active_children()
