"""In a real browser the report opens from a file, alone, and can be read by anybody on any screen, and printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from audits.report.charts import charts, narrow_charts
from audits.report.html import annex, render
from tests.audits.report import samples

FILES = ("report.html", "annex.html")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HELD = 60
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("publication")
    rows = samples.reviews(each=HELD)
    found = samples.findings(rows)
    report = samples.report(found=replace(found, leaks=found.leaks[:2]), rows=rows)
    (home / "report.html").write_text(render(report, audit_id="a", charts=charts(report) | narrow_charts(report)))
    (home / "annex.html").write_bytes(annex(report, audit_id="a"))
    return home


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Page]:
    """A fresh page; whatever it asks for beyond its own folder fails the test."""
    opened = browser.new_page(viewport=WIDE)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.close()
    assert all(url.startswith(folder.as_uri()) for url in asked)


def opened(page: Page, folder: Path, name: str) -> Page:
    page.goto((folder / name).as_uri())
    return page


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={**WCAG, "resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("name", FILES)
def test_axe_finds_nothing_in_light_in_dark_and_with_filters_applied(page: Page, folder: Path, name: str) -> None:
    opened(page, folder, name)
    assert violations(page) == []
    for summary in page.locator("summary").all():
        summary.click()
    page.locator(".pick-a1").check()
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["360", "1440"])
def test_nothing_scrolls_sideways_but_a_table_in_its_own_frame(
    page: Page, folder: Path, name: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    opened(page, folder, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_from_a_number_a_click_leads_to_its_set_and_from_there_to_the_review(page: Page, folder: Path) -> None:
    number = opened(page, folder, "report.html").locator(".big a.num").first
    share = int(re.match(r"\d+", number.inner_text())[0])  # type: ignore[index]
    number.click()
    held = page.locator(".set:target")
    ids = held.locator(".ids a")
    assert round(100 * ids.count() / HELD) == share
    key = ids.first.inner_text()
    ids.first.click()
    row = page.locator("tr:target")
    assert row.locator("th").inner_text() == key and row.is_visible()
    assert row.get_by_role("link", name="review").get_attribute("href")


def test_reviews_are_filtered_by_stars_and_by_business_without_a_script(page: Page, folder: Path) -> None:
    opened(page, folder, "annex.html")
    rows = page.locator(".reviews tbody tr")
    whole = rows.count()
    page.locator(".pick-a1").check()
    low = page.locator(".reviews tbody tr:visible")
    assert 0 < low.count() < whole
    assert all(re.search(r"\t[12] stars?\t", text) for text in low.all_inner_texts())
    page.locator(".pick-b2").check()
    assert all("Harbour Hotels" not in text for text in low.all_inner_texts()) and low.count()
    page.locator(".pick-a0").check()
    page.locator(".pick-b0").check()
    assert low.count() == whole and not page.locator("script").count()


def test_a_review_that_somebody_was_led_to_stays_whatever_is_picked(page: Page, folder: Path) -> None:
    opened(page, folder, "annex.html")
    row = page.locator(".reviews tbody tr.a3").first
    page.goto(f"{(folder / 'annex.html').as_uri()}#{row.get_attribute('id')}")
    page.locator(".pick-a1").check()
    assert page.locator("tr:target").is_visible()


def test_with_the_keyboard_alone_the_content_a_number_and_a_filter_are_reached(page: Page, folder: Path) -> None:
    opened(page, folder, "report.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    ringed = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate("document.activeElement.closest('main') !== null") and page.evaluate(ringed) == "solid"
    opened(page, folder, "annex.html").locator(".pick-a0").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.className") == "pick-a1"
    assert page.locator(".pick-a1").is_checked()


def test_a_frame_that_scrolls_can_be_scrolled_by_keyboard(page: Page, folder: Path) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    opened(page, folder, "report.html")
    frame = page.locator("#actions .scroll")
    frame.focus()
    page.keyboard.press("ArrowRight")
    expect(frame).not_to_have_js_property("scrollLeft", 0)  # waiting in the page itself needs eval, which it forbids


def test_printed_from_the_browser_every_page_says_draft_and_no_filter_hides_a_row(page: Page, folder: Path) -> None:
    opened(page, folder, "annex.html").locator(".pick-a1").check()
    whole = page.locator(".reviews tbody tr").count()
    page.emulate_media(media="print")
    assert page.locator(".reviews tbody tr:visible").count() == whole and not page.locator(".picks:visible").count()
    opened(page, folder, "report.html")
    page.emulate_media(media=None)  # type: ignore[arg-type]
    pages = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(pages) > 5 and all("Draft" in each.extract_text() for each in pages)
