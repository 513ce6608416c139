"""One review's words: which statements, in which order, and the text they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from spiders.sandbox import voice
from spiders.sandbox.decks import Decks
from spiders.sandbox.planted import Plan
from spiders.sandbox.truth import Told
from spiders.sandbox.wording import Kind, Line

_MOST = 5
_TONE = {"complaint": "bad", "vague": "bad", "praise": "good"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A review's words and the truth about each statement in them."""

    title: str | None
    text: str
    told: tuple[Told, ...]


def body(plan: Plan, gaps: Sequence[str], decks: Decks, rng: Random) -> Body:
    """A review that complains of exactly these gaps (and of what their statements name beside)."""
    how = voice.manner(rng)
    told: list[Told] = []
    parts: list[tuple[str, str]] = []
    for line in _ordered(plan, gaps, decks, rng):
        words = voice.link(_tone(told[-1]) if told else "", _TONE.get(line.kind, ""), rng)
        small = voice.lowered(line.text) if words and not words.endswith(": ") else line.text
        text = voice.spoken(small or line.text, how, rng)
        parts.append((words if small else "", text))
        told.append(Told(kind=line.kind, gaps=line.gaps, field="text", text=text))
    title = _title(told, decks, rng)
    whole = ([title] if title else []) + told
    return Body(title=title.text if title else None, text=voice.joined(parts, how), told=tuple(whole))


def _ordered(plan: Plan, gaps: Sequence[str], decks: Decks, rng: Random) -> list[Line]:
    bad = [decks.complaint(gap) for gap in gaps]
    used = {gap for line in bad for gap in line.gaps}
    good = _praise(plan, used, decks, rng, count=_how_much_praise(len(bad), rng))
    rng.shuffle(bad)
    lines = good + bad if rng.random() < 0.4 else bad + good
    if gaps and rng.random() < 0.13:
        lines.append(decks.other("vague"))
    if rng.random() < 0.02:
        lines.append(decks.other("other-business" if rng.random() < 0.4 else "outside-control"))
    opening = 0.3 if len(lines) < 4 else 0.1
    if rng.random() < opening:
        lines.insert(0, decks.other("neutral"))
    if not lines:
        lines.append(decks.other("vague"))
    return lines[:_MOST]


def _how_much_praise(complaints: int, rng: Random) -> int:
    if complaints == 0:
        return rng.choices((1, 2, 3, 4), weights=(34, 40, 20, 6))[0]
    return rng.choices((0, 1, 2), weights=(62, 30, 8))[0] if complaints < 3 else 0


def _praise(plan: Plan, avoid: set[str], decks: Decks, rng: Random, *, count: int) -> list[Line]:
    weights = {gap: weight for gap, weight in plan.praise.items() if gap not in avoid}
    chosen: list[Line] = []
    while weights and len(chosen) < count:
        gap = rng.choices(tuple(weights), weights=tuple(weights.values()))[0]
        weights.pop(gap)
        line = decks.praise(gap)
        if not avoid.intersection(line.gaps):
            chosen.append(line)
    return chosen


def _title(told: Sequence[Told], decks: Decks, rng: Random) -> Told | None:
    if rng.random() < 0.45:
        return None
    if rng.random() < 0.12:
        return Told(kind=told[0].kind, gaps=told[0].gaps, field="title", text=told[0].text)
    first = next((one for one in told if one.kind == "complaint"), None)
    upset: tuple[Kind, ...] = ("vague", "vague", "complaint", "neutral")
    kind = "praise" if first is None else rng.choice(upset)
    line = decks.title(kind, first.gaps[0] if first else next((g for one in told for g in one.gaps), ""))
    if line is None:
        return None
    return Told(kind=line.kind, gaps=line.gaps, field="title", text=line.text)


def _tone(told: Told) -> str:
    return _TONE.get(told.kind, "")
