"""A rule: a pattern, what is put in its place, and a short test that spares most texts the pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

EMAIL, PHONE, CARD, IBAN, PLATE = "[email]", "[phone]", "[card]", "[iban]", "[plate]"
LINK, ORDER, ADDRESS, NAME, ISSUED = "[link]", "[order]", "[address]", "[name]", "[id]"

UPPER = "A-ZÀ-ÖØ-ÞŁŚŻĆŞĞČŠŽŘĐİ"
LOWER = "a-zà-öø-ÿłśżźćńęąşğıčšžřđěů"
CAP = rf"[{UPPER}][{LOWER}'’]{{1,20}}"
"""A capitalised word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`put` is a word in brackets, or a function of the match.

    The pattern is not tried in a text of fewer than `digits` digits, nor without one of `cues` where there are any, nor
    without a match of `near` (both in the text in lower case), nor without one of `gate`: looking for a piece of text
    costs a tenth of what the patterns do.
    """

    pattern: re.Pattern[str]
    put: str | Callable[[re.Match[str]], str]
    digits: int = 0
    gate: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    cues: tuple[str, ...] = ()


def after_cue(word: str) -> Callable[[re.Match[str]], str]:
    """The cue, group 1, stays; what follows it goes."""
    return lambda found: found[1] + word


def small(text: str) -> str:
    """Lower case as patterns that mind no case see it: the long s and the dotted and undotted i are letters of it."""
    lowered = text.lower()
    return lowered if lowered.isascii() else lowered.replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")


def cued(cues: Iterable[str], lowered: str) -> bool:
    """Whether one of the cues stands in the text."""
    for cue in cues:  # noqa: SIM110 a generator would cost as much as the search
        if cue in lowered:
            return True
    return False


def applied(rules: Iterable[Rule], text: str, *, digits: int) -> str:
    """The text, which has so many digits, after every rule, in their order."""
    lowered = small(text)
    for rule in rules:
        if rule.digits > digits or (rule.cues and not cued(rule.cues, lowered)):
            continue
        if rule.near is not None and not rule.near.search(lowered):
            continue
        if rule.gate is None or rule.gate.search(text):
            before, text = text, rule.pattern.sub(rule.put, text)
            lowered = lowered if text == before else small(text)
    return text
