"""A report says what the findings say, the same each time, and says so where it cannot know."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from audits.analysis.values import Findings, NotObservable
from audits.report import json as report_json
from audits.report.forms import render_all
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
    return render_all(report())


@cache
def page() -> Page:
    return read(forms()["report.html"])


@cache
def thin() -> Page:
    rows = samples.reviews(businesses=(samples.US,), each=9)
    return read(render_all(samples.report(found=samples.thin_findings(), rows=rows))["report.html"])


def found(**changes: object) -> Findings:
    return samples.findings(**changes)  # type: ignore[arg-type]  # fields of Findings


def test_the_same_input_gives_the_same_bytes() -> None:
    again = samples.report(rows=list(reversed(samples.reviews())))
    assert report_json.digest(again) == report_json.digest(report())
    assert render_all(samples.report()) == forms()


def test_approval_changes_the_state_but_not_the_name() -> None:
    assert report_json.audit_id(replace(report(), state="approved")) == report_json.audit_id(report())
    assert report_json.audit_id(report()).startswith("2026-06-30-")


def test_the_first_page_names_up_to_three_leaks_with_interval_month_owner_and_fix() -> None:
    head = page().text.split("Where it leaks")[0]
    for leak in report().leaks[:3]:
        assert leak.title in head and leak.owner in head and leak.fix in head
    assert "12 in 100 reviews we hold (9–15), 3 a month" in head
    assert "too close to call" in head and "cannot be told apart in size" in head
    assert "Courtesy and care of staff" in head
    assert "Draft." in head


def test_a_break_of_flow_is_the_short_reason_on_the_first_page_and_the_long_one_on_the_leaks() -> None:
    broken = found().audited.breaks[0]
    why = NotObservable(reason=f"{broken.sentence} Shares before and after do not compare.")
    told = samples.report(found=found(leaks=tuple(replace(leak, direction=why) for leak in found().leaks)))
    assert told.leaks[0].course.brief == "Not observable: reviews arrive differently from March 2025"
    assert (
        told.leaks[0].course.sentence
        == f"Not observable because from{broken.sentence[4:]} Shares before and after do not compare."
    )
    assert broken.sentence in told.first_page.reasons


def test_one_clear_leak_is_the_verdict() -> None:
    headline = samples.report(found=found(ties=())).first_page.headline
    assert headline == (
        "The biggest leak at Harbour Hotels: bookings lost or wrong. "
        "12 in 100 reviews we hold report it (9–15), about 3 a month."
    )


def test_every_number_with_evidence_leads_to_a_set_in_the_annex_and_from_there_to_the_reviews() -> None:
    annex = read(forms()["annex.html"])
    ids = set(annex.values("id"))
    links = [a for tag, a in page().tags if tag == "a" and "data-evidence" in a]
    assert len(links) > 60
    for link in links:
        assert link["href"] == f"annex.html#{link['data-evidence']}" and link["data-evidence"] in ids
    targets = [href for href in annex.values("href") if href.startswith("#r-")]
    assert targets and {target[1:] for target in targets} <= ids


def test_a_number_on_the_first_page_counts_the_reviews_of_its_set() -> None:
    leak = report().leaks[0]
    held = {one.id: one.reviews for one in report().evidence}
    assert len(held[leak.share.evidence or ""]) == round(leak.share.value * leak.share.n)


def test_equal_evidence_is_held_once() -> None:
    sets = [held.reviews for held in report().evidence]
    assert len(sets) == len(set(sets))
    leak = report().leaks[0]
    assert leak.share.evidence == leak.per_month.evidence


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


def test_the_bars_sum_to_the_whole_shortfall_with_the_rest_last() -> None:
    pareto = report().pareto
    assert not isinstance(pareto, NotObservable)
    assert sum(bar.stars.value for bar in pareto.bars) == pytest.approx(pareto.shortfall.value)
    assert pareto.bars[-1].kind == "unexplained" and pareto.bars[-1].so_far == pytest.approx(1)


def test_a_large_unexplained_rest_stands_on_the_first_page() -> None:
    whole = found().decomposition
    assert not isinstance(whole, NotObservable)
    big = replace(whole, parts={"booking": whole.parts["booking"]})
    big = replace(big, unexplained=replace(whole.unexplained, value=whole.shortfall.value - big.parts["booking"].value))
    assert report().first_page.unexplained is None
    assert "not explained by any complaint" in (
        samples.report(found=found(decomposition=big)).first_page.unexplained or ""
    )


def test_what_is_not_observable_says_why() -> None:
    assert "Not observable because too few reviews to tell" in page().text
    silent = found(
        replies=NotObservable(reason="The export holds no replies."), decomposition=NotObservable(reason="No stars.")
    )
    told = read(render_all(samples.report(found=silent))["report.html"]).text
    assert "Not observable because the export holds no replies." in told
    assert told.count("Not observable because no stars.") >= 2


def test_a_refused_listing_is_shown_with_its_reason_and_lowers_nothing_silently() -> None:
    assert "Not assessed: The Old Mill on sandbox" in page().text
    assert "The register entry for this site expired on 1 June 2026." in page().text


def test_an_incomplete_source_of_our_own_makes_us_less_sure() -> None:
    assert report().first_page.sureness == "high"
    ours = replace(samples.sources()[0], verdict="partial", reason="412 of 600 declared reviews read.")
    lines = (ours, *samples.sources()[1:])
    told = samples.report(lines=lines).first_page
    assert told.sureness == "medium" and any("412 of 600" in reason for reason in told.reasons)


def test_quotes_are_short_dated_linked_and_of_different_reviews() -> None:
    for leak in report().leaks:
        assert len({quote.review for quote in leak.quotes}) == len(leak.quotes) <= 6
        assert all(len(quote.text.split()) <= 25 and quote.posted_on and quote.link for quote in leak.quotes)
        assert [quote.posted_on for quote in leak.quotes] == sorted(
            (q.posted_on or "" for q in leak.quotes), reverse=True
        )


def test_a_confidential_engagement_is_not_quoted_and_links_to_no_review() -> None:
    secret = render_all(samples.report(given=samples.cover(confidential=True)))
    for body in secret.values():
        assert b"no record of our reservation" not in body and b"127.0.0.1" not in body
    assert "This engagement is confidential: no review is quoted." in read(secret["report.html"]).text


def test_under_fifty_reviews_the_report_is_a_reading_of_cases() -> None:
    text = thin().text
    assert "too few to measure or to rank. This is a reading of cases." in text
    assert not re.search(r"\d in 100|Leak 1 |svg|stars associated with|Stars missing", text)
    assert re.search(r"\d reviews? of 9 we hold", text) and "Check this in your records" in text
    assert not [tag for tag, _ in thin().tags if tag == "svg"]


def test_charts_say_their_finding_and_mark_breaks() -> None:
    svgs = [attributes for tag, attributes in page().tags if tag == "svg"]
    assert len(svgs) == 27
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
    body = render_all(samples.report(given=bare))["report.html"].decode()
    assert "Here that means" not in body and "--brand:#0f5c5c" in body
