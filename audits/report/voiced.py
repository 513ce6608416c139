"""Other voices as panels of their own: how much is held of each, and what it reports most."""

from __future__ import annotations

from audits.analysis.gaps import Frame
from audits.analysis.told import Voice
from audits.analysis.values import Findings
from audits.report.evidence import Book
from audits.report.parts import Number
from audits.report.told import VoiceLine
from audits.report.words import listed, with_span


def voices(findings: Findings, frame: Frame, book: Book) -> tuple[VoiceLine, ...]:
    """A line for each voice, by name."""
    found = () if findings.measures is None else findings.measures.voices
    return tuple(_line(each, frame, book) for each in found)


def _line(each: Voice, frame: Frame, book: Book) -> VoiceLine:
    behind = book.hold(each.keys, f"Other voices: {each.name}")
    told = [f"{frame.gap(gap).title.lower()}, {with_span(book.number(share, f'Other voices: {each.name}, {gap}'))}"
            for gap, share in each.gaps]  # fmt: skip
    return VoiceLine(
        name=each.name,
        held=Number(value=float(each.held), unit="reviews", n=each.held, method="voice", evidence=behind),
        first=each.first,
        last=each.last,
        sentence=f"Reported most: {listed(told)}." if told else "No failing is reported in three or more of them.",
    )
