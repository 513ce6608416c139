"""Other voices as panels of their own: how much is held of each, and what it reports most."""

from __future__ import annotations

from audits.analysis.gaps import Frame
from audits.analysis.told import Voice
from audits.analysis.values import Findings
from audits.catalogue import gettext
from audits.report.evidence import Book, about
from audits.report.parts import Number
from audits.report.told import VoiceLine
from audits.report.words import inside, listed, with_span


def voices(findings: Findings, frame: Frame, book: Book) -> tuple[VoiceLine, ...]:
    """A line for each voice, by name."""
    found = () if findings.measures is None else findings.measures.voices
    return tuple(_line(each, frame, book) for each in found)


def _line(each: Voice, frame: Frame, book: Book) -> VoiceLine:
    subject = about(gettext("Other voices"), each.name)
    behind = book.hold(each.keys, subject)
    told = [
        f"{inside(frame.gap(gap).title)}, {with_span(book.number(share, f'{subject}, {gap}'))}"
        for gap, share in each.gaps
    ]
    return VoiceLine(
        name=each.name,
        held=Number(value=float(each.held), unit="reviews", n=each.held, method="voice", evidence=behind),
        first=each.first,
        last=each.last,
        sentence=gettext("Reported most: %(told)s.", told=listed(told))
        if told
        else gettext("No failing is reported in three or more of them."),
    )
