"""The factor behind a statement's failing (process, people, technology, culture, commercial), with the rule that fired.

An inference, and shown as one: words decide first, then what the gap usually comes from. Culture is no gap's usual
factor and takes two signs of different kinds; the signs of many statements may be pooled with `culture_signs`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from audits.analysis.gaps import frame

CULTURE_LEAST = 2
"""Kinds of sign before a failing is put down to how the firm thinks."""


class Factor(NamedTuple):
    """The factor and the rule that gave it."""

    name: str
    rule: str


_TECHNOLOGY = re.compile(
    r"\b(?:computers?|systems?|servers?|software|website|web ?site|app|portal|terminals?|"
    r"card (?:machine|reader)|bot|chatbot|"
    r"algorithm|scanner|camera|database|kiosk|update)\b.{0,40}\b(?:down|crash\w*|fail\w*|"
    r"freez\w*|froze|glitch\w*|error\w*|"
    r"loops?|loses|lost|rejects?|rejected|broke\w*|not updated?|wouldn'?t|won'?t|can'?t|cannot|"
    r"no|not|slow|hang\w*|hung|"
    r"stuck|bugs?|buggy|outage)\b"
    r"|\b(?:glitch\w*|(?:software|system|computer|technical|it) (?:error|problem|issue|fault|"
    r"failure)s?|bugs?|outage)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:careless(?:ly)?|lazy|laziness|incompetent|clueless|inexperienced|untrained|sloppy|"
    r"forgot|forgetful|inattentive|"
    r"texting|chatt(?:ed|ing) (?:about|to each|among|with)|on (?:his|her|their) (?:phone|mobile)|gossip\w*|"
    r"(?:could|can)(?:n['’]?t| not|not) be (?:bothered|arsed)|couldn['’]?t care less|"
    r"(?:was|were|is|wasn['’]?t|weren['’]?t|isn['’]?t|not) (?:\w+ )?(?:listening|paying attention|interested)|"
    r"hung up|hangs up|rolled (?:her|his) eyes|shrugged|ignored (?:me|us)|snapped|rude|attitude)\b",
    re.IGNORECASE,
)
_SIGNS: dict[str, re.Pattern[str]] = {
    "blames the customer": re.compile(
        r"\b(?:(?:my|our|your|the customer['’]?s) own fault|blam(?:e|ed|es|ing) (?:me|us|the customer)|"
        r"(?:customers?|patients?|guests?|people) (?:\w+ )?(?:always |all )?(?:lie|lies|lying|"
        r"complain too|are stupid|make it up))\b",
        re.IGNORECASE,
    ),
    "as a habit": re.compile(
        r"\b(?:every(?:body|one) (?:who|else|gets|is told)|as they tell|always say|they all|"
        r"nobody there|no one there|"
        r"from (?:the )?top|whole (?:company|firm|place|culture)|same with (?:every|all))\b",
        re.IGNORECASE,
    ),
    "those in charge": re.compile(
        r"\b(?:managements?|managers?|the (?:boss|bosses|owner|owners|director)|head office|"
        r"leadership|from (?:the )?top(?: down)?|"
        r"the top)\b",
        re.IGNORECASE,
    ),
    "what staff say": re.compile(
        r"\b(?:staff|employees?|workers?|nurses|drivers|waiters) (?:\w+ ){0,2}(?:admit\w*|told|tell|"
        r"say|said|complain\w*|hate|are "
        r"(?:scared|punished|afraid)|confess\w*)\b",
        re.IGNORECASE,
    ),
    "targets over people": re.compile(
        r"\b(?:targets?|profits?|money|commission|numbers|quotas?) (?:\w+ )?(?:before|over|above|"
        r"rather than|instead of|first)\b"
        r"|\b(?:punished|penali[sz]ed|sacked|told off) (?:if|for|unless|when)\b|\bnobody (?:\w+ )?cares\b",
        re.IGNORECASE,
    ),
}


def culture_signs(text: str) -> tuple[str, ...]:
    """The kinds of sign that a text shows of how the firm thinks of its customers."""
    return tuple(name for name, says in _SIGNS.items() if says.search(text))


def factor(text: str, gap: str) -> Factor:
    """The factor of a statement that was given this gap."""
    usual = frame().gap(gap).factor
    signs = culture_signs(text)
    if len(signs) >= CULTURE_LEAST:
        return Factor("culture", "signs: " + ", ".join(signs))
    if usual == "commercial":
        return Factor(usual, f"the usual factor of {gap}")
    for name, says in (("technology", _TECHNOLOGY), ("people", _PEOPLE)):
        found = says.search(text)
        if found and usual != name:
            return Factor(name, f"words: {found[0]}")
    return Factor(usual, f"the usual factor of {gap}")
