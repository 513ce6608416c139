"""Text without the personal data in it: each find gives way to a word in brackets that says what stood there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from spiders.redact.contacts import CONTACTS
from spiders.redact.greetings import parted
from spiders.redact.issued import ISSUED_NUMBERS
from spiders.redact.numbers import NUMBERS
from spiders.redact.people import nameless
from spiders.redact.places import PLACES
from spiders.redact.plates import PLATES
from spiders.redact.rules import NAME, applied

__all__ = ["NAME", "REDACTOR_VERSION", "redact"]

REDACTOR_VERSION = "6"
"""Raised when a pattern changes; stored beside every landing, since offsets index the redacted text."""

_DIGIT = re.compile(r"\d")
_NUMBERED = (*ISSUED_NUMBERS, *PLATES, *PLACES, *NUMBERS)


def redact(text: str, *, reply: bool = False, names: Iterable[str] = (), keep: Iterable[str] = ()) -> str:
    """The text with personal data replaced; `names` are people known to be meant, `keep` is never taken for a name.

    In an owner's reply the greeted and the signing person go too.
    """
    kept = _words(tuple(keep))
    for name in names:
        # A pattern is made for a name only where its letters stand in the text: hardly anybody signs a review.
        text = _whole(name).sub(NAME, text) if len(name) > 2 and name in text else text
    text = applied(CONTACTS, text, digits=0)
    if digits := len(_DIGIT.findall(text)):
        text = applied(_NUMBERED, text, digits=digits)
    return nameless(parted(text, kept, reply=reply), kept)


@lru_cache(maxsize=256)
def _words(keep: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for each in keep for word in each.split())


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
