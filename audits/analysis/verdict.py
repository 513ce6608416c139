"""From scores to what is said of a statement: its gap or two, or why it has none, and its flags in that light."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from audits.analysis import complaints
from audits.analysis.confidence import honest
from audits.analysis.encoder import Floats
from audits.analysis.model import OTHER, OUTSIDE, model
from audits.analysis.reader import reader
from audits.analysis.severity import GRAVE, GRAVE_GAPS, elsewhere
from audits.analysis.values import GapScore

_JOINED = re.compile(r"\b(?:and|but|nor|then|plus|also)\b|[,;:.!?&/]\s", re.IGNORECASE)
"""What stands between two things that one statement says: without it there is one gap."""
_JOINED_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From which score a gap is given, and a second one, and up to which score of the first; and what it is told as."""

    least: float
    second: float
    first_sure: float
    told: Callable[[float], float]


def limits(easier: float = 0.0) -> tuple[Limits, Limits]:
    """Of what failed, and of what is praised: no one has read praise by process, so its scores are told as they are.

    `easier` is how much more easily the engagement reads than most.
    """
    read = reader()
    told = partial(honest, easier=easier)
    failed = Limits(least=read.abstain, second=read.second, first_sure=read.first_sure, told=told)
    return failed, Limits(least=model().abstain, second=0.30, first_sure=0.62, told=float)


def ranked(table: Floats) -> list[list[tuple[int, float]]]:
    """The two likeliest classes of each row, with their probabilities."""
    if not len(table):
        return []
    first = np.argmax(table, axis=1)
    rest = table.copy()
    rows = np.arange(len(table))
    rest[rows, first] = -1
    second = np.argmax(rest, axis=1)
    sure, next_sure = np.round(table[rows, first].astype(float), 4), np.round(table[rows, second].astype(float), 4)
    return [
        [(a, p), (b, q)]
        for a, p, b, q in zip(first.tolist(), sure.tolist(), second.tolist(), next_sure.tolist(), strict=True)
    ]


def verdict(
    words: str, kinds: Floats, likeliest: list[tuple[int, float]], within: Limits
) -> tuple[tuple[GapScore, ...], str | None]:
    """The gaps of a statement, and what it is where it has none or is no complaint."""
    kind = complaints.outside(kinds)
    if kind == "neutral":
        return (), kind
    (first, sure), (second, next_sure) = likeliest
    names = model().gaps
    if names[first] in OUTSIDE:
        return (), kind or names[first]
    if names[first] in GRAVE_GAPS and elsewhere(words):
        return (), kind or OTHER
    if sure < within.least:
        return (), kind
    gaps = [GapScore(gap=names[first], confidence=within.told(sure))]
    doubtful = next_sure >= within.second and sure < within.first_sure
    if doubtful and names[second] not in OUTSIDE and _joins(words):
        gaps.append(GapScore(gap=names[second], confidence=within.told(next_sure)))
    return tuple(gaps), kind


def told(found: tuple[str, ...], kind: str | None) -> tuple[str, ...]:
    """The flags in the light of what the statement is: a grave case that is praised or put right was handled well."""
    if GRAVE not in found:
        return found
    if kind == "neutral":
        return tuple(flag for flag in found if flag != GRAVE)
    if kind == "praise":
        return tuple("handled" if flag == GRAVE else flag for flag in found)
    return (*found, "handled") if "recovery" in found else found


def _joins(words: str) -> bool:
    """Whether the text can say two things."""
    return _JOINED.search(words) is not None and len(words.split()) >= _JOINED_WORDS
