"""What the store keeps of a review is its statements again; where its words are shown to nobody, what they count as."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from sys import intern

from audits.analysis.heard import Unquoted
from audits.analysis.values import GapScore, Statement
from audits.store.readings import Reading


def statements(of: Reading, model: str) -> Iterator[Statement]:
    """The statements of a review, in order, cut again from its text."""
    for index, (field, start, end, complaint, outside, severity, flags, vector) in enumerate(of.spans):
        said = (of.review.title if field == "title" else of.review.text) or ""
        yield Statement(
            review=of.review.key,
            content=of.review.content_hash,
            field="title" if field == "title" else "text",
            start=start,
            end=end,
            text=said[start:end],
            complaint=complaint,
            gaps=tuple(_score(gap, sure) for gap, sure in of.gaps.get(index, ())),
            outside=outside and intern(outside),
            severity=severity,
            flags=_flags(tuple(flags)),
            model=model,
            vector=vector,
        )


def unquoted(of: Reading, model: str) -> Unquoted:
    """What is counted of a review that has statements."""
    return Unquoted(
        of.review.key,
        model,
        [(each[3], each[4], each[5], of.gaps.get(index, ())) for index, each in enumerate(of.spans)],
    )


@lru_cache(maxsize=100_000)
def _score(gap: str, confidence: float) -> GapScore:
    """One value for all statements that are as surely of a gap."""
    return GapScore(gap=gap, confidence=confidence)


@lru_cache(maxsize=10_000)
def _flags(flags: tuple[str, ...]) -> tuple[str, ...]:
    """One value for all statements with these flags."""
    return tuple(map(intern, flags))
