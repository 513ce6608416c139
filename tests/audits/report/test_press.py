"""The press sets the same paper in a process of its own as in this one, and a dead one loses nothing."""

from __future__ import annotations

import os
import pickle
import signal
from dataclasses import replace
from typing import Any

import pytest

from audits.report import press as pressing
from audits.report.model import Report
from audits.report.pdf import printable
from audits.report.press import press, printed
from tests.audits.report.test_paper import small


def test_a_process_of_its_own_sets_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with press() as set_apart:
        assert set_apart.line is not None
        set_apart.begin(small(), audit_id=made_id())
        set_apart.charted({})
        assert set_apart.printed() == printed(*printable(small()), made_id(), {})


def test_what_is_handed_over_does_not_grow_with_the_reviews_behind_a_number() -> None:
    few, many = (_with_evidence(reviews) for reviews in (100, 100_000))
    assert {each.count for each in printable(many)[1]} == {100_000}
    assert len(pickle.dumps(printable(many))) < len(pickle.dumps(printable(few))) + 1_000


def _with_evidence(reviews: int) -> Report:
    keys = tuple(f"{number:016x}" for number in range(reviews))
    return replace(small(), evidence=tuple(replace(held, reviews=keys) for held in small().evidence))


def test_on_one_processor_and_after_its_death_paper_is_set_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pressing, "printed", lambda *given: {"here": str(given[3]).encode()})
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with press() as alone:
        alone.begin(small(), audit_id="x")
        alone.charted({})
        assert alone.line is None and alone.printed() == {"here": b"{}"}
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(pressing, "_work", _dies)
    with press() as killed:
        killed.begin(small(), audit_id="x")
        killed.charted({"map": "drawn"})
        assert killed.printed() == {"here": b"{'map': 'drawn'}"}


def _dies(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def made_id() -> str:
    return "2026-06-30-aaaaaaaa"
