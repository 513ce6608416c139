"""The PDF is a report on paper: cover, contents, page numbers, its state on every page, and nothing fetched for it."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pypdf
import pytest

from audits.report import pdf
from audits.report.forms import paper
from audits.report.json import audit_id
from audits.report.model import Report
from tests.audits.report import samples


def small() -> Report:
    found = samples.findings()
    return samples.report(found=replace(found, leaks=found.leaks[:1]))


@cache
def made() -> dict[str, bytes]:
    return paper(small())


def whole() -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(made()["report.pdf"]))


def test_the_first_page_fits_on_one_sheet() -> None:
    assert len(pypdf.PdfReader(BytesIO(made()["first-page.pdf"])).pages) == 1


def test_contents_name_the_page_on_which_each_leak_stands() -> None:
    pages = [page.extract_text() for page in whole().pages]
    numbers, _, entries = next(text for text in pages if "Contents" in text).partition("Contents")
    for leak in small().leaks:
        place = next(number for number, text in enumerate(pages, 1) if f"Leak {leak.rank} ·" in text)
        assert leak.title in entries and str(place) in numbers.split()


def test_a_draft_says_so_on_every_page_after_the_cover_and_an_approved_report_nowhere() -> None:
    cover, *pages = (page.extract_text() for page in whole().pages)
    assert "Draft" in cover and all("Draft, not checked by a person · as of" in page for page in pages)
    approved = pdf.brief(replace(small(), state="approved"), audit_id="x")
    assert "Draft" not in pypdf.PdfReader(BytesIO(approved)).pages[0].extract_text()


def test_pages_are_numbered() -> None:
    count = len(whole().pages)
    assert f"{count} / {count}" in whole().pages[-1].extract_text()


def test_the_same_report_gives_the_same_paper() -> None:
    assert pdf.brief(small(), audit_id=audit_id(small())) == made()["first-page.pdf"]


def test_a_number_on_paper_leads_to_its_set_in_the_annex_of_the_paper() -> None:
    names = set(whole().named_destinations)
    links = [link.get_object() for page in whole().pages for link in page.get("/Annots", [])]
    inside = {str(link["/Dest"]) for link in links if "/Dest" in link}
    assert any(target.startswith("E") for target in inside) and inside <= names


def test_paper_asks_no_server_and_attaches_no_file() -> None:
    asked: list[str] = []

    class Sink(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    poison = f'<link rel=attachment href=file:///etc/passwd><img src="{base}/x">@import "{base}/y"; url({base}/z)'
    body = pdf.brief(replace(small(), cover=samples.cover(title=poison, business=poison)), audit_id="x")
    server.shutdown()
    assert asked == [] and b"EmbeddedFile" not in body


def test_a_page_that_asks_for_an_address_is_refused() -> None:
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError, match="fetches nothing"):
        pdf._setting('<html><body><img src="file:///etc/hostname"></body></html>', small())("")


def test_without_pango_the_other_forms_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise pdf.NoPangoError(pdf.MISSING)

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    assert paper(small()) == {} and "apt-get install" in pdf.MISSING


def test_charts_are_drawn_on_paper() -> None:
    with_charts = made()["report.pdf"]
    without = pdf.render(small(), audit_id="x", charts={}, annex=())
    assert len(with_charts) > len(without) + 2_000


def test_tables_of_seven_columns_and_more_lie_on_their_side() -> None:
    def wide(page: pypdf.PageObject) -> bool:
        return bool(page.mediabox.width > page.mediabox.height)

    pages = [(page.extract_text(), wide(page)) for page in whole().pages[2:]]
    assert all(broad for text, broad in pages if "Review signal to watch" in text or "Declared by" in text)
    upright = ("Leak 1 ·", "Where it leaks on the customer", "How each number is made")
    assert not any(broad for text, broad in pages for opening in upright if opening in text)
