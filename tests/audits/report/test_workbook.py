"""The workbook holds numbers as numbers, text as text and links in one column only, and reads back as written."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from audits.analysis.values import NotObservable
from audits.report import xlsx
from audits.report.chapter import Chapter, Table, TableRow
from audits.report.model import Report
from audits.report.parts import StatementLine
from audits.report.words import day
from tests.audits.report import samples

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1+1", "http://evil.example/x")


def said(text: str, link: str | None = None) -> StatementLine:
    return StatementLine(
        text=text, review="r1", confidence=0.9, severity=2, stars=1.0, posted_on="2026-01-02", precision="day",
        site="google", location=None, link=link,
    )  # fmt: skip


@cache
def report() -> Report:
    return samples.report()


def book(given: Report) -> Any:
    return load_workbook(BytesIO(xlsx.render(given, audit_id="a")))


def stating(*lines: StatementLine) -> Report:
    first = replace(report().leaks[0], statements=lines)
    sources = tuple(replace(one, hosts=("www.google.com",)) for one in report().sources)
    return replace(report(), leaks=(first,), sources=sources)


def test_every_sheet_has_a_frozen_header_and_a_filter() -> None:
    for sheet in book(report()):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref or sheet.max_row == 1


def test_every_sheet_is_printed_with_all_its_columns_side_by_side_under_its_header() -> None:
    for sheet in book(report()):
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_a_leak_is_read_back_with_the_figures_of_the_report() -> None:
    sheet = book(report())["Leaks"]
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
    leak = report().leaks[0]
    assert row["Leak"] == leak.title
    assert row["Share"] == pytest.approx(leak.share.value) and row["Share low"] == pytest.approx(leak.share.low)
    assert row["Reviews with it"] == round(leak.cases.value)


def test_the_same_report_gives_the_same_workbook() -> None:
    assert xlsx.render(report(), audit_id="a") == xlsx.render(samples.report(), audit_id="a")


@pytest.mark.parametrize("poison", FORMULAS)
def test_a_cell_that_looks_like_a_formula_or_an_address_is_text(poison: str) -> None:
    body = xlsx.render(stating(said(poison)), audit_id="a")
    with zipfile.ZipFile(BytesIO(body)) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in part or "<f " in part or "<hyperlink" in part for part in parts)
    cells = [cell for row in load_workbook(BytesIO(body))["Statements"].iter_rows() for cell in row]
    assert any(cell.value is not None and poison.strip() in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_what_a_cell_cannot_hold_is_cut_with_a_mark_and_controls_are_left_out() -> None:
    assert xlsx.cell_text("a" * 40_000).endswith(xlsx.CUT) and len(xlsx.cell_text("a" * 40_000)) == xlsx.LONGEST
    assert xlsx.cell_text("be\x07ll") == "bell"


def test_a_link_is_clickable_only_on_a_host_on_which_the_site_shows_its_reviews() -> None:
    good, bad = "https://www.google.com/maps/r/1", "https://evil.example/1"
    sheet = book(stating(said("ours", good), said("theirs", bad)))["Statements"]
    links = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {good}
    assert bad in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_confidential_engagement_lists_no_statement() -> None:
    secret = samples.report(given=samples.cover(confidential=True))
    assert book(secret)["Statements"].max_row == 1


def test_statements_are_dated_linked_and_at_most_25_words() -> None:
    lines = [line for leak in report().leaks for line in leak.statements]
    assert lines and all(len(re.findall(r"\S+", line.text)) <= 26 for line in lines)


def test_every_subject_of_the_report_has_its_sheet() -> None:
    named = {"Leaks", "Themes", "Statements", "Replies", "Runs", "Actions", "Moments of truth", "Measures", "Method"}
    assert named <= set(book(report()).sheetnames)


def test_actions_carry_their_days_and_grave_cases_say_that_they_are_not_established() -> None:
    actions, given = book(report())["Actions"], report().actions
    assert isinstance(given, tuple)
    days = {row[0].value: row[2].value for row in actions.iter_rows(min_row=2)}
    assert all(days[one.title] == day(one.start) for one in given)
    assert "not established" in book(report())["Moments of truth"]["A1"].value


def test_the_sheet_of_actions_names_what_customers_name_most_and_where_it_is_worst() -> None:
    actions, given = book(report())["Actions"], report().actions
    assert isinstance(given, tuple) and any(one.named for one in given)
    head = [cell.value for cell in actions[1]]
    most, worst = head.index("Named most"), head.index("Worst at")
    told = {row[0].value: (row[most].value, row[worst].value) for row in actions.iter_rows(min_row=2)}
    assert all(told[one.title] == (", ".join(one.named) or None, one.place) for one in given)


def test_each_number_of_a_chapter_is_a_number_with_its_range_and_what_cannot_be_seen_says_why() -> None:
    share = report().leaks[0].share
    row = TableRow(name="All reviews", cells=(share, NotObservable(reason="No reply has a date."), "not reached"))
    table = Table(caption="Replies in all", columns=("", "Answered", "Half within", "Nine in ten"), rows=(row,))
    chapter = Chapter(slug="care", title="Care", says=("One sentence.",), tables=(table,))
    sheet = book(replace(report(), chapters=(chapter,)))["Measures"]
    said, *cells = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert said[-1] == "One sentence."
    assert cells[0][:4] == ["Care", "Replies in all", "All reviews", "Answered"]
    assert cells[0][4:7] == pytest.approx([share.value, share.low, share.high])
    assert cells[0][7:9] == ["share", share.n]
    assert [line[-1] for line in cells[1:]] == ["Not observable because no reply has a date.", "not reached"]
