"""The redactor is measured on cases that were written and frozen before its rules."""

from __future__ import annotations

from hashlib import sha256

from benchmarks.redaction_cases import CASES, KINDS, cases

FROZEN = "86692f553c48d97d390436342468a6a43ac6f16a8ce9f5df4ba86ae4bcc95d36"


def test_the_cases_are_those_that_were_frozen_before_the_rules() -> None:
    assert sha256(CASES.read_bytes()).hexdigest() == FROZEN


def test_there_are_enough_cases_of_every_kind_and_of_none_at_all() -> None:
    held = cases()
    assert len(held) >= 400 and len({each.country for each in held}) >= 10
    assert sum(not each.spans for each in held) >= 100
    assert all(sum(span.kind == kind for each in held for span in each.spans) >= 18 for kind in KINDS)
