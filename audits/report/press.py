"""The forms on paper are set by a process of their own beside those for the screen, where there are two cores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from audits.apart import apart
from audits.report import pdf
from audits.report.model import Report

BRIEF, WHOLE = "first-page.pdf", "report.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Sets one report. `line` leads to the process that does it, None where it is done here."""

    line: Connection | None
    asked: list[Any] = field(default_factory=list)
    """The report as it is printed, its annex, its audit's id and its charts, as they come."""

    def begin(self, report: Report, *, audit_id: str) -> None:
        """Hand over the report, so that the page that needs no chart can be set."""
        self._hand(*pdf.printable(report), audit_id)

    def charted(self, drawn: Mapping[str, str]) -> None:
        """Hand over the charts, so that the whole report can be set."""
        self._hand(dict(drawn))

    def _hand(self, *things: Any) -> None:
        for each in things:
            self.asked.append(each)
            if self.line is not None:
                with suppress(OSError):
                    self.line.send(each)

    def printed(self) -> dict[str, bytes]:
        """Both PDFs; nothing where Pango is missing."""
        answer = None
        if self.line is not None:
            with suppress(EOFError, OSError):  # it was killed, for want of memory as a rule: this process can do it
                answer = self.line.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, dict) else printed(*self.asked)


@contextmanager
def press(*, worth: bool = True) -> Iterator[Press]:
    """A press that loads what it needs while the report is still being written, where anything is to be printed."""
    with apart(_work, worth=worth) as line:
        yield Press(line=line)


def printed(
    report: Report, annex: Sequence[pdf.PrintedSet], audit_id: str, charts: Mapping[str, str]
) -> dict[str, bytes]:
    """Both PDFs, set in this process."""
    try:
        return {
            BRIEF: pdf.brief(report, audit_id=audit_id),
            WHOLE: pdf.render(report, audit_id=audit_id, charts=charts, annex=annex),
        }
    except pdf.NoPangoError:
        return {}


def _work(line: Connection) -> None:
    answer: Any = {}
    try:
        pdf.loaded()
        report, annex, audit_id = line.recv(), line.recv(), line.recv()
        brief = pdf.brief(report, audit_id=audit_id)
        answer = {BRIEF: brief, WHOLE: pdf.render(report, audit_id=audit_id, charts=line.recv(), annex=annex)}
    except pdf.NoPangoError:
        pass
    except EOFError:
        return
    except Exception as error:
        answer = error
    with suppress(OSError):
        line.send(answer)
