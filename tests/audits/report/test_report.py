"""A report says what the findings say, the same each time, and says so where it cannot know."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from audits.analysis.intervals import share
from audits.analysis.values import Findings, GapScore, NotObservable, Statement
from audits.report import json as report_json
from audits.report.forms import screen
from audits.report.lines import methods
from audits.report.model import Report
from audits.report.quotes import picked, quotable
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


def test_the_polarity_of_single_reviews_is_recorded_and_not_reported() -> None:
    recorded = found(polarities={row.key: 0.5 for row in samples.reviews()})
    assert screen(samples.report(found=recorded)) == forms()


def test_the_same_input_gives_the_same_bytes() -> None:
    again = samples.report(rows=list(reversed(samples.reviews())))
    assert report_json.digest(again) == report_json.digest(report())
    assert screen(samples.report()) == forms()


def test_approval_changes_the_state_but_not_the_name() -> None:
    assert report_json.audit_id(replace(report(), state="approved")) == report_json.audit_id(report())
    assert report_json.audit_id(report()).startswith("2026-06-30-")


def test_the_first_page_names_up_to_three_leaks_with_interval_month_owner_and_fix() -> None:
    head = page().text.split("Where it leaks")[0]
    for leak in report().leaks[:3]:
        assert leak.title in head and leak.owner in head and leak.fix in head
    assert "12 in 100 reviews we hold (9–15), 3 a month" in head
    assert "too close to call by the stars that go with them" in head and "cannot be told apart in size" not in head
    far = samples.report(found=found(ties=(("premises", "queue"),)))
    assert far.first_page.ties == (
        "“Dirty, broken or uncomfortable place” and “Waiting in line” cannot be told apart in size; "
        "their order may be chance.",
    )
    assert "Courtesy and care of staff" in head
    assert "Draft." in head


def test_a_break_of_flow_is_the_short_reason_on_the_first_page_and_the_long_one_on_the_leaks() -> None:
    broken = found().audited.breaks[0]
    brief = "Not observable: reviews arrive differently from March 2025"
    why = NotObservable(reason=f"{broken.sentence} Shares before and after do not compare.", brief=brief)
    told = samples.report(found=found(leaks=tuple(replace(leak, direction=why) for leak in found().leaks)))
    assert told.leaks[0].course.brief == brief
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


def test_every_number_of_the_first_page_leads_to_the_reviews_it_counts() -> None:
    held = {one.id: one.reviews for one in report().evidence}
    page = report().leaks[0]
    piece = next(piece for piece in report().first_page.verdict if piece.evidence)
    assert piece.text == "12 in 100" and len(held[piece.evidence or ""]) == round(page.share.value * page.share.n)
    assert not isinstance(page.stars, NotObservable)
    assert {page.share.evidence, page.per_month.evidence, page.stars.evidence} == {piece.evidence}


def test_a_rising_leak_stands_on_the_first_page_and_has_a_page_whatever_its_size() -> None:
    leaks = found().leaks
    later = (*[one for one in leaks if one.gap != "booking"], *[one for one in leaks if one.gap == "booking"])
    told = samples.report(found=found(leaks=later, ties=()))
    assert "booking" not in told.first_page.leaks and "booking" in [one.gap for one in told.leaks]
    head = read(screen(told)["report.html"]).text.split("The leaks that matter most")[0]
    assert "Rising: bookings lost or wrong, from 6 in 100 to 13 in 100 since March 2026." in " ".join(
        head.split()
    ).replace(" ,", ",")
    assert [move.trend for move in told.first_page.moves] == ["rising", "falling"]


def test_a_steady_leak_names_the_months_and_the_rule_that_leaves_it_without_a_direction() -> None:
    course = next(one for one in report().leaks if one.gap == "conduct").course
    assert course.sentence == (
        "No change that can be told: 6 in 100 (3–11) from January to June 2026, against 6 in 100 (3–11) from July to "
        "December 2025. 12 failings are looked at together: a difference of this size can be chance."
    )


def test_a_commercial_leak_is_called_so_and_the_first_process_stands_beside_it() -> None:
    queue, *others = sorted(found().leaks, key=lambda leak: leak.gap != "queue")
    named = ("price-level", "conduct", "digital")
    leaks = tuple(replace(leak, gap=gap) for leak, gap in zip(others, named, strict=False))
    told = samples.report(found=found(leaks=(*leaks, queue), ties=()))
    assert told.first_page.leaks == ("price-level", "conduct", "queue")
    assert "(commercial, not a process)" in told.first_page.headline
    assert "The biggest leak in a process" in "".join(piece.text for piece in told.first_page.lead[0])
    assert next(page for page in told.leaks if page.gap == "queue").rank == 4


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
        text.count(broken) == 4
    )  # on the first page, beside the competitors, with the rating and in words for its chart
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


def test_the_bars_sum_to_the_whole_shortfall_with_the_rest_last() -> None:
    pareto = report().pareto
    assert not isinstance(pareto, NotObservable)
    assert sum(bar.stars.value for bar in pareto.bars) == pytest.approx(pareto.shortfall.value)
    assert pareto.bars[-1].kind == "unexplained" and pareto.bars[-1].so_far == pytest.approx(1)


def test_what_names_no_process_has_a_bar_of_its_own_before_the_rest() -> None:
    whole = found().decomposition
    assert not isinstance(whole, NotObservable)
    part = replace(whole.parts["safety"], value=0.001)
    parts = replace(whole, parts={**whole.parts, "vague": part})
    told = samples.report(found=found(decomposition=parts)).pareto
    assert not isinstance(told, NotObservable)
    assert [bar.label for bar in told.bars[-2:]] == ["Complaints that name no process", "Not explained by a complaint"]
    assert "with complaints that name no process" in told.sentence


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
    told = read(screen(samples.report(found=silent))["report.html"]).text
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


def test_a_quote_tells_something_agrees_with_the_stars_and_is_not_repeated() -> None:
    assert not quotable("Rude staff.") and not quotable("Harbour Grand Business Lounge")
    assert quotable("The lift was broken again") and quotable("WORST STAY WE EVER HAD")
    rows = {row.key: row for row in samples.reviews(each=40)}
    said = [_said(key, f"the lift on floor {at} was broken") for at, key in enumerate(rows)]
    quotes = picked(said, rows, "premises", said=["The lift on floor 3 was broken!"])
    assert len(quotes) == 6 and all(quote.stars is not None and quote.stars <= 3 for quote in quotes)
    assert "the lift on floor 3 was broken" not in [quote.text for quote in quotes]
    inside = replace(said[0], start=7, text="stay of two nights it was")
    assert picked([inside], rows, "premises")[0].text.startswith("…stay of two nights")


def test_a_quote_is_surely_of_its_gap_and_surely_a_complaint_before_it_is_new() -> None:
    low = sorted((row for row in samples.reviews(each=200) if row.rating == 1), key=lambda row: row.posted_on or "")
    rows = {row.key: row for row in low}
    old, new = low[: len(low) // 2], low[len(low) // 2 :]
    sure = [_said(row.key, f"the lift on floor {at} was broken again") for at, row in enumerate(old)]
    doubtful = [
        replace(_said(row.key, f"we took the lift to floor {at} at noon"), complaint=0.97,
                gaps=(GapScore(gap="premises", confidence=0.4),))
        for at, row in enumerate(new)
    ]  # fmt: skip
    quotes = picked([*doubtful, *sure], rows, "premises")
    assert len(quotes) == 6 and all("broken again" in quote.text for quote in quotes)
    months = Counter((quote.posted_on or "")[:7] for quote in quotes)
    assert max(months.values()) <= 2
    again = picked([*doubtful, sure[0]], rows, "premises")
    assert len(again) == 3 and sum("broken again" in quote.text for quote in again) == 1


def test_two_quotes_do_not_say_the_same_in_nearly_the_same_words() -> None:
    rows = {row.key: row for row in samples.reviews(each=40) if row.rating == 1}
    tiles = "the pool had cracked tiles and a plaster by the steps"
    told = (
        tiles,
        f"Plus {tiles}",
        "The lift was out for the whole of our stay",
        "Nobody had cleaned the bathroom before we came",
    )
    said = [_said(key, text) for key, text in zip(rows, told, strict=False)]
    assert sum("cracked tiles" in quote.text for quote in picked(said, rows, "premises")) == 1


def _said(key: str, text: str) -> Statement:
    return Statement(
        review=key, content="c", field="text", start=0, end=len(text), text=text, complaint=0.9,
        gaps=(GapScore(gap="premises", confidence=0.9),),
    )  # fmt: skip


def test_a_confidential_engagement_is_not_quoted_and_links_to_no_review() -> None:
    secret = screen(samples.report(given=samples.cover(confidential=True)))
    for body in secret.values():
        assert b"no record of our reservation" not in body and b"127.0.0.1" not in body
    assert "This engagement is confidential: no review is quoted." in read(secret["report.html"]).text


def test_under_fifty_reviews_the_report_is_a_reading_of_cases() -> None:
    text = thin().text
    assert "too few to measure or to rank. This is a reading of cases." in text
    assert not re.search(r"\d in 100|Leak 1 |svg|stars associated with|Stars missing", text)
    assert re.search(r"\d reviews? of 9 we hold", text) and "Check this in your records" in text
    assert not [tag for tag, _ in thin().tags if tag == "svg"]
    assert (
        re.search(r"praised in \d reviews? of 600 we hold", text)
        and "fewer than 50 reviews are held"
        not in (text.split("A strength worth protecting")[1].split("How sure we are")[0])
    )


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
    body = screen(samples.report(given=bare))["report.html"].decode()
    assert "Here that means" not in body and "--brand:#0f5c5c" in body
