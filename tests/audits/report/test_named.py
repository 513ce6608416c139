"""The name of an audit and its JSON come from one writing, and are those of the report."""

from __future__ import annotations

from dataclasses import replace

from audits.report.json import audit_id, named, render
from audits.report.model import Release
from tests.audits.report import samples


def test_a_draft_and_an_approved_report_have_the_name_and_the_text_that_they_have_apart() -> None:
    draft = samples.report()
    approved = replace(draft, state="approved", release=Release(who="A person", on="2026-07-01"))
    assert named(draft) == (audit_id(draft), render(draft))
    assert named(approved) == (audit_id(draft), render(approved)) and render(approved) != render(draft)
