"""ACCEPTANCE h55: captures as they are handed in, spoilt ones and hostile ones among them."""

from __future__ import annotations

import json
import resource
from pathlib import Path
from typing import Any

import pytest

from spiders.intake.capture import land_capture
from spiders.items import Landing, Review
from spiders.landing import read_landing, read_pages, read_reviews
from tests.spiders.bench import KEY, listing
from tests.spiders.intake.saving import ADDRESS, entry, har, mhtml, pages, wacz, warc


def landed(folder: Path, *files: Path, **given: Any) -> tuple[Landing, list[Review]]:
    facts: dict[str, Any] = {"engagement": "e", "listing": "a", "business": "Bench & Co", "site": "sandbox", "key": KEY}
    out = folder / "landings" / "l"
    landing = land_capture(files=files, out=out, **(facts | given))
    assert read_landing(out) == landing
    return landing, list(read_reviews(out))


def rejects(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "landings" / "l" / "rejects.jsonl").read_text().splitlines()]


def test_a_har_lands_its_pages_and_passes_over_what_is_no_page(tmp_path: Path) -> None:
    image = entry("https://127.0.0.1/a.png", b"x")
    image["response"]["content"]["mimeType"] = "image/png"
    body = [entry(url, body, packed=at % 2 == 0) for at, (url, body) in enumerate(pages(50).items())]
    landing, found = landed(tmp_path, har(tmp_path / "a.har", [image, *body]))
    assert (landing.verdict.name, landing.verdict.scope, landing.reviews) == ("complete", "full", 50)
    assert landing.as_of == "2024-05-02T08:00:00Z" and landing.way == "capture" and landing.pages_fetched == 3
    kept = dict(read_pages(tmp_path / "landings" / "l"))
    assert {each.source for each in found} == set(kept)
    assert kept[str(found[0].source)].url == ADDRESS
    assert landing.mapping["capture"]["passed"] == 1


def test_spoilt_entries_of_a_har_are_counted_with_their_number_and_the_others_land(tmp_path: Path) -> None:
    good = [entry(url, body) for url, body in pages(60).items()]
    spoilt = entry(ADDRESS, b"<html></html>", packed=True)
    spoilt["response"]["content"]["text"] = "@@@"
    cut = entry(ADDRESS, good[0]["response"]["content"]["text"].encode(), packed=True)
    cut["response"]["content"]["text"] = cut["response"]["content"]["text"][:400]
    without = entry(ADDRESS, None)
    without["response"]["content"]["size"] = 900
    landing, found = landed(tmp_path, har(tmp_path / "a.har", [spoilt, good[0], cut, without, {"no": 1}, *good[1:]]))
    assert len(found) == 60 and landing.verdict.name == "complete"
    told = [(each["file"], each["record"], each["reason"][:20]) for each in rejects(tmp_path)]
    assert [each[:2] for each in told] == [("a.har", f"entry {number}") for number in (1, 3, 4, 5)]
    assert "4 record(s) could not be read" in landing.verdict.reason


def test_a_har_that_breaks_off_gives_what_stands_before_the_break(tmp_path: Path) -> None:
    file = har(tmp_path / "a.har", [entry(url, body) for url, body in pages(60).items()])
    whole = file.read_text()
    file.write_text(whole[: int(len(whole) * 0.9)])
    landing, found = landed(tmp_path, file)
    assert len(found) == 40 and landing.verdict.name == "partial" and "40 of 60" in landing.verdict.reason
    assert rejects(tmp_path)[0]["record"] == "after entry 2"


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_cut_in_the_middle_lands_its_whole_records(tmp_path: Path, packed: bool) -> None:
    whole = warc(pages(60), packed=packed)
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    file.write_bytes(whole)
    landing, found = landed(tmp_path / "whole", file)
    assert (len(found), landing.verdict.name, landing.as_of) == (60, "complete", "2024-05-02T08:00:00Z")
    file.write_bytes(whole[: int(len(whole) * (0.8 if packed else 0.85))])
    landing, found = landed(tmp_path / "cut", file)
    assert len(found) == 40 and landing.verdict.name == "partial"
    assert [each["file"] for each in rejects(tmp_path / "cut")] == [file.name]


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_behind_a_spoilt_record_of_a_warc(tmp_path: Path, packed: bool) -> None:
    whole = bytearray(warc(pages(60), packed=packed))
    mark = b"\x1f\x8b\x08" if packed else b"WARC/1."
    starts = [at for at in range(len(whole)) if whole.startswith(mark, at)]
    second = starts[3]
    whole[second : second + 60] = b"\x00" * 60
    file = tmp_path / "a.warc"
    file.write_bytes(whole)
    _, found = landed(tmp_path, file)
    assert {str(each.id) for each in found} >= {f"r{number}" for number in (*range(20), *range(40, 60))}
    assert rejects(tmp_path)


