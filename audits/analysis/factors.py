"""The factor behind a statement's failing (process, people, technology, culture, commercial), with the rule that fired.

An inference, and shown as one: words decide first, then what the gap usually comes from. Culture is no gap's usual
factor and takes two signs of different kinds; the signs of many statements may be pooled with `culture_signs`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from audits.analysis.gaps import frame

CULTURE_LEAST = 2
"""Kinds of sign before a failing is put down to how the firm thinks."""


class Factor(NamedTuple):
    """The factor and the rule that gave it."""

    name: str
    rule: str


class _Cue(NamedTuple):
    """A pattern, and words of which one stands in whatever it finds in an ASCII text: most statements hold none, which
    is seen sooner than that the pattern is not there."""

    says: re.Pattern[str]
    holds: tuple[str, ...]

    def found(self, text: str, lower: str) -> re.Match[str] | None:
        """What it finds in a text, which is given in small letters beside."""
        for word in self.holds:
            if word in lower:
                return self.says.search(text)
        return None if text.isascii() else self.says.search(text)


def _cue(says: str, *holds: str) -> _Cue:
    return _Cue(re.compile(says, re.IGNORECASE), holds)


_TECHNOLOGY = _cue(
    r"\b(?:computers?|systems?|servers?|software|website|web ?site|app|portal|terminals?|"
    r"card (?:machine|reader)|bot|chatbot|"
    r"algorithm|scanner|camera|database|kiosk|update)\b.{0,40}\b(?:down|crash\w*|fail\w*|"
    r"freez\w*|froze|glitch\w*|error\w*|"
    r"loops?|loses|lost|rejects?|rejected|broke\w*|not updated?|wouldn'?t|won'?t|can'?t|cannot|"
    r"no|not|slow|hang\w*|hung|"
    r"stuck|bugs?|buggy|outage)\b"
    r"|\b(?:glitch\w*|(?:software|system|computer|technical|it) (?:error|problem|issue|fault|"
    r"failure)s?|bugs?|outage)\b",
    *("computer", "system", "server", "software", "web", "app", "portal", "terminal", "card machine", "card reader"),
    *("bot", "algorithm", "scanner", "camera", "database", "kiosk", "update", "glitch", "technical", "bug", "outage"),
    *("it error", "it problem", "it issue", "it fault", "it failure"),
)
_PEOPLE = _cue(
    r"\b(?:careless(?:ly)?|lazy|laziness|incompetent|clueless|inexperienced|untrained|sloppy|"
    r"forgot|forgetful|inattentive|"
    r"texting|chatt(?:ed|ing) (?:about|to each|among|with)|on (?:his|her|their) (?:phone|mobile)|gossip\w*|"
    r"(?:could|can)(?:n['’]?t| not|not) be (?:bothered|arsed)|couldn['’]?t care less|"
    r"(?:was|were|is|wasn['’]?t|weren['’]?t|isn['’]?t|not) (?:\w+ )?(?:listening|paying attention|interested)|"
    r"hung up|hangs up|rolled (?:her|his) eyes|shrugged|ignored (?:me|us)|snapped|rude|attitude)\b",
    *("careless", "laz", "incompetent", "clueless", "inexperienced", "untrained", "sloppy", "forg", "inattentive"),
    *("texting", "chatt", "on his ", "on her ", "on their ", "gossip", "be bothered", "be arsed", "care less"),
    *("listening", "paying attention", "interested", "hung up", "hangs up", "rolled", "shrugged", "ignored"),
    *("snapped", "rude", "attitude"),
)
_SIGNS: dict[str, _Cue] = {
    "blames the customer": _cue(
        r"\b(?:(?:my|our|your|the customer['’]?s) own fault|blam(?:e|ed|es|ing) (?:me|us|the customer)|"
        r"(?:customers?|patients?|guests?|people) (?:\w+ )?(?:always |all )?(?:lie|lies|lying|"
        r"complain too|are stupid|make it up))\b",
        "own fault",
        "blam",
        "lie",
        "lying",
        "complain too",
        "are stupid",
        "make it up",
    ),
    "as a habit": _cue(
        r"\b(?:every(?:body|one) (?:who|else|gets|is told)|as they tell|always say|they all|"
        r"nobody there|no one there|"
        r"from (?:the )?top|whole (?:company|firm|place|culture)|same with (?:every|all))\b",
        "everybody ",
        "everyone ",
        "as they tell",
        "always say",
        "they all",
        "nobody there",
        "no one there",
        "from top",
        "from the top",
        "whole ",
        "same with",
    ),
    "those in charge": _cue(
        r"\b(?:managements?|managers?|the (?:boss|bosses|owner|owners|director)|head office|"
        r"leadership|from (?:the )?top(?: down)?|"
        r"the top)\b",
        "manage",
        "the boss",
        "the owner",
        "the director",
        "head office",
        "leadership",
        "from top",
        "the top",
    ),
    "what staff say": _cue(
        r"\b(?:staff|employees?|workers?|nurses|drivers|waiters) (?:\w+ ){0,2}(?:admit\w*|told|tell|"
        r"say|said|complain\w*|hate|are "
        r"(?:scared|punished|afraid)|confess\w*)\b",
        "staff",
        "employee",
        "worker",
        "nurses",
        "drivers",
        "waiters",
    ),
    "targets over people": _cue(
        r"\b(?:targets?|profits?|money|commission|numbers|quotas?) (?:\w+ )?(?:before|over|above|"
        r"rather than|instead of|first)\b"
        r"|\b(?:punished|penali[sz]ed|sacked|told off) (?:if|for|unless|when)\b|\bnobody (?:\w+ )?cares\b",
        "target",
        "profit",
        "money",
        "commission",
        "numbers",
        "quota",
        "punished",
        "penali",
        "sacked",
        "told off",
        "nobody",
    ),
}


def culture_signs(text: str) -> tuple[str, ...]:
    """The kinds of sign that a text shows of how the firm thinks of its customers."""
    return _signs(text, text.lower())


def _signs(text: str, lower: str) -> tuple[str, ...]:
    return tuple([name for name, cue in _SIGNS.items() if cue.found(text, lower)])


def factor(text: str, gap: str) -> Factor:
    """The factor of a statement that was given this gap."""
    usual, lower = _usual(gap), text.lower()
    signs = _signs(text, lower)
    if len(signs) >= CULTURE_LEAST:
        return Factor("culture", "signs: " + ", ".join(signs))
    if usual.name == "commercial":
        return usual
    for name, cue in (("technology", _TECHNOLOGY), ("people", _PEOPLE)):
        found = cue.found(text, lower)
        if found and usual.name != name:
            return Factor(name, f"words: {found[0]}")
    return usual


@lru_cache(64)
def _usual(gap: str) -> Factor:
    """What the gap usually comes from."""
    return Factor(frame().gap(gap).factor, f"the usual factor of {gap}")
