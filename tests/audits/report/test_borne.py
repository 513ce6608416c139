"""How sure a leak is called is no more than the evidence bears that it stands on."""

from __future__ import annotations

from dataclasses import replace

from audits.analysis.values import NotObservable
from tests.audits.report import samples
from tests.audits.report.made import US


def test_the_evidence_light_is_the_letter_under_most_reviews() -> None:
    lines = [replace(line, grade="B" if line.business == US else "A") for line in samples.sources()]
    light = samples.report(lines=lines).first_page.light
    assert not isinstance(light, NotObservable) and (light.grade, light.says) == ("B", "with a reserve.")


def test_evidence_with_serious_reserves_is_never_called_well_founded_and_its_first_reserve_is_told() -> None:
    reserve = "It is a file: what its sender left out cannot be seen."
    whole = [line for line in samples.sources() if line.verdict == "complete"]
    for grade, sureness in (("A", "high"), ("B", "high"), ("C", "medium"), ("D", "low")):
        graded = [replace(line, grade=grade, grade_reasons=(reserve, "A gap.")) for line in whole]
        page = samples.report(lines=graded).first_page
        assert page.sureness == sureness and any(reserve in reason for reason in page.reasons) == (grade != "A")


def test_a_leaks_own_page_is_no_surer_than_the_evidence_bears_and_says_why() -> None:
    whole = [line for line in samples.sources() if line.verdict == "complete"]
    first = samples.findings(samples.reviews()).leaks[0]
    told = {grade: samples.report(lines=[replace(line, grade=grade) for line in whole]).leaks[0] for grade in "ABCD"}
    assert [told[grade].sureness for grade in "ABCD"] == ["high", "high", "medium", "low"]
    assert told["B"].why_sure == first.why_sure
    assert told["D"].why_sure == f"{first.why_sure} Evidence of grade D bears no more."
