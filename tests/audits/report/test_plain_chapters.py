"""A chapter gives a reason once, and a number only where it can be one."""

from __future__ import annotations

from dataclasses import replace

from audits.analysis.elsewhere import Whole, elsewhere, readings
from audits.analysis.intervals import share
from audits.analysis.measures import Capture, Named, Progress, Reaching, Restated, Step, Value
from audits.analysis.values import Figure, NotObservable
from audits.report import html
from audits.report.chapter import Chapter, Table, TableRow
from audits.report.words import because
from tests.audits.report import samples
from tests.audits.report.measured import NONE, chapter_of, measures, text_of

HALF = Whole(complaining=0.5, shortfall=1.5)
RISE = Figure(value=0.1, unit="points", n=300, method="smallest-change")


def test_one_reason_why_a_rating_cannot_be_reached_stands_once() -> None:
    why = NotObservable(reason="The site's rating is no plain mean: it weighs newer reviews more.")
    stars = Figure(value=4.2, unit="stars", n=600, method="rating")
    reach = Reaching(
        listing="harbour", site="sandbox", target=4.5, ours=stars, site_average=None, site_total=None, five_stars=why,
        months=why, note="This holds if it is the plain mean.",
    )  # fmt: skip
    capture = Capture(shape="Two peaks.", stars=(), flow=(), asked=NONE, reaching=(reach,), unheard=())
    (table,) = chapter_of(samples.report(found=samples.findings(measures=measures(capture=capture))), "capture").tables
    cells = table.rows[0].cells
    assert cells[3:5] == ("–", "–") and str(cells[5]).startswith("Not observable because the site")
    assert "This holds" not in str(cells[5])


def test_what_is_never_reached_is_known_and_said_so() -> None:
    told = "Never, as reviews come now: what came in the last 6 months has a mean of 3.57."
    figure = Figure(value=3.5, unit="stars", n=90, method="rating", low=3.2, high=3.8)
    reach = Reaching(
        listing="harbour", site="sandbox", ours=figure, site_average=3.5, site_total=90, target=4.0,
        five_stars=Figure(value=45, unit="reviews", n=90, method="reaching"),
        months=NotObservable(reason=told, brief=told), note="This holds if it is the plain mean.",
    )  # fmt: skip
    capture = Capture(shape="Two peaks.", stars=(), flow=(), asked=NONE, reaching=(reach,), unheard=())
    (table,) = chapter_of(samples.report(found=samples.findings(measures=measures(capture=capture))), "capture").tables
    assert table.rows[0].cells[4] == told


def test_shares_of_stars_that_do_not_come_to_a_hundred_are_said_to_be_rounded_each_by_itself() -> None:
    def told(*counts: int) -> str:
        stars = tuple(Named(name=f"{n}", figure=share(n, sum(counts))) for n in counts)
        capture = Capture(shape="Two peaks.", stars=stars, flow=(), asked=NONE, reaching=(), unheard=())
        return text_of(samples.report(found=samples.findings(measures=measures(capture=capture))))

    assert "rounded each by itself" in told(327, 76, 69, 88, 139) and "rounded each by itself" not in told(60, 40)
    assert "rounded each by itself" in told(177, 51, 14, 1, 7)  # 71 + 20 + 6 + 0.4 + 3


def test_what_was_printed_stands_in_the_digits_of_today_and_no_change_is_told_of_the_last_audit_by_name() -> None:
    was = [(0.112, share(28, 250), False), (0.3149, share(80, 250), True), (0.3162, share(79, 250), True)]
    held = [Restated(gap="queue", printed=then, now=now, restated=changed) for then, now, changed in was]
    few = NotObservable(reason="There are too few reviews to tell: 68 before and 6 after.")
    progress = Progress(
        interventions=(), targets=(), last="2025-06-30", since=few, restated=tuple(held), why_restated=""
    )
    told = samples.report(found=samples.findings(measures=measures(progress=progress))).chapters
    (chapter,) = (each for each in told if each.slug == "progress")
    assert [row.cells[0] for row in chapter.tables[-1].rows] == ["11 in 100", "31 in 100", "31.6 in 100"]
    assert f"Since the audit of 30 June 2025, against its period: nothing is told. {few.reason}" in chapter.says


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
        found = samples.findings(measures=measures(progress=progress))
        return chapter_of(samples.report(found=found), "progress")

    alone = told(_step("booking", few), _step("queue", few))
    assert alone.tables[0].columns == ("Process", "Before", "After", "Our change", "Verdict")
    assert alone.tables[0].caption.endswith("July 2025 to December 2025, against January 2025 to June 2025")
    assert sum("too few reviews beside ours" in sentence for sentence in alone.says) == 1
    mixed = told(_step("booking", few), _step("queue", points))
    assert "Change at competitors" in mixed.tables[0].columns and not any("beside ours" in one for one in mixed.says)


