"""No page, however broken, makes a parser do anything but read it or refuse it, within two seconds."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest

from spiders.sites import all_sites, site
from tests.spiders.hostile import mutated, survives

FOLDER = Path(__file__).resolve().parents[1] / "sites"
SITES = sorted(all_sites())


@pytest.mark.parametrize("name", SITES)
def test_broken_copies_of_its_own_pages_break_no_parser(name: str) -> None:
    for page in sorted((FOLDER / name).glob("page*.*")):
        body = page.read_bytes()
        for seed in range(25):
            survives(site(name), mutated(body, zlib.crc32(page.name.encode()) + seed))


@pytest.mark.parametrize("name", SITES)
def test_the_pages_of_other_sites_break_no_parser(name: str) -> None:
    for page in sorted(FOLDER.glob("*/page*.*")):
        survives(site(name), page.read_bytes())


@pytest.mark.parametrize("name", SITES)
def test_random_bytes_break_no_parser(name: str) -> None:
    chance = random.Random(name)
    for _ in range(20):
        survives(site(name), chance.randbytes(chance.randint(0, 4000)))


@pytest.mark.parametrize("name", SITES)
def test_what_a_search_takes_for_a_tag_and_a_browser_does_not_breaks_no_parser(name: str) -> None:
    for kind in (b"div", b"li", b"article"):
        for spoilt in (b"}", b'"', b'{"a":['):
            given = b'data-review-id="x" data-hook=review itemprop=review class="review pv4 bb" aria-label="5 stars"'
            survives(site(name), b"<%s %s%s ><i id=review-text-1>x</i>" % (kind, spoilt, given))


@pytest.mark.slow
@pytest.mark.needs_shared
@pytest.mark.parametrize("name", SITES)
def test_broken_copies_of_real_pages_break_no_parser(shared: Path, name: str) -> None:
    folder = shared / "captures" / name.replace("schema-org", "schema_org")
    pages = sorted(folder.glob("*.*")) or sorted((FOLDER / name).glob("page*.*"))
    for seed in range(240):
        page = pages[seed % len(pages)]
        survives(site(name), mutated(page.read_bytes(), seed))


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_long_random_pages_break_no_parser(name: str) -> None:
    chance = random.Random(name)
    words = [
        b"<div ",
        b"<li ",
        b"<article itemprop=review>",
        b'data-review-id="x" ',
        b'aria-label="5 stars" ',
        b">",
        b"AF_initDataCallback({data:[",
        b"]",
        b'{"reviews":[',
        b"}",
        b"<script id=__NEXT_DATA__>",
        b"</script>",
    ]
    for _ in range(60):
        survives(site(name), b"".join(chance.choices(words, k=chance.randint(1, 40_000))))
        survives(site(name), chance.randbytes(chance.randint(0, 400_000)))
