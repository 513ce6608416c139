"""The review cards of a page as small trees, cut out of it first: no tree is built of the rest or of what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from lxml import html as tree

from spiders import embedded
from spiders.parse import clean
from spiders.site import UnreadableError

_MOST_TAGS, _MOST_CARDS, _DEEPEST = 30_000, 2_000, 300
"""What cards may hold together, a tree of which is built in half a second. No honest page has a fifth of it."""
_TRIED = 20
"""Tags of one path that are asked for their words before none is believed to have any."""
_BOMB = re.compile(r"<([a-zA-Z][\w-]{0,40})\s[^<>]{20000,}(?:>|\Z)")
_BLOCKS = frozenset(["p", "div", "li", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"])
_WORDLESS = frozenset(["script", "style", "template", "rt", "rp"])
_SPACE = re.compile(r"\s+")

Tag = Any
"""An element of lxml, which tells the checker nothing of its types."""


class Card:
    """A small tree and its index, by `.class`, `tag`, `tag.class`, `[attribute]` and `[attribute=value]`."""

    def __init__(self, html: str) -> None:
        self._index: dict[str, list[Tag]] = {}
        depths: dict[Tag, int] = {}
        for tag in _tags(_BOMB.sub(r"<\1>", html)):
            depths[tag] = depths.get(tag.getparent(), 0) + 1
            if depths[tag] > _DEEPEST:
                raise UnreadableError(f"a review card nests more than {_DEEPEST} tags: no page of the site does")
            for key in _keys(tag):
                self._index.setdefault(key, []).append(tag)

    def all(self, *path: str) -> list[Tag]:
        """Tags for a path of simple selectors, in page order: `all(".rate", "img")` is every img inside a `.rate`."""
        *within, last = path
        found = self._index.get(last, [])
        for outer in within:
            held = set(self._index.get(outer, []))
            found = [each for each in found if any(parent in held for parent in each.iterancestors())]
        return found

    def one(self, *path: str) -> Tag | None:
        """The first of `all`."""
        return next(iter(self.all(*path)), None)

    def has(self, *path: str) -> bool:
        """Whether there is a tag on the path: a tag of lxml without others inside is no truth."""
        return bool(self.all(*path))

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


def _tags(html: str) -> list[Tag]:
    try:
        return list(tree.document_fromstring(html).iter("*"))
    except etree.ParserError:  # nothing that could be a tag
        return []


def _keys(tag: Tag) -> Iterator[str]:
    yield tag.tag
    for attribute, value in tag.attrib.items():
        yield f"[{attribute}]"
        for each in value.split() if attribute == "class" else [value]:
            yield f".{each}" if attribute == "class" else f"[{attribute}={each}]"
            if attribute == "class":
                yield f"{tag.tag}.{each}"


def value_of(tag: Tag, attribute: str) -> str | None:
    """An attribute, or None where it is missing or empty."""
    value: str | None = tag.get(attribute)
    return value.strip() or None if value else None


def markup(tag: Tag) -> str:
    """The tag as it is written, without what follows it."""
    return str(tree.tostring(tag, encoding="unicode", with_tail=False))


def beside(tag: Tag | None, *, before: bool = False) -> Tag | None:
    """The tag that follows this one inside the same tag, or the one before it."""
    return None if tag is None else next(tag.itersiblings("*", preceding=before), None)


def classed(tag: Tag, *names: str) -> int:
    """How many tags inside this one are of all these classes."""
    return sum(set(names) <= set((each.get("class") or "").split()) for each in tag.iterdescendants("*"))


def leaves(tag: Tag, name: str) -> Iterator[Tag]:
    """The tags of that name, inside this one and after it, that hold no other tag."""
    return (each for each in tag.xpath(f"descendant::{name}|following::{name}") if not len(each))


def words_of(tag: Tag | None, without: Iterable[Tag] = ()) -> str | None:
    """The words of a tag as a person reads them: breaks and blocks begin a new line."""
    left_out = set(without)
    if tag is None or tag in left_out or tag.tag in _WORDLESS:
        return None
    parts, over = [_said(tag.text)], None
    for moment, each in etree.iterwalk(tag, events=("start", "end", "comment", "pi")):
        if each is tag or (over is not None and each is not over):
            continue
        named = isinstance(each.tag, str)
        if moment == "start" and (each in left_out or each.tag in _WORDLESS):
            over = each
        elif moment == "start":
            parts += ["\n" if each.tag == "br" or each.tag in _BLOCKS else "", _said(each.text)]
        elif moment == "end" or not named:
            over = None
            parts.append(_said(each.tail))
    return clean("".join(parts), escaped=0)


def _said(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""