def test_where_no_study_fits_one_line_says_so_and_no_study_is_told() -> None:
    reason = NotObservable(reason="No revenue is told: no published study of this trade fits.")
    value = Value(
        voices=(), moments=(), outcomes=(), revenue=reason, revenue_says="", studies=("A study: 1.42% more a room.",)
    )
    chapter = chapter_of(samples.report(found=samples.findings(measures=measures(value=value))), "value")
    assert chapter.says == (reason.reason,)


def test_where_even_the_end_of_a_leak_would_look_like_chance_the_clients_own_number_is_the_one_to_watch() -> None:
    found = samples.findings(measures=measures())
    leaks = tuple(
        replace(leak, visible=RISE, visible_months=6, end_visible=leak.gap == "booking") for leak in found.leaks
    )
    report = samples.report(found=replace(found, leaks=leaks))
    assert not isinstance(report.actions, NotObservable)
    told = {action.gap: action.watch for action in report.actions}
    noticed = "After 6 months a rise of 10 in 100 or more would mostly be noticed"
    assert told["booking"] == f"{noticed}, and that the failing ended."
    assert told["fees"] == f"{noticed}; that the failing ended, not surely."
    chapter = chapter_of(report, "visible")
    ends = {row.name: row.cells[-1] for row in chapter.tables[0].rows}
    assert {name for name, end in ends.items() if end == "mostly"} == {"Bookings lost or wrong"}
    assert "not surely" in ends.values()
    assert any("your own number is the one to watch" in sentence for sentence in chapter.says)


def test_where_no_leak_could_be_seen_to_change_the_reason_is_given_once() -> None:
    found = samples.findings(measures=measures())
    none = NotObservable(reason="There are too few reviews to tell: 17 in the last 12 months.")
    leaks = tuple(replace(leak, visible=none) for leak in found.leaks)
    report = samples.report(found=replace(found, leaks=leaks))
    chapter = chapter_of(report, "visible")
    assert chapter.tables == () and chapter.says == (because(none),)
    assert because(none).startswith("Not observable because there are too few")
    assert text_of(report).count("17 in the last 12 months") == 1


def test_every_chapter_is_a_section_of_the_page_and_in_its_contents() -> None:
    misread = elsewhere(samples.findings().leaks, HALF)
    labelled = {"booking": share(30, 600, method="corrected-share")}
    for told in ({"misread": misread}, {"read": labelled}):
        report = samples.report(found=samples.findings(measures=measures(**told)))
        page = html.render(report, audit_id="a", charts={})
        assert len(report.chapters) == 8
        for chapter in report.chapters:
            assert f'<section class="page" id="{chapter.slug}">' in page, chapter.slug
            assert f'<a href="#{chapter.slug}">{chapter.title}</a>' in page, chapter.slug
        says = "with misreading</a> the first leak’s is" if "misread" in told else "what misreading may add</a>"
        assert f'<a href="#corrected">{says}' in page
    assert "what misreading may add" not in html.render(samples.report(), audit_id="a", charts={})


def test_where_nobody_labelled_each_leak_is_told_with_how_far_it_may_be_misread() -> None:
    leaks = samples.findings().leaks
    report = samples.report(found=samples.findings(measures=measures(misread=elsewhere(leaks, HALF))))
    chapter = chapter_of(report, "corrected")
    assert (
        f"judged {readings().answers} answers about {readings().trades} trades, the second process of"
        in chapter.says[0]
    )
    (table,) = chapter.tables
    assert len(table.rows) == len(leaks) and table.columns[1:] == ("Share of reviews", "Stars associated", "Change")
    assert {"share-as-elsewhere", "stars-as-elsewhere"} <= {line.anchor for line in report.methods}


def test_a_reason_that_stands_in_several_rows_is_told_once_under_the_table() -> None:
    silent, other = NotObservable(reason="The months do not compare."), NotObservable(reason="It was never asked.")
    cells = (("First", silent), ("Second", silent), ("Third", other))
    rows = tuple(TableRow(name=name, cells=(cell,)) for name, cell in cells)
    table = Table(caption="Invented", columns=("", "Share"), rows=rows)
    made = samples.report(found=samples.findings(measures=measures()))
    told = text_of(replace(made, chapters=(replace(made.chapters[0], tables=(table,)), *made.chapters[1:])))
    assert told.count("the months do not compare") == 1 and told.count("it was never asked") == 1
    assert told.count("–*") == 2
