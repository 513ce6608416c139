"""The frozen redaction cases, and what a redactor found of them: spans in the original, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "data" / "redaction.tsv"
LATER = CASES.with_name("redaction_later.tsv")
"""Cases of the same form, written before the rules of version 6; of them `held` is what nothing was tuned on."""
KINDS = ("email", "phone", "card", "iban", "order", "address", "plate", "link", "name")
_MARKED = re.compile(r"\{(\w+)\|([^}]*)\}")
_PUT = re.compile(r"\[(" + "|".join(KINDS) + r")\]")
Redactor = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of personal data: its kind and where it stands."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One text with its personal data marked; a near-miss has none."""

    part: str
    country: str
    reply: bool
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many were there, how many of them went, how many were put, and how many of those rightly."""

    there: int
    gone: int
    put: int
    right: int

    @property
    def recall(self) -> float:
        """Of what was there, the share that went whole."""
        return self.gone / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        """Of what was put, the share that stands for a marked piece of that kind."""
        return self.right / self.put if self.put else 1.0


def cases(part: str | None = None, file: Path = CASES) -> list[Case]:
    """The cases of one part (`dev`, `test`; `dev`, `held` of the later ones), or all."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    return [_case(*row) for row in rows if part in (None, row[0])]


def _case(part: str, country: str, where: str, marked: str) -> Case:
    text, spans, at = "", [], 0
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        spans.append(Span(kind=found[1], start=len(text), end=len(text) + len(found[2])))
        text, at = text + found[2], found.end()
    return Case(part=part, country=country, reply=where == "reply", text=text + marked[at:], spans=tuple(spans))


def scored(given: Iterable[Case], redact: Redactor) -> dict[str, Score]:
    """Kind → score. A piece is gone when it was replaced whole; a replacement is right when most of it was marked."""
    counts = {kind: [0, 0, 0, 0] for kind in KINDS}
    for case in given:
        found = put(case.text, redact(case.text, reply=case.reply))
        for span in case.spans:
            counts[span.kind][0] += 1
            counts[span.kind][1] += any(_holds(each, span) for each in found)
        for each in found:
            counts[each.kind][2] += 1
            counts[each.kind][3] += any(_mostly(each, span) for span in case.spans)
    return {kind: Score(there=a, gone=b, put=c, right=d) for kind, (a, b, c, d) in counts.items()}


def wrong(case: Case, redact: Redactor) -> bool:
    """Whether anything was left or wrongly taken in this case."""
    found = put(case.text, redact(case.text, reply=case.reply))
    return any(not any(_holds(each, span) for each in found) for span in case.spans) or any(
        not any(_mostly(each, span) for span in case.spans) for each in found
    )


def put(text: str, redacted: str) -> list[Span]:
    """Where in the original each replacement stands, found by the words between them."""
    pieces = _PUT.split(redacted)
    found, at = [], len(pieces[0])
    for kind, after in zip(pieces[1::2], pieces[2::2], strict=True):
        last = after is pieces[-1]
        end = len(text) - len(after) if last else text.find(after, at + 1)
        found.append(Span(kind=kind, start=at, end=end))
        at = end + len(after)
    return found


def _holds(found: Span, span: Span) -> bool:
    return found.kind == span.kind and found.start <= span.start and found.end >= span.end


def _mostly(found: Span, span: Span) -> bool:
    shared = min(found.end, span.end) - max(found.start, span.start)
    return found.kind == span.kind and 2 * shared > found.end - found.start
