"""A rule: a pattern, what is put in its place, and a short test that spares most texts the pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

EMAIL, PHONE, CARD, IBAN, PLATE = "[email]", "[phone]", "[card]", "[iban]", "[plate]"
LINK, ORDER, ADDRESS, NAME = "[link]", "[order]", "[address]", "[name]"

UPPER = "A-ZÀ-ÖØ-ÞŁŚŻĆŞĞČŠŽŘĐİ"
LOWER = "a-zà-öø-ÿłśżźćńęąşğıčšžřđěů"
CAP = rf"[{UPPER}][{LOWER}'’]{{1,20}}"
"""A capitalised word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`put` is a word in brackets, or a function of the match.

    The pattern is not tried without a match of `gate`, nor, where there are `cues`, without one of them in lower case:
    looking for a piece of text costs a tenth of what the patterns do.
    """

    pattern: re.Pattern[str]
    put: str | Callable[[re.Match[str]], str]
    gate: re.Pattern[str] | None = None
    cues: tuple[str, ...] = ()


def after_cue(word: str) -> Callable[[re.Match[str]], str]:
    """The cue, group 1, stays; what follows it goes."""
    return lambda found: found[1] + word


def applied(rules: Iterable[Rule], text: str) -> str:
    """The text after every rule, in their order."""
    lowered = text.lower()
    for rule in rules:
        if rule.cues and not any(cue in lowered for cue in rule.cues):
            continue
        if rule.gate is None or rule.gate.search(text):
            text = rule.pattern.sub(rule.put, text)
    return text
