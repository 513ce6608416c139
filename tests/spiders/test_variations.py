"""The same page written another way (order of attributes, quotes, lines, attributes more) gives the same reviews."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from spiders.items import Page, Review
from spiders.site import UnreadableError
from spiders.sites import site

FOLDER = Path(__file__).resolve().parents[1] / "sites"
PAGES = sorted(each.relative_to(FOLDER).as_posix() for each in FOLDER.glob("*/page*.html"))
_APART = re.compile(r"(<script\b.*?</script>|<!--.*?-->)", re.S | re.I)
_TAG = re.compile(
    r"<([a-zA-Z][\w-]*)((?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)+)(\s*/?>)",
)
_ATTRIBUTE = re.compile(r"[\w:@.-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
WAYS: dict[str, Callable[[list[str]], str]] = {
    "reversed": lambda given: " " + " ".join(reversed(given)),
    "single quotes": lambda given: " " + " ".join(each if "'" in each else each.replace('"', "'") for each in given),
    "a line each": lambda given: "\n  " + "\n  ".join(given),
    "more attributes": lambda given: f' data-q="1" {" ".join(given)} data-z="2"',
}


def rewritten(html: str, way: Callable[[list[str]], str]) -> str:
    """The page with the attributes of every tag written that way; scripts and comments stay as they are."""
    parts = _APART.split(html)
    for at in range(0, len(parts), 2):
        parts[at] = _TAG.sub(lambda tag: f"<{tag[1]}{way(_ATTRIBUTE.findall(tag[2]))}{tag[3]}", parts[at])
    return "".join(parts)


def read(name: str, html: str) -> tuple[Review, ...] | None:
    page = Page(url="https://shop.example/biz/a", body=html.encode(), fetched_at="2024-06-01T12:00:00Z")
    try:
        return site(name).parse(page).reviews
    except UnreadableError:
        return None


@pytest.mark.parametrize("way", WAYS)
def test_markup_that_is_written_another_way_gives_the_same_reviews(way: str) -> None:
    for path in PAGES:
        html = (FOLDER / path).read_text(encoding="utf-8", errors="replace")
        name = path.partition("/")[0]
        assert read(name, rewritten(html, WAYS[way])) == read(name, html), path


@pytest.mark.needs_shared
@pytest.mark.parametrize("way", WAYS)
def test_real_pages_that_are_written_another_way_give_as_many_reviews(shared: Path, way: str) -> None:
    for path in sorted((shared / "captures").glob("*/*.htm*")):
        html = path.read_text(encoding="utf-8", errors="replace")
        name = path.parent.name.replace("schema_org", "schema-org")
        if name in {each.partition("/")[0] for each in PAGES}:
            before, after = read(name, html) or (), read(name, rewritten(html, WAYS[way])) or ()
            assert [(each.rating, each.author, each.id) for each in after] == [
                (each.rating, each.author, each.id) for each in before
            ], path.name
