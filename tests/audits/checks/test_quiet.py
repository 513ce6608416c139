"""The library is quiet: no word of a review, no network, no mixing of landings (ACCEPTANCE e40)."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from audits.checks.frame import as_frame
from audits.checks.marks import marks
from tests.audits.checks.landed import checked, good, result
from tests.audits.store.conftest import review

CANARY = "canary-7731"


def test_no_word_of_a_review_is_in_a_gate_or_in_what_the_library_sees(capfd: pytest.CaptureFixture[str]) -> None:
    rows = [review(f"r{n}", text=CANARY, title=CANARY, rating=9.0, author_key=CANARY, url=CANARY) for n in range(30)]
    gate = checked(rows)
    assert gate.verdict.name == "drifted"
    assert CANARY not in repr(gate)
    assert CANARY not in as_frame([marks(each) for each in rows]).to_csv()
    assert capfd.readouterr() == ("", "")


def test_the_library_reaches_for_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert checked(good()).verdict.name == "complete"


def test_landings_that_are_checked_at_once_do_not_mix_and_leave_the_warnings_as_they_were() -> None:
    checked(good(1))
    before = list(warnings.filters)
    with ThreadPoolExecutor(4) as workers:
        gates = list(workers.map(lambda number: checked(good(number)), range(1, 17)))
    assert [result(gate, "rows")[1] for gate in gates] == [float(number) for number in range(1, 17)]
    assert warnings.filters == before
