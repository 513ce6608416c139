"""On a telephone every chart is drawn anew for its width: nothing scrolls sideways, and every label can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from audits.publish import publish
from audits.report.forms import screen, summary
from tests.audits.report import samples
from tests.audits.report.test_browser import PHONE, WIDE, violations

LEAST = 11
"""Pixels of a letter that is read on a telephone."""
SCROLLED = """all => all.filter(each => each.scrollWidth > each.clientWidth && !each.querySelector("table")
  && getComputedStyle(each).overflowX == "auto").map(each => each.outerHTML.slice(0, 200))"""
SEEN = """charts => charts.filter(each => each.getClientRects().length).map(each => {
  const texts = [...each.querySelectorAll("text")], scale = each.clientWidth / each.viewBox.baseVal.width;
  const sides = texts.map(text => text.getBoundingClientRect());
  return {
    letters: Math.min(...texts.map(text => parseFloat(text.getAttribute("font-size")) * scale)),
    left: Math.min(...sides.map(side => side.left)), right: Math.max(...sides.map(side => side.right)),
    id: each.getAttribute("aria-labelledby"),
  };
})"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two audits of an engagement, with the pages over them."""
    root, report = tmp_path_factory.mktemp("publications"), samples.report()
    held = {name: form for name, form in screen(report).items() if name.endswith(".html")}
    for audit in ("2026-05-31-aaaaaaaa", "2026-06-30-bbbbbbbb"):
        publish(held, root=root, engagement="e", audit_id=audit, summary=summary(report))
    return root / "e"


@pytest.fixture
def page(browser: Any) -> Iterator[Page]:
    opened = browser.new_page(viewport=PHONE)
    yield opened
    opened.close()


def opened(page: Page, path: Path) -> Page:
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", ["index.html", "compare.html", "latest-draft/report.html", "latest-draft/annex.html"])
def test_no_page_is_wider_than_a_telephone_and_only_tables_scroll_in_a_frame(page: Page, home: Path, name: str) -> None:
    opened(page, home / name)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator("main *").evaluate_all(SCROLLED) == []


def test_on_a_telephone_each_chart_has_letters_that_can_be_read_and_lies_within_the_screen(
    page: Page, home: Path
) -> None:
    seen = opened(page, home / "latest-draft" / "report.html").locator(".chart").evaluate_all(SEEN)
    assert len(seen) == 27 and all("-narrow-t" in chart["id"] for chart in seen)
    assert all(chart["letters"] >= LEAST for chart in seen), seen
    assert all(chart["left"] >= 0 and chart["right"] <= PHONE["width"] for chart in seen), seen
    assert "reviews arrive" in page.locator("#rating .narrow").inner_text()


@pytest.mark.parametrize("width", [834, 1024, 1100])
def test_on_a_tablet_no_letters_of_a_chart_shrink_below_what_can_be_read(page: Page, home: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1100})
    seen = opened(page, home / "latest-draft" / "report.html").locator(".chart").evaluate_all(SEEN)
    shown = [chart for chart in seen if chart["letters"]]
    assert len(shown) == 27 and all(chart["letters"] >= LEAST for chart in shown), shown


def test_each_chart_is_told_once_on_a_telephone_on_a_screen_and_on_paper(page: Page, home: Path) -> None:
    opened(page, home / "latest-draft" / "report.html")
    assert violations(page) == [] and page.get_by_role("img").count() == 27
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert page.get_by_role("img").count() == 27 and not page.locator(".narrow:visible").count()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(media="print")
    assert page.get_by_role("img").count() == 27 and not page.locator(".narrow:visible").count()
