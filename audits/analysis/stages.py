"""The journey stage of a statement: the stage that its words name, else the one where its gap usually shows."""

from __future__ import annotations

import re

from audits.analysis.gaps import frame

_NAMED = {
    "leave": re.compile(
        r"\b(?:check(?:ing|ed)? ?out (?:of|from|at|took|was)|at check ?out there|check(?:ed|ing) out|"
        r"(?:to|when i|after i|after we|once i|i had|we had|having) (?:\w+ )?(?:cancel(?:led|ed)?|"
        r"left|leave|moved out|closed|quit)|"
        r"moving out|final bill|end of (?:the|my|our) (?:contract|stay|tenancy|lease|term)|last day)\b",
        re.IGNORECASE,
    ),
    "support": re.compile(
        r"\b(?:(?:customer|complaints?|support|help|service) (?:service|care|line|team|desk|"
        r"department|cent(?:re|er)|portal)|"
        r"helpline|hotline|call cent(?:re|er)|claims? (?:portal|line|team|department|form)|"
        r"report(?:ed)? (?:the|a|my) "
        r"(?:damage|fault|problem|loss)|rang to (?:complain|report)|ticket)\b",
        re.IGNORECASE,
    ),
    "arrive": re.compile(
        r"\b(?:check(?:ing)?[- ]?in|on arrival|(?:when|as soon as) (?:i|we) (?:arrived|got there|"
        r"turned up)|upon arriv\w+|"
        r"first day|reception when|at the door)\b",
        re.IGNORECASE,
    ),
    "buy": re.compile(
        r"\b(?:when (?:i|we) (?:booked|bought|ordered|signed)|at (?:the )?(?:time of )?(?:booking|purchase|signing)|"
        r"before (?:i|we) (?:\w+ )?(?:bought|booked|paid|signed|ordered)|sales(?:man|woman|person|"
        r"people|room)|show ?room|"
        r"check ?out (?:page|button|step)|payment (?:page|step))\b",
        re.IGNORECASE,
    ),
    "use": re.compile(
        r"\b(?:during (?:the|my|our) (?:stay|treatment|flight|meal|course|visit|operation|lesson|"
        r"trip)|on board|on the ward|"
        r"mid-flight|half ?way through)\b",
        re.IGNORECASE,
    ),
}
_FIXED = frozenset({"promise", "availability", "selling", "exit", "refunds", "billing", "reachability", "resolution"})
"""Gaps that stand in one stage whatever the statement names: who cannot leave is leaving, also on the help line."""
_USED_IN_APP = re.compile(
    r"\b(?:my|our) (?:results?|records?|account|statements?|bills?|documents?|bookings?)\b", re.IGNORECASE
)


def stage(text: str, gap: str) -> str:
    """The stage of a statement that was given this gap."""
    usual = frame().gap(gap).stage
    if gap in _FIXED:
        return usual
    named = next((name for name, says in _NAMED.items() if says.search(text)), None)
    if named is None and gap == "digital" and _USED_IN_APP.search(text):
        return "use"
    return named or usual
