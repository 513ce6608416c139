"""What reviews tell of each other by texts, days and authors: which copies another, and which call for a check.

It needs no statement, so that of many reviews it is found by a process of its own while this one reads statements,
where there are two cores. The result is the same.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from operator import attrgetter
from threading import Thread
from typing import Any, NamedTuple, cast

from audits.analysis.panel import in_period
from audits.apart import apart
from audits.checks.authenticity import signals
from audits.checks.duplicates import copies, grouped
from audits.store.records import StoredReview

MANY = 100_000
"""Reviews from which a process is worth its start and what is sent to it."""
AT_ONCE = 20_000
"""Reviews that are sent at a time."""


class _Sent(NamedTuple):
    """What of a review is sent: as `StoredReview`, of which the other half is never asked for here."""

    key: str
    business: str
    listing: str
    rating: float | None
    text: str | None
    posted_on: str | None
    posted_precision: str | None
    invited: bool | None
    author_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """`copies`: business → extra copy → original, in the period. `signals`: review of the audited business → names."""

    copies: Mapping[str, Mapping[str, str]]
    signals: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose copies and signals are looked for: the audited business first, and the audit's period."""

    businesses: tuple[str, ...]
    period: tuple[str, str]


def alike(reviews: Sequence[StoredReview], asked: Asked) -> Alike:
    """What is told of these reviews, the whole history of all businesses."""
    audited = asked.businesses[0]
    read = grouped(review for review in reviews if review.business == audited)
    held: dict[str, list[StoredReview]] = {name: [] for name in asked.businesses}
    for review in reviews:
        if review.business in held and in_period(review.posted_on, asked.period):
            held[review.business].append(review)
    return Alike(
        copies={name: copies(own, read if name == audited else None) for name, own in held.items()},
        signals=signals(reviews, audited, read),
    )


@contextmanager
def meanwhile(reviews: Sequence[StoredReview], asked: Asked) -> Iterator[Callable[[], Alike]]:
    """What tells when it is called what `alike` does, which is begun at once where there are MANY reviews."""
    answers: list[object] = []
    waiting: Thread | None = None
    with apart(_work, worth=len(reviews) >= MANY) as line:
        if line is not None:
            waiting = Thread(target=_exchanged, args=(line, reviews, asked, answers), daemon=True)
            waiting.start()

        def told() -> Alike:
            if waiting is not None:
                waiting.join()
            answer = next(iter(answers), None)
            return answer if isinstance(answer, Alike) else alike(reviews, asked)

        yield told


def _exchanged(line: Connection, reviews: Sequence[StoredReview], asked: Asked, answers: list[object]) -> None:
    """Send the reviews column by column, which takes less time than one by one; then wait.

    The answer is taken as soon as it is there, for the process holds all the texts until it has given it.
    """
    with suppress(EOFError, OSError):  # it was killed, for want of memory as a rule: this process can do it
        line.send(asked)
        for at in range(0, len(reviews), AT_ONCE):
            part = reviews[at : at + AT_ONCE]
            columns = ((name, list(map(attrgetter(name), part))) for name in _Sent._fields)
            line.send({name: _packed(column) if name in _OWN else column for name, column in columns})
        line.send(None)
        answers.append(line.recv())


def _work(line: Connection) -> None:
    gc.disable()  # a million reviews and their word groups, none of them in a cycle
    with suppress(EOFError, OSError):
        asked = line.recv()
        held: list[_Sent] = []
        once: dict[Any, Any] = {}
        while columns := line.recv():
            held += _received(columns, once)
        line.send(alike(cast("Sequence[StoredReview]", held), asked))


def _received(columns: Mapping[str, Any], once: dict[Any, Any]) -> Iterator[_Sent]:
    """The reviews as far as they were sent; what many share is held once."""
    given = [
        _unpacked(columns[name]) if name in _OWN else [once.setdefault(each, each) for each in columns[name]]
        for name in _Sent._fields
    ]
    return map(_Sent._make, zip(*given, strict=True))


_OWN = ("key", "text", "author_key")
"""Columns of which hardly two values are the same."""


def _packed(texts: Sequence[str | None]) -> tuple[bytes, list[int]]:
    """The texts one after the other, and how long each is, −1 for none: one piece is sent far faster than thousands."""
    whole = "".join(filter(None, texts)).encode("utf-8", "surrogatepass")
    return whole, [-1 if text is None else len(text) for text in texts]


def _unpacked(packed: tuple[bytes, Sequence[int]]) -> Iterator[str | None]:
    whole, at = packed[0].decode("utf-8", "surrogatepass"), 0
    for length in packed[1]:
        yield None if length < 0 else whole[at : at + length]
        at += max(length, 0)
