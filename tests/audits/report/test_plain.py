"""What a client would stumble over: a reason said thirty times, a number that cannot be one, a word of the machine."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook  # type: ignore[import-untyped]

from audits.analysis.care import none_held
from audits.analysis.intervals import share
from audits.analysis.measures import Answered, Capture, Care, Measures, Named, Progress, Reaching, Step, Value
from audits.analysis.told import Around, FactorSign
from audits.analysis.values import Figure, Findings, Leak, NotObservable
from audits.analysis.waiting import NOT_REACHED
from audits.report import html, xlsx
from audits.report.cared import _months
from audits.report.chapter import Chapter
from audits.report.charts import charts
from audits.report.model import HandCheck, Report
from audits.report.words import said
from tests.audits.report import samples
from tests.audits.report.made import THEM, reviews
from tests.audits.report.pages import read

NONE = NotObservable(reason="Not measured.")
REASON = "sources hold no replies"
RISE = Figure(value=0.1, unit="points", n=300, method="smallest-change")


def _silent(name: str, reviews: int) -> Answered:
    return Answered(name=name, reviews=reviews, rate=none_held(), median=none_held(), p90=none_held())


def _heard(name: str, reviews: int) -> Answered:
    days = Figure(value=3.0, unit="days", n=reviews, method="reply-days")
    return Answered(
        name=name, reviews=reviews, rate=share(reviews // 2, reviews, method="replied"), median=days, p90=days
    )


def _care(*others: Answered) -> Care:
    return Care(
        confidential=False, overall=_silent("All reviews", 1600), by_stars=(), by_gap=(), by_location=(),
        by_business=(_silent(samples.US, 1600), *others), months=(), undated=0, acts=none_held(), good=none_held(),
        boilerplate=none_held(), families=(), felt=(Named(name="Listened: praised", figure=share(20, 1600)),),
    )  # fmt: skip


def _measures(**changes: object) -> Measures:
    progress = Progress(interventions=(), targets=(), last=None, since=NONE, restated=(), why_restated="")
    held = Measures(progress=progress, care=NONE, capture=NONE, value=NONE, handoffs=NONE)
    return replace(held, **changes)  # type: ignore[arg-type]  # fields of Measures


def _unanswered(*others: Answered) -> Report:
    found = samples.findings(
        measures=_measures(care=_care(*others)), replies=none_held(), replies_low=none_held(), reply_days=none_held()
    )
    leaks = tuple(replace(leak, replied=none_held()) for leak in found.leaks)
    return samples.report(found=replace(found, leaks=leaks))


def _text(report: Report) -> str:
    return read(html.render(report, audit_id="a", charts={}).encode()).text


def _chapter(report: Report, slug: str) -> Chapter:
    return next(chapter for chapter in report.chapters if chapter.slug == slug)


def test_where_no_source_holds_a_reply_it_is_said_once_and_no_table_repeats_it() -> None:
    report = _unanswered(_silent("Quayside Inn", 600))
    assert [table.caption for table in _chapter(report, "care").tables] == ["Care in the experience"]
    text = _text(report)
    assert text.count(REASON) <= 2 and "One reply to follow" not in text


def test_the_workbook_says_once_that_no_reply_is_held() -> None:
    book = load_workbook(BytesIO(xlsx.render(_unanswered(), audit_id="a")))
    assert [row[0].value for row in book["Replies"].iter_rows(min_row=2)] == ["All"]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len([cell for cell in cells if REASON in cell]) <= 2


def test_where_only_competitors_are_answered_the_table_stays_and_a_word_stands_for_the_reason() -> None:
    chapter = _chapter(_unanswered(_heard("Quayside Inn", 1234)), "care")
    table = next(table for table in chapter.tables if table.caption == "Replies by business")
    assert table.rows[0].cells == ("1,600", "none held", "none held", "none held")
    assert table.rows[1].cells[0] == "1,234"
    assert len([sentence for sentence in chapter.says if sentence.startswith("“None held”")]) == 1


def test_one_reason_why_a_rating_cannot_be_reached_stands_once() -> None:
    why = NotObservable(reason="The site's rating is no plain mean: it weighs newer reviews more.")
    stars = Figure(value=4.2, unit="stars", n=600, method="rating")
    reach = Reaching(
        listing="harbour", site="sandbox", target=4.5, ours=stars, site_average=None, site_total=None, five_stars=why,
        months=why, note="This holds if it is the plain mean.",
    )  # fmt: skip
    capture = Capture(shape="Two peaks.", stars=(), flow=(), asked=NONE, reaching=(reach,), unheard=())
    (table,) = _chapter(samples.report(found=samples.findings(measures=_measures(capture=capture))), "capture").tables
    cells = table.rows[0].cells
    assert cells[3:5] == ("–", "–") and str(cells[5]).startswith("Not observable because the site")
    assert "This holds" not in str(cells[5])


def _step(gap: str, others: Figure | NotObservable) -> Step:
    points = Figure(value=0.03, unit="points", n=300, method="progress", low=-0.05, high=0.1)
    return Step(
        what="", date="2025-12-31", gap=gap, location=None, before=share(9, 150), after=share(18, 200), change=points,
        others=others, effect=points, visible=RISE, months=(("2025-01", "2025-06"), ("2025-07", "2025-12")),
        verdict="cannot tell", caveats=(),
    )  # fmt: skip


def test_since_the_last_audit_shared_months_and_missing_competitors_are_told_once() -> None:
    few = NotObservable(reason="The competitors hold too few reviews beside ours.")
    points = Figure(value=0.01, unit="points", n=900, method="progress", low=-0.02, high=0.04)

    def told(*steps: Step) -> Chapter:
        progress = Progress(interventions=(), targets=(), last="2025-06-30", since=steps, restated=(), why_restated="")
        found = samples.findings(measures=_measures(progress=progress))
        return _chapter(samples.report(found=found), "progress")

    alone = told(_step("booking", few), _step("queue", few))
    assert alone.tables[0].columns == ("Process", "Before", "After", "Our change", "Verdict")
    assert alone.tables[0].caption.endswith("July 2025 to December 2025, against January 2025 to June 2025")
    assert sum("too few reviews beside ours" in sentence for sentence in alone.says) == 1
    mixed = told(_step("booking", few), _step("queue", points))
    assert "Change at competitors" in mixed.tables[0].columns and not any("beside ours" in one for one in mixed.says)


def test_without_stars_no_table_of_stars_is_printed_and_no_column_of_reasons() -> None:
    found = samples.findings(measures=_measures())
    none = NotObservable(reason="The sources of this business hold no star ratings.")
    bare = [
        replace(one, rating=none, stars=dict.fromkeys(range(1, 6), 0)) for one in (found.audited, *found.competitors)
    ]
    leaks = tuple(replace(leak, stars=none) for leak in found.leaks)
    places = tuple((place, held, None) for place, held, _ in found.locations)
    bare[0] = replace(bare[0], monthly=tuple((month, n, None) for month, n, _ in bare[0].monthly))
    starless = replace(
        found, audited=bare[0], competitors=tuple(bare[1:]), leaks=leaks, decomposition=none, locations=places
    )
    report = samples.report(found=starless, rows=[replace(row, rating=None) for row in reviews()])
    text = _text(report)
    assert "ratings.." not in text and "Reviews by stars" not in text and "Mean stars" not in text
    pages = sum(isinstance(leak.stars, NotObservable) for leak in report.leaks)
    assert text.count("hold no star ratings") <= pages + 4
    assert "mean stars" not in charts(report)["rating"] and "reviews" in charts(report)["rating"]


def test_what_is_never_reached_is_known_and_said_so() -> None:
    told = "Never, as reviews come now: what came in the last 6 months has a mean of 3.57."
    figure = Figure(value=3.5, unit="stars", n=90, method="rating", low=3.2, high=3.8)
    reach = Reaching(
        listing="harbour", site="sandbox", ours=figure, site_average=3.5, site_total=90, target=4.0,
        five_stars=Figure(value=45, unit="reviews", n=90, method="reaching"),
        months=NotObservable(reason=told, brief=told), note="This holds if it is the plain mean.",
    )  # fmt: skip
    capture = Capture(shape="Two peaks.", stars=(), flow=(), asked=NONE, reaching=(reach,), unheard=())
    (table,) = _chapter(samples.report(found=samples.findings(measures=_measures(capture=capture))), "capture").tables
    assert table.rows[0].cells[4] == told


def _with(gap: str, **changes: object) -> Findings:
    found = samples.findings(measures=_measures())
    leaks = [replace(leak, **changes) if leak.gap == gap else leak for leak in found.leaks]  # type: ignore[arg-type]
    return replace(found, leaks=tuple(leaks))


def test_where_even_the_end_of_a_leak_would_look_like_chance_the_clients_own_number_is_the_one_to_watch() -> None:
    found = samples.findings(measures=_measures())
    leaks = tuple(replace(leak, visible=RISE, visible_months=6) for leak in found.leaks)
    report = samples.report(found=replace(found, leaks=leaks))
    assert not isinstance(report.actions, NotObservable)
    told = {action.gap: action.watch for action in report.actions}
    assert told["booking"].startswith("A change of 10 in 100 or more would mostly be noticed after 6 months")
    assert told["fees"] == ("Within 6 months only a rise of 10 in 100 or more would mostly be noticed, its end hardly.")
    chapter = _chapter(report, "visible")
    ends = {row.name: row.cells[-1] for row in chapter.tables[0].rows}
    assert ends[report.leaks[0].title] == "mostly" and "hardly" in ends.values()
    assert any("your own number is the one to watch" in sentence for sentence in chapter.says)


def _factors(*signs: FactorSign) -> str:
    around = Around(recovered=share(1, 70), factors=signs, segments=(), without_signalled=None)
    report = samples.report(found=_with("booking", around=around))
    return next(leak.factor_words for leak in report.leaks if leak.gap == "booking")


def test_a_factor_is_inferred_from_words_only_where_words_were_heard() -> None:
    usual = FactorSign(factor="process", statements=61, of=70, rule="the usual factor of booking")
    assert _factors(usual) == "No statement’s words point to another."
    heard = FactorSign(factor="technology", statements=9, of=70, rule="words: app crashed")
    some = FactorSign(factor="people", statements=4, of=70, rule="words: careless")
    assert _factors(usual, some) == "Inferred from words: people in 4 of 70 statements (mostly “careless”)."
    assert _factors(usual, heard) == "Inferred from words: technology in 9 of 70 statements (mostly “app crashed”)."


def test_a_factor_that_one_statement_in_twenty_does_not_point_to_is_not_named() -> None:
    once = FactorSign(factor="technology", statements=3, of=70, rule="words: bugs")
    assert _factors(once) == "Hardly any statement’s words point to another."


def test_where_no_leak_could_be_seen_to_change_the_reason_is_given_once() -> None:
    found = samples.findings(measures=_measures())
    none = NotObservable(reason="Too few reviews to tell: 17 in the last 12 months.")
    leaks = tuple(replace(leak, visible=none) for leak in found.leaks)
    report = samples.report(found=replace(found, leaks=leaks))
    chapter = _chapter(report, "visible")
    assert chapter.tables == () and chapter.says == (f"Not observable: {none.reason}",)
    assert _text(report).count("17 in the last 12 months") == 1


def test_a_leak_that_nobody_saw_put_right_says_so_in_words() -> None:
    around = Around(recovered=share(0, 70), factors=(), segments=(), without_signalled=None)
    text = _text(samples.report(found=_with("booking", around=around)))
    assert (
        "No review that reports it says that it was put right." in text and "0 in 100 (0–5) of the reviews" not in text
    )


def test_a_group_of_customers_is_named_in_words_and_not_as_its_column() -> None:
    around = Around(
        recovered=None, factors=(), segments=(("type_traveller", "Couple", share(9, 70)),), without_signalled=None
    )
    text = _text(samples.report(found=_with("booking", around=around)))
    assert "type traveller, Couple: 13 in 100" in text and "type_traveller" not in text


def test_where_no_study_fits_one_line_says_so_and_no_study_is_told() -> None:
    reason = NotObservable(reason="No revenue is told: no published study of this trade fits.")
    value = Value(
        voices=(), moments=(), outcomes=(), revenue=reason, revenue_says="", studies=("A study: 1.42% more a room.",)
    )
    chapter = _chapter(samples.report(found=samples.findings(measures=_measures(value=value))), "value")
    assert chapter.says == (reason.reason,)


def test_competitors_that_no_leak_is_compared_with_are_named_beside_the_others() -> None:
    found = samples.findings(measures=_measures())
    last = THEM[-1]
    leaks = tuple(
        replace(leak, contrasts=tuple(one for one in leak.contrasts if one.competitor != last))
        for leak in found.leaks
        if not isinstance(leak.contrasts, NotObservable)
    )
    text = _text(samples.report(found=replace(found, leaks=leaks)))
    assert f"would be shared: {last}." in text
    assert "would be shared" not in _text(samples.report(found=found))


def test_many_months_of_replies_are_gathered_by_year() -> None:
    months = tuple((f"{2019 + at // 12}-{at % 12 + 1:02}", 2, 1, at % 3) for at in range(40))
    table = _months(replace(_care(), months=months))
    assert table.caption == "Reviews and replies by year" and table.rows[0].name == "2019"
    assert table.rows[0].cells == ("24", "12", "12")
    assert _months(replace(_care(), months=months[:36])).rows[0].name == "January 2019"


def test_a_strength_that_fails_as_well_says_so_beside_it() -> None:
    report = samples.report()
    leak = next(one for one in report.leaks if one.gap == "premises")
    assert {"premises", "conduct"} == {one.gap for one in report.strengths}
    assert f"It fails as well, in {said(leak.share)}" in _text(report)
    assert html.render(report, audit_id="a", charts={}).count("It fails as well") == 2


def test_a_reading_of_cases_has_no_empty_heading_no_link_to_no_case_and_no_talk_of_shares() -> None:
    text = _text(samples.report(found=samples.thin_findings()))
    assert "Over time" not in text and "every share is one of the reviews we hold" not in text
    assert "No case was read. The cases" not in text


def _signalled(leak: Leak, hits: int) -> Around:
    return Around(recovered=share(0, 9), factors=(), segments=(), without_signalled=share(hits, leak.share.n))


def test_a_share_without_signalled_reviews_stands_only_where_it_reads_differently() -> None:
    found = samples.findings(measures=_measures())
    same = tuple(replace(leak, around=_signalled(leak, len(leak.share.evidence))) for leak in found.leaks)
    text = _text(samples.report(found=replace(found, leaks=same)))
    assert "every share below reads the same" in text and " without</span>" not in text and "it is the same: " in text
    other = tuple(replace(leak, around=_signalled(leak, len(leak.share.evidence) // 2)) for leak in found.leaks)
    text = _text(samples.report(found=replace(found, leaks=other)))
    assert text.count("“Without” is the share") == 1 and ", with them " in text


def test_a_difference_too_small_for_figures_is_said_to_be_so() -> None:
    found = samples.findings()
    first, *others = found.leaks
    assert not isinstance(first.contrasts, NotObservable)
    near = Figure(value=first.contrasts[0].ours.value * 0.999, unit="share", n=600, method="share")
    contrasts = tuple(replace(one, theirs=near) for one in first.contrasts)
    report = samples.report(found=replace(found, leaks=(replace(first, contrasts=contrasts), *others)))
    page = next(leak for leak in report.leaks if leak.gap == first.gap)
    assert not isinstance(page.arithmetic, NotObservable)
    assert page.arithmetic.sentence.endswith("The difference is too small to put in figures.")


def _timed(low: float, high: float) -> Chapter:
    half = Figure(value=3.0, unit="days", n=400, method="reply-days", low=low, high=high)
    late = NotObservable(reason="Under nine in ten were answered.", brief=NOT_REACHED)
    overall = Answered(name="All reviews", reviews=600, rate=share(180, 600, method="replied"), median=half, p90=late)
    found = samples.findings(measures=_measures(care=replace(_care(), overall=overall)))
    return _chapter(samples.report(given=samples.cover(reply_days=2.5), found=found), "care")


def test_the_time_to_a_reply_is_held_against_the_clients_target_by_its_interval() -> None:
    def told(chapter: Chapter) -> list[object]:
        return [row.cells[-1] for row in chapter.tables[1].rows]

    assert _timed(2.6, 4.0).tables[1].caption == "Time to a reply against your target"
    assert told(_timed(2.6, 4.0)) == ["no", "no"]
    assert told(_timed(1.0, 4.0)) == ["cannot be told", "no"]
    assert told(_timed(1.0, 2.5)) == ["yes", "no"]


def test_the_evidence_names_the_model_and_how_many_statements_a_person_found_right() -> None:
    report = samples.report()
    assert "No person has checked its reading yet" in _text(report)
    check = HandCheck(gap="booking", title="Bookings lost or wrong", right=27, of=30)
    text = _text(replace(report, checks=(check,)))
    assert f"A model ({report.model}) sorted every statement" in text
    assert "27 of 30 of “Bookings lost or wrong” were right." in text
