"""The review cards of a page as small trees, cut out of it first: no tree is built of the rest or of what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from spiders import embedded
from spiders.parse import clean
from spiders.site import UnreadableError

_MOST_TAGS, _MOST_CARDS, _DEEPEST = 30_000, 2_000, 300
"""What cards may hold together, a tree of which is built in half a second. No honest page has a fifth of it."""
_TRIED = 20
"""Tags of one path that are asked for their words before none is believed to have any."""
_BOMB = re.compile(r"<([a-zA-Z][\w-]{0,40})\s[^<>]{20000,}(?:>|\Z)")
_BLOCKS = frozenset(["p", "div", "li", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"])
_SPACE = re.compile(r"\s+")


class Card:
    """A small tree and its index, by `.class`, `tag`, `tag.class`, `[attribute]` and `[attribute=value]`."""

    def __init__(self, html: str) -> None:
        self._index: dict[str, list[Tag]] = {}
        depths: dict[int, int] = {}
        for tag in BeautifulSoup(_BOMB.sub(r"<\1>", html), "lxml", multi_valued_attributes=None).find_all(True):
            depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
            if depths[id(tag)] > _DEEPEST:
                raise UnreadableError(f"a review card nests more than {_DEEPEST} tags: no page of the site does")
            for key in _keys(tag):
                self._index.setdefault(key, []).append(tag)

    def all(self, *path: str) -> list[Tag]:
        """Tags for a path of simple selectors, in page order: `all(".rate", "img")` is every img inside a `.rate`."""
        *within, last = path
        found = self._index.get(last, [])
        for outer in within:
            held = {id(each) for each in self._index.get(outer, [])}
            found = [each for each in found if any(id(parent) in held for parent in each.parents)]
        return found

    def one(self, *path: str) -> Tag | None:
        """The first of `all`."""
        return next(iter(self.all(*path)), None)

    def text(self, *path: str, without: tuple[str, ...] = ()) -> str | None:
        """The words of the first tag on the path that has some; `without` names parts of it that are not its words."""
        left_out = [each for selector in without for each in self.all(selector)]
        return next((words for tag in self.all(*path)[:_TRIED] if (words := words_of(tag, left_out))), None)

    def given(self, attribute: str, *path: str) -> str | None:
        """The value of an attribute of the first tag on the path that has it and does not leave it empty."""
        return next((value for tag in self.all(*path) if (value := value_of(tag, attribute))), None)


def cards(html: str, opening: str, *, scripts: bool = False) -> Iterator[Card]:
    """A `Card` for each element whose opening tag matches, in page order; one inside another is a part of it.

    `opening` is a pattern for the whole opening tag, from `<`. `scripts` keeps the scripts of the page in the cards.
    """
    shown = embedded.visible(html, scripts=scripts)
    cut = list(elements(shown, opening))
    if len(cut) > _MOST_CARDS or sum(each.count("<") - each.count("</") for each in cut) > _MOST_TAGS:
        raise UnreadableError(
            f"more than {_MOST_CARDS:,} review cards or {_MOST_TAGS:,} tags: no page of the site does"
        )
    return (Card(each) for each in cut)


def elements(html: str, opening: str) -> Iterator[str]:
    """The markup of each outermost element whose opening tag matches; unclosed, it ends where the next begins."""
    starts = [(found.start(), found[0]) for found in re.finditer(opening, html, re.I)]
    names = {found[1].lower() for _, tag in starts if (found := re.match(r"<([a-zA-Z][\w-]*)", tag))}
    ends = {start: end for name in names for start, end in _spans(html, name)}
    over = 0
    for here, (start, _) in enumerate(starts):
        if start < over:
            continue
        following = starts[here + 1][0] if here + 1 < len(starts) else len(html)
        over = ends.get(start, following)
        yield html[start:over]


def _spans(html: str, name: str) -> Iterator[tuple[int, int]]:
    """Start and end of every element of that name that is closed, in one pass."""
    opened: list[int] = []
    for found in re.finditer(rf"<(/?){re.escape(name)}(?=[\s>/])", html, re.I):
        if not found[1]:
            opened.append(found.start())
        elif opened:
            yield opened.pop(), found.end() + 1


def _keys(tag: Tag) -> Iterator[str]:
    yield tag.name
    for attribute, value in tag.attrs.items():
        yield f"[{attribute}]"
        for each in str(value).split() if attribute == "class" else [value]:
            yield f".{each}" if attribute == "class" else f"[{attribute}={each}]"
            if attribute == "class":
                yield f"{tag.name}.{each}"


def value_of(tag: Tag, attribute: str) -> str | None:
    """An attribute as one string, or None where it is missing or empty."""
    value = tag.get(attribute)
    whole = " ".join(value) if isinstance(value, list) else value
    return whole.strip() or None if whole else None


def words_of(tag: Tag, without: Iterable[Tag] = ()) -> str | None:
    """The words of a tag as a person reads them: breaks and blocks begin a new line."""
    left_out = {id(inner) for each in without for inner in (each, *each.descendants)}
    parts: list[str] = []
    for each in tag.descendants:
        if id(each) in left_out:
            continue
        if isinstance(each, Tag):
            parts.append("\n" if each.name == "br" or each.name in _BLOCKS else "")
        elif type(each) is NavigableString:  # not a comment, not a script, which are strings too
            parts.append(_SPACE.sub(" ", each))
    return clean("".join(parts), escaped=0)