def test_a_wacz_is_read_where_it_lies_and_its_traps_are_refused(tmp_path: Path) -> None:
    bodies = pages(60)
    first, rest = dict(list(bodies.items())[:1]), dict(list(bodies.items())[1:])
    file = wacz(
        tmp_path / "a.wacz",
        {
            "archive/data.warc.gz": warc(first),
            "../../escaped.warc.gz": warc(rest),
            "archive/bomb.warc": b"\x00" * 80_000_000,
            "archive/rest.warc.gz": warc(rest),
        },
    )
    before = sorted(each.relative_to(tmp_path) for each in tmp_path.rglob("*"))
    landing, found = landed(tmp_path, file)
    assert len(found) == 60 and landing.verdict.name == "complete"
    assert [each["reason"].split(",")[0][:31] for each in rejects(tmp_path)] == [
        "its name leads out of the archi",
        "unpacks to 80",
    ]
    after = sorted(each.relative_to(tmp_path) for each in tmp_path.rglob("*") if "landings" not in each.parts)
    assert before == after


def test_a_bomb_in_a_body_is_refused_by_size(tmp_path: Path) -> None:
    bomb = entry(ADDRESS, b"<html>" + b"\x00" * 40_000_000, packed=True)
    file = har(tmp_path / "a.har", [bomb, *(entry(url, body) for url, body in pages(20).items())])
    landing, found = landed(tmp_path, file)
    assert len(found) == 20 and "larger than 16 MB" in rejects(tmp_path)[0]["reason"] and landing.rejects == 1


def test_a_folder_is_read_file_by_file_and_a_huge_one_is_never_opened(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    (folder / "below").mkdir(parents=True)
    for at, body in enumerate(pages(60).values()):
        (folder / ("below" if at else "") / f"page {at}.html").write_bytes(body)
    with (folder / "huge.html").open("wb") as file:
        file.truncate(2 << 30)
    (folder / "link.html").symlink_to("/etc/hosts")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    landing, found = landed(tmp_path, folder)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    assert len(found) == 60 and landing.verdict.name == "complete"
    assert {each["file"]: each["reason"][:9] for each in rejects(tmp_path)} == {
        "huge.html": "is 2,147,",
        "link.html": "is a link",
    }


def test_the_time_of_a_bare_file_is_what_is_said_or_unknown_and_never_its_own(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(listing(range(3), total=3, datePublished="2 days ago"))
    landing, found = landed(tmp_path / "a", page)
    assert landing.as_of is None and {each.posted.on for each in found} == {None}
    assert "do not say when" in landing.problems[0]
    [(_, kept)] = read_pages(tmp_path / "a" / "landings" / "l")
    assert kept.fetched_at is None
    landing, found = landed(tmp_path / "b", page, fetched_at="2024-05-03T00:00:00Z")
    assert landing.as_of == "2024-05-03T00:00:00Z" and {each.posted.on for each in found} == {"2024-05-01"}


def test_a_review_that_stands_on_two_pages_lands_once(tmp_path: Path) -> None:
    bodies = {ADDRESS: listing(range(20), total=30), f"{ADDRESS}?p=2": listing(range(10, 30), total=30)}
    file = har(tmp_path / "a.har", [entry(url, body) for url, body in bodies.items()])
    landing, found = landed(tmp_path, file)
    assert len(found) == len({each.id for each in found}) == 30 and landing.verdict.name == "complete"


def test_a_capture_that_leads_on_to_pages_it_does_not_hold_is_partial(tmp_path: Path) -> None:
    body = listing(range(20), total=None, after="/biz/a?page=2")
    landing, _ = landed(tmp_path, har(tmp_path / "a.har", [entry(ADDRESS, body)]), site="schema-org")
    assert landing.verdict.name == "partial" and "does not hold the pages" in landing.verdict.reason
    landing, _ = landed(tmp_path / "b", har(tmp_path / "b.har", [entry(ADDRESS, next(iter(pages(60).values())))]))
    assert landing.verdict.name == "partial" and "20 of 60 declared" in landing.verdict.reason


def test_a_capture_without_a_declared_total_is_whole_as_a_file_and_not_as_a_listing(tmp_path: Path) -> None:
    file = har(tmp_path / "a.har", [entry(ADDRESS, listing(range(5), total=None))])
    landing, _ = landed(tmp_path, file, site="schema-org")
    assert (landing.verdict.name, landing.verdict.scope) == ("complete", "file")
    assert "do not declare" in landing.verdict.reason


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page"])
def test_a_page_saved_in_one_file_is_read_with_its_address_and_the_time_it_was_saved(tmp_path: Path, name: str) -> None:
    landing, found = landed(tmp_path, mhtml(tmp_path / name, pages(20)))
    assert (landing.verdict.name, landing.reviews, landing.as_of) == ("complete", 20, "2024-05-02T08:00:00Z")
    kept = dict(read_pages(tmp_path / "landings" / "l"))
    assert kept[str(found[0].source)].url == ADDRESS
    assert landing.mapping["capture"] == {"read": 1, "passed": 1, "spoilt": 0, "other_business": 0}


def test_a_saved_page_that_breaks_off_or_holds_nothing_breaks_nothing(tmp_path: Path) -> None:
    whole = mhtml(tmp_path / "page.mhtml", pages(20)).read_bytes()
    for at, part in enumerate([whole[:200], whole[: len(whole) // 2], b"no mail at all", b"Date: never\r\n\r\n"]):
        (tmp_path / f"{at}.mhtml").write_bytes(part)
        landing, _ = landed(tmp_path / str(at), tmp_path / f"{at}.mhtml")
        assert landing.verdict.name in ("failed", "partial")
