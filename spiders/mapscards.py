"""One review card of Google Maps as a `Review`, read by how it is built: class names change with every build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from spiders import dom
from spiders.dates import dated
from spiders.dom import Card
from spiders.google import original
from spiders.items import Dated, Review
from spiders.parse import clean
from spiders.reading import Reading

OPENING = r"<div\s(?=[^<>]{0,2000}data-review-id=)(?=[^<>]{0,2000}aria-label=)[^<>]{0,4000}>"
_ON_FIVE = re.compile(r"^\D{0,20}([1-5](?:[.,]\d)?)\b")
_SOME_DAY = "2020-06-15T12:00:00Z"
_DATE_AT_MOST = 40


def review(reading: Reading, card: Card) -> Review:
    """The card's own label is the author; stars, date, words and the owner's answer follow each other."""
    outer, stars, buttons = card.all("[data-review-id]")[0], _stars(card), card.all("button")
    dates = list(_dates(stars)) if stars else []
    words = stars.parent.find_next_sibling() if stars and stars.parent else None
    header = dates[1].parent if len(dates) > 1 else None
    answer = header.find_next_sibling() if header else None
    text = _words(words, buttons)
    if text and text.endswith(("…", "...")) and buttons:
        reading.note("a text is cut off behind a button: its rest is not in the page")
    return reading.review(
        _number(stars),
        id=dom.value_of(outer, "data-review-id"),
        text=text,
        author=clean(dom.value_of(outer, "aria-label"), escaped=0),
        posted=reading.date(dom.words_of(dates[0])) if dates else Dated(),
        reply=reading.reply(_words(answer, buttons), _date(reading, dates[1]), escaped=0) if answer else None,
    )


def _stars(card: Card) -> Tag | None:
    """The tag that says how many: drawn stars with a label, or a number of five for a hotel."""
    drawn = (each for each in card.all("[role=img]") if _number(each))
    written = (each for each in card.all("span") if re.fullmatch(r"\s*[1-5]\s*/\s*5\s*", each.get_text()))
    return next(drawn, next(written, None))


def _number(stars: Tag | None) -> str | None:
    found = _ON_FIVE.match(dom.value_of(stars, "aria-label") or stars.get_text(strip=True)) if stars else None
    return found[1] if found else None


def _words(tag: Tag | None, buttons: list[Tag]) -> str | None:
    return clean(original(dom.words_of(tag, buttons)), escaped=0) if tag else None


def _dates(stars: Tag) -> Iterator[Tag]:
    """What reads as "a year ago", from the stars on: the first is the review's, the next the owner's answer's."""
    for each in stars.find_all_next("span"):
        words = each.get_text().strip()
        if words and len(words) < _DATE_AT_MOST and each.find() is None and dated(words, fetched_at=_SOME_DAY)[0].on:
            yield each


def _date(reading: Reading, tag: Tag) -> Dated:
    return reading.date(dom.words_of(tag))
