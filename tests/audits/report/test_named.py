"""The name of an audit and its JSON come from one writing, and are those of the report."""

from __future__ import annotations

import json
from dataclasses import replace

from audits.report.json import audit_id, named, render
from audits.report.model import Release
from audits.report.reread import reread, without
from audits.report.told import Moments
from spiders.mentions import mentions
from tests.audits.report import samples
from tests.audits.report.test_content import made


def test_a_draft_and_an_approved_report_have_the_name_and_the_text_that_they_have_apart() -> None:
    draft = samples.report()
    approved = replace(draft, state="approved", release=Release(who="A person", on="2026-07-01"))
    assert named(draft) == (audit_id(draft), render(draft).encode())
    assert named(approved) == (audit_id(draft), render(approved).encode()) and render(approved) != render(draft)


def test_a_report_that_is_read_back_keeps_the_order_of_the_customers_way() -> None:
    draft = samples.report()
    assert list(reread(json.loads(render(draft))).stages) == list(draft.stages) != sorted(draft.stages)


def test_a_grave_case_of_an_erased_review_stays_counted_and_loses_its_words_and_its_link() -> None:
    draft = made()
    assert isinstance(draft.moments, Moments)
    first, *others = draft.moments.newest
    assert first.quote is not None and others
    left = reread(without(json.loads(render(draft)), [first.review], [], None)).moments
    assert left == replace(draft.moments, newest=(replace(first, quote=None), *others))


def test_a_forgotten_name_is_masked_where_it_stands_and_not_within_other_words() -> None:
    said = {"quote": "Ed measured it, and ED's friend Edward agreed (Ed). Ask ed"}
    assert without(said, [], [], mentions(["Ed"])) == {
        "quote": "[name] measured it, and [name]'s friend Edward agreed ([name]). Ask [name]"
    }
