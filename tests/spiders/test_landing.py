"""A landing is whole or it is not there; what it says it holds is what it holds."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from spiders.erasure import erase
from spiders.items import Dated, Landing, Page, Reply, Review, Verdict
from spiders.landing import (
    LandingError,
    LandingWriter,
    from_manifest,
    read_landing,
    read_pages,
    read_reviews,
    record_id,
)
from spiders.mentions import mentions
from spiders.privacy import seal

KEY = b"k" * 32
FACTS = {
    "engagement": "e",
    "listing": "a",
    "site": "sandbox",
    "way": "crawl",
    "as_of": "2024-06-01T00:00:00Z",
    "declared_total": 2,
    "average": 3.0,
    "pages_fetched": 1,
    "pages_failed": (),
    "stop_reason": "last page",
    "verdict": Verdict(name="complete", scope="full", reason="all"),
    "parser_version": "sandbox-1",
    "redactor_version": "1",
}


def review(number: int) -> Review:
    return Review(
        site="sandbox",
        id=f"r{number}",
        rating=2.0,
        rating_raw="2",
        text=f"Mail {number} me@example.com",
        author="Ann Example",
        posted=Dated(on="2024-05-01", precision="day", raw="1 May 2024"),
        subratings={"crew": 4.0},
        reply=Reply(text="Dear Ann, sorry", posted=Dated(on="2024-05-03", precision="day", raw="2024-05-03")),
    )


def page(body: bytes = b"<html>1</html>") -> Page:
    digest = sha256(body).hexdigest()
    return Page(url="https://shop.example/a", body=body, fetched_at="2024-06-01T00:00:00Z", sha256=digest)


NAMED = "<html><p>Спасибо, Жанна Ёлкина!</p></html>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (NAMED.encode("windows-1251"), "text/html; charset=windows-1251"),
        (f'<html><meta charset="koi8-r">{NAMED}'.encode("koi8-r"), None),
        (NAMED.encode("utf-16"), None),
        (NAMED.encode(), "text/html; charset=utf-8"),
        (NAMED.encode("ascii", "xmlcharrefreplace"), "text/html"),
    ],
)
def test_a_page_that_names_an_erased_person_goes_in_whatever_encoding_it_is(
    tmp_path: Path, body: bytes, kind: str | None
) -> None:
    landed(tmp_path / "landing", replace(page(body), kind=kind))
    assert erase(tmp_path / "landing", lambda _: False, pattern=mentions(["ЖАННА Ёлкина"]), on="2025-01-01").pages == 1
    assert [each.body for _, each in read_pages(tmp_path / "landing")] == [page().body]


def test_a_page_that_holds_a_forgotten_name_only_as_a_word_a_part_of_one_or_a_month_stays(tmp_path: Path) -> None:
    """Nearly every page holds "May 2024" and "may", or the letters of "Ed"."""
    landed(tmp_path / "landing", page(b"<html>We tested it on May 12, 2024, and it may do</html>"))
    assert erase(tmp_path / "landing", lambda _: False, pattern=mentions(["May", "Ed"]), on="2025-01-01").pages == 0
    assert len(list(read_pages(tmp_path / "landing"))) == 2


def landed(out: Path, *pages: Page) -> Landing:
    with LandingWriter(out) as writer:
        writer.page(page(), {"Content-Type": "text/html", "Set-Cookie": "secret=1"})
        for each in pages:
            writer.page(each)
        writer.review(seal(review(1), KEY))
        writer.review(seal(review(2), KEY))
        writer.reject({"line": 7, "reason": "has 3 fields, the header has 4"})
        return writer.finish(**FACTS)


def test_without_a_manifest_nothing_has_landed(tmp_path: Path) -> None:
    with LandingWriter(tmp_path / "l") as writer:
        writer.review(seal(review(1), KEY))
    with pytest.raises(LandingError, match="nothing has landed"):
        read_landing(tmp_path / "l")


def test_what_a_killed_run_left_is_cleared_by_the_next_one(tmp_path: Path) -> None:
    with LandingWriter(tmp_path / "l") as writer:
        writer.review(seal(review(9), KEY))
    landed(tmp_path / "l")
    assert [each.id for each in read_reviews(tmp_path / "l")] == ["r1", "r2"]


def test_a_landing_is_never_written_over(tmp_path: Path) -> None:
    landed(tmp_path / "l")
    with pytest.raises(LandingError, match="already"):
        LandingWriter(tmp_path / "l")


def test_the_same_input_lands_with_the_same_id_and_bytes(tmp_path: Path) -> None:
    first, second = landed(tmp_path / "x" / "l"), landed(tmp_path / "y" / "l")
    assert first == second
    for name in [*first.files, "manifest.json"]:
        assert (tmp_path / "x" / "l" / name).read_bytes() == (tmp_path / "y" / "l" / name).read_bytes()


def test_a_landing_reads_back_as_it_was_written(tmp_path: Path) -> None:
    landing = landed(tmp_path / "l")
    assert read_landing(tmp_path / "l") == landing
    assert from_manifest(json.loads((tmp_path / "l" / "manifest.json").read_text())) == landing
    assert list(read_reviews(tmp_path / "l")) == [seal(review(1), KEY), seal(review(2), KEY)]
    assert (landing.reviews, landing.rejects) == (2, 1)


def test_its_path_counts_from_the_workspace(tmp_path: Path) -> None:
    with LandingWriter(tmp_path / "landings" / "l") as writer:
        assert writer.finish(**FACTS, workspace=tmp_path).path == "landings/l"


def test_the_page_is_kept_in_a_warc_that_replays_without_cookies(tmp_path: Path) -> None:
    landed(tmp_path / "l")
    [(name, held)] = read_pages(tmp_path / "l")
    assert held == replace(page(), kind="text/html")
    assert name == record_id(page())
    from warcio.archiveiterator import ArchiveIterator

    with (tmp_path / "l" / "pages.warc.gz").open("rb") as file:
        found = {record.rec_type: record for record in ArchiveIterator(file, check_digests="raise")}
        assert found.keys() == {"warcinfo", "response"}
        record = found["response"]
        assert record.http_headers.get_header("Content-Type") == "text/html"
        assert record.http_headers.get_header("Set-Cookie") is None


def test_a_review_with_its_author_is_not_written(tmp_path: Path) -> None:
    with LandingWriter(tmp_path / "l") as writer, pytest.raises(LandingError, match="author"):
        writer.review(review(1))


@pytest.mark.parametrize("name", ["reviews.jsonl", "pages.warc.gz", "rejects.jsonl"])
def test_a_flipped_byte_or_a_missing_file_refuses_the_landing(tmp_path: Path, name: str) -> None:
    landed(tmp_path / "l")
    file = tmp_path / "l" / name
    body = file.read_bytes()
    file.write_bytes(bytes([body[0] ^ 1]) + body[1:])
    with pytest.raises(LandingError, match=name):
        read_landing(tmp_path / "l")
    file.unlink()
    with pytest.raises(LandingError, match=name):
        read_landing(tmp_path / "l")


def test_a_last_line_that_was_cut_off_is_dropped_and_counted(tmp_path: Path) -> None:
    whole = landed(tmp_path / "l")
    file = tmp_path / "l" / "reviews.jsonl"
    file.write_bytes(file.read_bytes()[:-5])
    found = read_landing(tmp_path / "l")
    assert (found.reviews, found.verdict.name) == (1, "partial")
    assert found.problems and replace(found, reviews=2, problems=(), verdict=whole.verdict) == whole
    assert [each.id for each in read_reviews(tmp_path / "l")] == ["r1"]
