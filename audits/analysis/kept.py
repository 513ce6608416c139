"""What the store keeps of a review is its statements again; where its words are shown to nobody, what they count as."""

from __future__ import annotations

from functools import lru_cache
from sys import intern

from audits.analysis.heard import Unquoted
from audits.analysis.values import GapScore, Statement
from audits.store.readings import Reading, Scored


def statements(of: Reading, model: str) -> list[Statement]:
    """The statements of a review, in order, cut again from its text."""
    key, content = of.review.key, of.review.content_hash
    title, text = of.review.title or "", of.review.text or ""
    found = []
    for span, scored in zip(of.spans, of.scores, strict=True):
        field, start, end, complaint, outside, severity, flags, vector = span
        found.append(
            Statement(
                key,
                content,
                "title" if field == "title" else "text",
                start,
                end,
                (title if field == "title" else text)[start:end],
                complaint,
                tuple([_score(gap, sure) for gap, sure in scored[3]]),
                outside and intern(outside),
                severity,
                _flags(tuple(flags)) if flags else (),
                model,
                vector,
            )
        )
    return found


def unquoted(of: Scored, model: str) -> Unquoted:
    """What is counted of a review that has statements."""
    return Unquoted(of.review.key, model, of.scores)


@lru_cache(maxsize=100_000)
def _score(gap: str, confidence: float) -> GapScore:
    """One value for all statements that are as surely of a gap."""
    return GapScore(gap=intern(gap), confidence=confidence)


@lru_cache(maxsize=10_000)
def _flags(flags: tuple[str, ...]) -> tuple[str, ...]:
    """One value for all statements with these flags."""
    return tuple(map(intern, flags))
