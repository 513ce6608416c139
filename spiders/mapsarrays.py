"""One review in the arrays of Google Maps, in the shape since 2023 and in the one before it, as a `Review`."""

from __future__ import annotations

from typing import Any

from spiders.google import original
from spiders.items import Reply, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.values import at

MICROSECONDS, MILLISECONDS = 10**6, 10**3


def is_review(node: list[Any]) -> bool:
    """Since 2023: id, the writing (moments, author), the words (stars, text), the reply."""
    if len(node) < 3 or not isinstance(node[0], str) or not node[0]:
        return False
    return _stars(at(node, 2, 0, 0)) and _moment(at(node, 1, 2))


def is_older_review(node: list[Any]) -> bool:
    """Before: everything in one array of some sixty, with the id at 10 and the moment at 27."""
    return len(node) > 27 and isinstance(node[10], str) and _stars(node[4]) and _moment(node[27])


def review(reading: Reading, node: list[Any]) -> Review:
    """A review in the shape since 2023."""
    created, edited = at(node, 1, 2), at(node, 1, 3)
    aspects = at(node, 2, 6)
    source = clean(at(node, 1, 13, 0))
    return reading.review(
        at(node, 2, 0, 0),
        id=node[0],
        url=clean(at(node, 4, 3, 0), escaped=0),
        text=clean(original(at(node, 2, 15, 0, 0) or at(node, 2, 1, 0)), escaped=0),
        author=clean(at(node, 1, 4, 5, 0) or at(node, 1, 4, 0, 4) or at(node, 1, 4, 1, 1), escaped=0),
        posted=reading.epoch(created, ticks=MICROSECONDS),
        updated=reading.epoch(edited if edited != created else None, ticks=MICROSECONDS),
        language=clean(at(node, 2, 14, 0) or at(node, 2, 1, 1)),
        original_language=clean(at(node, 2, 14, 0)),
        subratings=_subratings(aspects),
        attributes=_answers(aspects) | {"source": source if source != "Google" else None},
        reply=_reply(reading, at(node, 3, 14, 0, 0) or at(node, 3, 1, 0), at(node, 3, 1), MICROSECONDS),
    )


def older_review(reading: Reading, node: list[Any]) -> Review:
    """A review in the shape before 2023."""
    created = at(node, 57) if _moment(at(node, 57)) else node[27]
    return reading.review(
        node[4],
        id=node[10],
        url=clean(at(node, 18), escaped=0),
        text=clean(original(node[3]), escaped=0),
        author=clean(at(node, 0, 1), escaped=0),
        posted=reading.epoch(created, ticks=MILLISECONDS),
        updated=reading.epoch(node[27] if node[27] != created else None, ticks=MILLISECONDS),
        language=clean(at(node, 32)),
        subratings=_subratings(at(node, 49)),
        attributes=_answers(at(node, 49)),
        reply=_reply(reading, at(node, 9, 1), at(node, 9, 3), MILLISECONDS),
    )


def _reply(reading: Reading, words: object, moment: object, ticks: int) -> Reply | None:
    posted = reading.epoch(moment, ticks=ticks) if _moment(moment) else None
    return reading.reply(original(words), posted, escaped=0)


def _subratings(aspects: Any) -> dict[str, Any]:
    """Food, service and so on: the name of the aspect and its stars."""
    named = ((clean(at(each, 5)), at(each, 11, 0)) for each in aspects or [])
    return {name: float(stars) for name, stars in named if name and _stars(stars)}


def _answers(aspects: Any) -> dict[str, Any]:
    """What the reviewer chose: the kind of meal, the price a person, dishes; with the name of the question."""
    named = ((clean(at(each, 5)), at(each, 2, 0) or at(each, 3, 0)) for each in aspects or [])
    return {
        name: ", ".join(words for choice in chosen if (words := clean(at(choice, 1))))
        for name, chosen in named
        if name and isinstance(chosen, list)
    }


def _stars(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 1 <= value <= 5


def _moment(value: object) -> bool:
    """A count since 1970 in milliseconds or finer: nothing else in the arrays is as large."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 10**12
