"""ACCEPTANCE h56: captures of the wrong site, of a wall, of several businesses, or of pages without reviews."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spiders.intake.errors import IntakeError
from spiders.site import Site
from tests.faults.test_h_captures import landed, rejects
from tests.spiders.bench import listing
from tests.spiders.intake.saving import ADDRESS, entry, har, pages


def test_a_capture_of_the_wrong_site_says_which_parser_was_tried_and_what_it_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spiders.sites._template import Template

    monkeypatch.setattr("spiders.intake.capture.named_site", lambda _: Template())
    file = har(tmp_path / "a.har", [entry(url, body) for url, body in pages(40).items()])
    landing, found = landed(tmp_path, file, site="template")
    assert not found and landing.verdict.name == "failed"
    assert "parser template-2 tried" in landing.verdict.reason
    assert "looked for script#state with a list of reviews (2×)" in landing.verdict.reason
    assert 'look like pages of a page with schema.org reviews: say site = "schema-org"' in landing.verdict.reason


def test_whose_pages_they_are_is_told_before_they_are_read(tmp_path: Path) -> None:
    file, said = har(tmp_path / "a.har", [entry(url, body) for url, body in pages(40).items()]), list[str]()
    landed(tmp_path / "a", file, shown=said.append, site="schema-org")
    landed(tmp_path / "b", file, shown=said.append)
    assert said[0].startswith("a.har: recognised as a page with schema.org reviews; read as pages of a page with")
    assert said[1].startswith("a.har: looks like a page with schema.org reviews; read as pages of Telltale sandbox")


def test_a_page_without_reviews_is_not_an_empty_listing_and_one_that_says_so_is(tmp_path: Path) -> None:
    blank = har(tmp_path / "a.har", [entry(ADDRESS, b"<html><p>About us</p></html>")])
    landing, _ = landed(tmp_path / "a", blank)
    assert landing.verdict.name == "failed" and "sandbox-2 tried" in landing.verdict.reason
    empty = b'<html><p data-state="no-reviews">None yet</p></html>'
    landing, _ = landed(tmp_path / "b", har(tmp_path / "b.har", [entry(ADDRESS, empty)]))
    assert landing.verdict.name == "empty"


@pytest.mark.parametrize(("status", "body"), [(403, b"<html>no</html>"), (200, b"<html>Verify you are human</html>")])
def test_a_saved_wall_of_the_site_is_a_block_and_one_of_a_tracker_is_not(
    tmp_path: Path, status: int, body: bytes
) -> None:
    wall = entry(ADDRESS, body)
    wall["response"]["status"] = status
    landing, _ = landed(tmp_path / "a", har(tmp_path / "a.har", [wall]))
    assert landing.verdict.name == "blocked" and "Other ways in" in landing.verdict.reason
    wall["request"]["url"] = "https://tracker.example/pixel"
    file = har(tmp_path / "b.har", [wall, *(entry(url, body) for url, body in pages(20).items())])
    landing, _ = landed(tmp_path / "b", file)
    assert landing.verdict.name == "complete"


def test_pages_of_several_businesses_are_refused_until_the_listing_says_which(tmp_path: Path) -> None:
    other = listing(range(100, 105), total=5).replace(b"Bench & Co", b"Other Ltd").replace(b"Bench \\u0026", b"Other")
    bodies = [entry(url, body) for url, body in pages(20).items()] + [entry("https://127.0.0.1/biz/o", other)]
    file = har(tmp_path / "a.har", bodies)
    with pytest.raises(IntakeError, match=r"2 businesses.*where = \{ business = \"Bench & Co\""):
        landed(tmp_path / "a", file)
    assert not (tmp_path / "a" / "landings" / "l").exists()
    landing, found = landed(tmp_path / "b", file, wanted="bench & co")
    assert len(found) == 20 and landing.mapping["capture"]["other_business"] == 1
    with pytest.raises(IntakeError, match="no page is of 'Bensch'"):
        landed(tmp_path / "c", file, wanted="Bensch")


def test_a_parser_that_breaks_on_one_body_does_not_lose_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spiders.sites.sandbox import Sandbox

    whole = Sandbox.parse

    def broken(self: Site, page: Any) -> Any:
        if b"page=2" in page.url.encode():
            raise KeyError("x")
        return whole(self, page)  # type: ignore[arg-type]

    monkeypatch.setattr(Sandbox, "parse", broken)
    file = har(tmp_path / "a.har", [entry(url, body) for url, body in pages(60).items()])
    landing, found = landed(tmp_path, file)
    assert len(found) == 40 and landing.verdict.name == "partial"
    assert rejects(tmp_path)[0]["reason"] == "the parser broke on it (KeyError)"
