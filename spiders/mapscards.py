"""One review card of Google Maps as a `Review`, read by how it is built: class names change with every build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spiders import dom
from spiders.dates import dated
from spiders.dom import Card, Tag
from spiders.google import original
from spiders.items import Dated, Review
from spiders.parse import clean
from spiders.reading import Reading

_OPENING = r"<div\s(?=[^<>]{0,2000}data-review-id=)(?=[^<>]{0,2000}aria-label=)[^<>]{0,4000}>"
_ON_FIVE = re.compile(r"^\D{0,20}([1-5](?:[.,]\d)?)\b")
_SOME_DAY = "2020-06-15T12:00:00Z"
_DATE_AT_MOST = 40


def cards(html: str) -> Iterator[Card]:
    """The cards whose label and id a browser sees, too: what is broken inside a tag's quotes is none."""
    return (card for card in dom.cards(html, _OPENING) if card.has("[data-review-id]"))


def review(reading: Reading, card: Card) -> Review:
    """The card's own label is the author; stars, date, words and the owner's answer follow each other."""
    stars, buttons = _stars(card), card.all("button")
    dates = list(_dates(stars)) if stars is not None else []
    words = dom.beside(stars.getparent()) if stars is not None else None
    header = dates[1].getparent() if len(dates) > 1 else None
    answer = dom.beside(header)
    text = _words(words, buttons)
    if text and text.endswith(("…", "...")) and buttons:
        reading.note("a text is cut off behind a button: its rest is not in the page")
    return reading.review(
        _number(stars),
        id=card.given("data-review-id", "[data-review-id]"),
        text=text,
        author=clean(card.given("aria-label", "[data-review-id]"), escaped=0),
        posted=reading.date(dom.words_of(dates[0])) if dates else Dated(),
        reply=reading.reply(_words(answer, buttons), _date(reading, dates), escaped=0),
    )


def _stars(card: Card) -> Tag | None:
    """The tag that says how many: drawn stars with a label, or a number of five for a hotel."""
    drawn = (each for each in card.all("[role=img]") if _number(each))
    written = (each for each in card.all("span") if re.fullmatch(r"\s*[1-5]\s*/\s*5\s*", each.text_content()))
    return next(drawn, next(written, None))


def _number(stars: Tag | None) -> str | None:
    if stars is None:
        return None
    found = _ON_FIVE.match(dom.value_of(stars, "aria-label") or stars.text_content().strip())
    return found[1] if found else None


def _words(tag: Tag | None, buttons: list[Tag]) -> str | None:
    return clean(original(dom.words_of(tag, buttons)), escaped=0)


def _dates(stars: Tag) -> Iterator[Tag]:
    """What reads as "a year ago", from the stars on: the first is the review's, the next the owner's answer's."""
    for each in dom.leaves(stars, "span"):
        words = each.text_content().strip()
        if words and len(words) < _DATE_AT_MOST and dated(words, fetched_at=_SOME_DAY)[0].on:
            yield each


def _date(reading: Reading, dates: list[Tag]) -> Dated:
    return reading.date(dom.words_of(dates[1] if len(dates) > 1 else None))
