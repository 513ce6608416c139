"""Competitors stand as "Competitor A", "Competitor B" and so on wherever a report would name one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from string import ascii_uppercase
from typing import Any

from audits.analysis.told import Example
from audits.analysis.values import Figure, Findings, Statement, Strength, Theme
from audits.catalogue import gettext, marked
from audits.report.cover import SourceLine
from audits.store.records import StoredReview

_WORDS_OF_CUSTOMERS = (Figure, Statement, Strength, Theme, Example)
"""What holds no name that is ours to give: numbers, and what customers and owners wrote."""
NOTE = marked("Competitors stand under letters in this report, and their reviews are not linked.")
_PLACE = re.compile(r"https?://\S+|\S+\.(?:csv|xlsx|jsonl?|har|warc|wacz|html?)\b", re.I)
"""An address or a file in the reason of a listing: both name the business as a rule."""


def letters(competitors: Sequence[str]) -> dict[str, str]:
    """Business → "Competitor A" in the order of the engagement file, so that a letter stays from audit to audit."""
    return {name: gettext("Competitor %(letter)s", letter=_letter(at)) for at, name in enumerate(competitors)}


def _letter(at: int) -> str:
    turn, own = divmod(at, len(ascii_uppercase))
    return (_letter(turn - 1) if turn else "") + ascii_uppercase[own]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettered:
    """What a report is built from, with letters for names."""

    findings: Findings
    reviews: Sequence[StoredReview]
    sources: Sequence[SourceLine]


def lettered(
    findings: Findings, reviews: Sequence[StoredReview], sources: Sequence[SourceLine], aliases: Mapping[str, str]
) -> Lettered:
    """The same without the names; competitors' reviews lose their links, for an address names the business."""
    if not aliases:
        return Lettered(findings=findings, reviews=reviews, sources=sources)
    named = _Names({findings.audited.business: findings.audited.business, **aliases})
    return Lettered(
        findings=replace(named.without(findings), notes=(*map(named.told, findings.notes), gettext(NOTE))),
        reviews=[_review(one, aliases) for one in reviews],
        sources=[_source(one, aliases, named) for one in sources],
    )


class _Names:
    """Every business by its name; the longest first, for one may stand inside another."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = aliases
        longest = sorted(aliases, key=len, reverse=True)
        self._any = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")

    def told(self, text: str) -> str:
        return self._any.sub(lambda found: self._aliases[found[0]], text)

    def without(self, value: Any) -> Any:
        """The value with aliases in every text of ours; what customers wrote stays as it is."""
        if isinstance(value, str):
            return self.told(value)
        if isinstance(value, _WORDS_OF_CUSTOMERS):
            return value
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: self.without(getattr(value, each.name)) for each in fields(value)})
        if isinstance(value, tuple):
            return tuple(self.without(each) for each in value)
        if isinstance(value, Mapping):
            return {key: self.without(each) for key, each in value.items()}
        return value


def _review(one: StoredReview, aliases: Mapping[str, str]) -> StoredReview:
    alias = aliases.get(one.business)
    return one if alias is None else one._replace(business=alias, listing=alias, url=None)


def _source(one: SourceLine, aliases: Mapping[str, str], named: _Names) -> SourceLine:
    alias = aliases.get(one.business)
    if alias is None:
        return one

    def told(text: str) -> str:
        return named.told(_PLACE.sub(gettext("its address or file"), text.replace(one.listing, alias)))

    graded = tuple(told(reason) for reason in one.grade_reasons)
    return replace(one, business=alias, listing=alias, reason=told(one.reason), grade_reasons=graded)
