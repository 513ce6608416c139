"""A report says what the findings say, the same each time, and says so where it cannot know."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from audits.analysis.intervals import share
from audits.analysis.values import Direction, Findings, NotObservable
from audits.report import html
from audits.report import json as report_json
from audits.report.forms import screen
from audits.report.lines import methods
from audits.report.model import Report
from tests.audits.report import samples
from tests.audits.report.pages import Page, read

CLAIMS = re.compile(
    r"\b(fake|(?<!not )(?<!“)caused by|because of this leak|due to|guarantee\w*|will (rise|increase|improve))\b", re.I
)


@cache
def report() -> Report:
    return samples.report()


@cache
def forms() -> dict[str, bytes]:
    return screen(report())


@cache
def page() -> Page:
    return read(forms()["report.html"])


@cache
def thin() -> Page:
    rows = samples.reviews(businesses=(samples.US,), each=9)
    return read(screen(samples.report(found=samples.thin_findings(), rows=rows))["report.html"])


def found(**changes: object) -> Findings:
    return samples.findings(**changes)  # type: ignore[arg-type]  # fields of Findings


def test_the_same_input_gives_the_same_bytes() -> None:
    again = samples.report(rows=list(reversed(samples.reviews())))
    assert report_json.digest(again) == report_json.digest(report())
    assert screen(samples.report()) == forms()


def test_approval_changes_the_state_but_not_the_name() -> None:
    assert report_json.audit_id(replace(report(), state="approved")) == report_json.audit_id(report())
    assert report_json.audit_id(report()).startswith("2026-06-30-")


def test_every_number_with_evidence_leads_to_a_set_in_the_annex_and_from_there_to_the_reviews() -> None:
    annex = read(forms()["annex.html"])
    ids = set(annex.values("id"))
    links = [a for tag, a in page().tags if tag == "a" and "data-evidence" in a]
    assert len(links) > 60
    for link in links:
        assert link["href"] == f"annex.html#{link['data-evidence']}" and link["data-evidence"] in ids
    targets = [href for href in annex.values("href") if href.startswith("#r-")]
    assert targets and {target[1:] for target in targets} <= ids


def test_an_annex_too_large_for_a_browser_shows_some_of_each_set_and_says_where_the_others_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "as good as drawn" not in read(forms()["annex.html"]).text
    monkeypatch.setattr(html, "WHOLE", len(report().reviews) - 1)
    monkeypatch.setattr(html, "FEW", 3)
    text = html.annex(report(), audit_id="x")
    assert isinstance(text, bytes)
    annex = read(text)
    large = next(held for held in report().evidence if len(held.reviews) > 3)
    assert {held.id for held in report().evidence} <= set(annex.values("id"))
    assert f"and {len(large.reviews) - 3} more in report.json, {large.id}" in annex.text
    assert "Of each set the first 3 by id are shown, which is as good as drawn by lot" in annex.text
    lines = {one for one in annex.values("id") if one.startswith("r-")}
    assert lines == {f"r-{key}" for held in report().evidence for key in held.reviews[:3]}
    assert lines == {target[1:] for target in annex.values("href") if target.startswith("#r-")}


def test_equal_evidence_is_held_once() -> None:
    sets = [held.reviews for held in report().evidence]
    assert len(sets) == len(set(sets))
    leak = report().leaks[0]
    assert leak.share.evidence == leak.per_month.evidence


def test_a_steady_leak_names_the_months_and_the_rule_that_leaves_it_without_a_direction() -> None:
    whole = found()
    steady = next(leak.direction for leak in whole.leaks if leak.gap == "conduct")
    assert isinstance(steady, Direction)
    less = replace(steady, now=share(6, 150))
    leaks = tuple(replace(leak, direction=less) if leak.gap == "conduct" else leak for leak in whole.leaks)
    course = next(one for one in samples.report(found=found(leaks=leaks)).leaks if one.gap == "conduct").course
    assert course.sentence == (
        "No change that can be told: 4 in 100 (2–8) from January to June 2026, against 6 in 100 (3–11) from July to "
        "December 2025. 12 failings are looked at together: a difference of this size can be chance."
    )


def test_small_locations_are_counted_and_only_those_with_ten_reviews_have_a_line() -> None:
    leak = found().leaks[0]
    assert not isinstance(leak.places, NotObservable)
    one = replace(leak.places[0], location="Kiosk", reviews=3)
    many = [replace(leak.places[0], location=f"Inn {at}") for at in range(12)]
    worst = replace(many[0], stands="worse", elsewhere=leak.places[1].share)
    told = samples.report(found=found(leaks=(replace(leak, places=(worst, *many[1:], one)),))).leaks[0]
    assert not isinstance(told.places, NotObservable) and len(told.places) == 10
    assert told.places_rest == (
        "2 more locations with 10 reviews or more not shown. 1 more location holds fewer than 10 reviews."
    )
    assert told.spot is not None and (told.spot.name, told.spot.worse) == ("Inn 0", True)
    few = samples.report(found=found(leaks=(replace(leak, places=(one, one)),))).leaks[0]
    assert isinstance(few.places, NotObservable) and few.spot is None


def test_what_weakens_the_comparison_is_said_once() -> None:
    broken = found().audited.breaks[0].sentence
    text = read(screen(samples.report(found=found(weakened=(broken,))))["report.html"]).text
    assert (
        text.count(broken) == 5
    )  # on the first page, beside the competitors, with the rating and in words for either of its charts
    assert all(leak.contrast_brief is None for leak in samples.report(found=found(weakened=(broken,))).leaks)
    assert report().leaks[0].contrast_brief == (
        "Clearly less often at Quayside Inn. Clearly more often at The Old Mill."
    )
    assert "began to arrive differently at Harbour Hotels, which weakens the comparison" in text


def test_the_share_of_complaints_that_name_no_process_is_always_printed() -> None:
    few, many = share(30, 400, method="vague"), share(160, 400, method="vague")
    for given, first in ((few, False), (many, True)):
        told = samples.report(found=found(vague=given))
        text = read(screen(told)["report.html"]).text
        assert told.first_page.vague is first and ("What names no process. In" in text) is first
        assert "Complaints that name no process: the only kind in" in text


def test_every_method_of_the_analysis_has_a_line_and_an_anchor() -> None:
    root = Path(samples.__file__).parents[3]
    files = [path.read_text(encoding="utf-8") for path in sorted((root / "audits" / "analysis").glob("*.py"))]
    code = "".join(text for text in files if "Figure" in text or "import share" in text)
    used = set(re.findall(r'(?:method=|method: str = |METHOD = |RATE = )"([a-z-]+)"', code)) | {"themes"}
    assert len(used) >= 17
    assert [line.anchor for line in methods(sorted(used))] == sorted(used)
    explained = (root / "docs" / "method.md").read_text(encoding="utf-8")
    assert not [anchor for anchor in used if f'id="{anchor}"' not in explained]


def test_every_method_of_a_printed_number_has_its_line() -> None:
    used = set(re.findall(r'"method": "([^"]+)"', forms()["report.json"].decode()))
    told = {line.anchor for line in report().methods}
    assert used == told
    explained = (Path(samples.__file__).parents[3] / "docs" / "method.md").read_text(encoding="utf-8")
    assert not [anchor for anchor in told if f'id="{anchor}"' not in explained]
    assert {f"method-{anchor}" for anchor in told} <= set(page().values("id"))
    assert not [line for line in report().methods if "docs/method.md" in line.text]


def test_links_within_the_publication_lead_somewhere() -> None:
    ids = set(page().values("id"))
    assert {href[1:] for href in page().values("href") if href.startswith("#")} <= ids


def test_what_is_not_observable_says_why() -> None:
    assert "Not observable because there are too few reviews to tell" in page().text
    silent = found(
        replies=NotObservable(reason="The export holds no replies."), decomposition=NotObservable(reason="No stars.")
    )
    told = read(screen(samples.report(found=silent))["report.html"]).text
    assert "Not observable because the export holds no replies." in told
    assert told.lower().count("not observable because no stars.") >= 2


def test_a_refused_listing_is_shown_with_its_reason_and_lowers_nothing_silently() -> None:
    assert "Not assessed: The Old Mill on sandbox" in page().text
    assert "The register entry for this site expired on 1 June 2026." in page().text


def test_an_incomplete_source_of_our_own_makes_us_less_sure() -> None:
    assert report().first_page.sureness == "high"
    ours = replace(samples.sources()[0], verdict="partial", reason="412 of 600 declared reviews read.")
    lines = (ours, *samples.sources()[1:])
    told = samples.report(lines=lines).first_page
    assert told.sureness == "medium" and any("412 of 600" in reason for reason in told.reasons)


def test_under_fifty_reviews_the_report_is_a_reading_of_cases() -> None:
    text = thin().text
    assert "too few to measure or to rank. This is a reading of cases." in text
    assert not re.search(r"\d in 100|Leak 1 |svg|stars associated with|Stars missing", text)
    assert re.search(r"\d reviews? of 9 we hold", text) and "Check this in your records" in text
    assert not [tag for tag, _ in thin().tags if tag == "svg"]
    first, praised = text.split("What was praised")[0], text.split("What was praised")[-1]
    assert "no process is praised in enough of the reviews we hold" in first
    assert re.search(r"Praised in 1 review of 9 we hold", praised)


def test_charts_say_their_finding_and_mark_breaks() -> None:
    svgs = [attributes for tag, attributes in page().tags if tag == "svg"]
    assert len(svgs) == 2 * 27  # wide, and for a telephone
    ids = set(page().values("id"))
    for attributes in svgs:
        assert attributes["role"] == "img" and set((attributes["aria-labelledby"] or "").split()) <= ids
    assert "reviews arrive differently from March 2025" in page().text


def test_landmarks_headings_and_captions_are_there() -> None:
    tags = [tag for tag, _ in page().tags]
    assert tags.count("main") == tags.count("h1") == tags.count("nav") == 1
    assert tags.count("table") == tags.count("caption")
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(set(page().values("id"))) == len(list(page().values("id")))


def test_no_template_or_line_claims_a_cause_or_calls_a_review_fake() -> None:
    folder = Path(samples.__file__).parents[3] / "audits" / "report"
    for path in [*folder.glob("templates/*.j2"), folder / "lines.toml"]:
        assert not CLAIMS.findall(path.read_text(encoding="utf-8")), path
    assert not CLAIMS.findall(page().text)


def test_an_unknown_trade_and_no_brand_still_make_a_report() -> None:
    bare = samples.cover(industry="Alchemy", brand_name=None, brand_colour="red")
    body = screen(samples.report(given=bare))["report.html"].decode()
    assert "Here that means" not in body and "--brand:#0f5c5c" in body
