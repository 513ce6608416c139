"""What the sentence model learns from: the statement bank and MAMS sentences, also as they might have been written, and
whole reviews, invented ones and those of public sets that may be trained on.

For development, beside finetune.py.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from audits.analysis.labelled import labelled
from audits.analysis.model import KINDS, OUTSIDE
from audits.analysis.train import Row, told

SEED = 7
JOINED = 0.3
"""Share of the bank's statements that are joined to another one of the same trade."""
_KEPT_SIGNS = frozenset("£€¥§°½¼¾×¢«»•")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text, its kind, and the gaps it is about with the weight of that knowledge."""

    text: str
    kind: str
    gaps: tuple[str, ...] = ()
    trade: str = ""
    sure: float = 1.0


Story = tuple[Example, ...]
"""The statements of one review, in order."""


def names(rows: Sequence[Row]) -> list[str]:
    """The classes of the gap head, in the order that the student's heads have."""
    return sorted({gap for row in rows for gap in row.gaps} - set(OUTSIDE)) + list(OUTSIDE)


def kept_pieces(vocabulary: Sequence[str]) -> list[int]:
    """Numbers of the pieces that English reviews can hold."""
    framed = {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
    return [
        number
        for number, piece in enumerate(vocabulary)
        if piece in framed
        or ((len(piece) < 3 or piece[0] != "[") and all(letter.isascii() or letter in _KEPT_SIGNS for letter in piece))
    ]


def mams(folder: Path, count: int) -> list[Example]:
    """Sentences with the polarity of what they name: negative before positive before neutral."""
    found: dict[str, set[str]] = {}
    for part, tag in (("ATSA", "aspectTerm"), ("ACSA", "aspectCategory")):
        for sentence in ElementTree.parse(folder / f"MAMS-{part}" / "train.xml").iter("sentence"):
            said = {term.get("polarity", "") for term in sentence.iter(tag)}
            found.setdefault(sentence.findtext("text") or "", set()).update(said)
    kind = {"negative": "complaint", "positive": "praise", "neutral": "neutral"}
    rows = [Example(text=text, kind=next(kind[p] for p in kind if p in said), sure=0.5) for text, said in found.items()]
    return random.Random(SEED).sample(sorted(rows, key=lambda row: row.text), count)


def examples(rows: Sequence[Row]) -> list[Example]:
    """The bank's lines."""
    return [Example(text=row.text, kind=row.kind, gaps=row.gaps, trade=row.industry) for row in rows]


def stories(folder: Path) -> list[Story]:
    """The reviews that were invented, and those of public sets in this folder whose statements the project labelled."""
    return [tuple(examples(review)) for review in (*told(), *labelled(folder))]


def varied(rows: Sequence[Example], draw: random.Random) -> list[Example]:
    """The same statements as they might have been written: joined, without case, marks, or their first words."""
    by_trade: dict[str, list[Example]] = {}
    for row in rows:
        by_trade.setdefault(row.trade, []).append(row)
    return [written(_joined(row, draw.choice(by_trade[row.trade]), draw), draw) for row in rows]


def _joined(row: Example, other: Example, draw: random.Random) -> Example:
    """Two statements as one: a complaint beside praise or plain fact stays that complaint; two gaps stay two."""
    if not row.trade or draw.random() > JOINED or len(row.text) + len(other.text) > 260:
        return row
    first, second = (row, other) if draw.random() < 0.5 else (other, row)
    mixed = {row.kind, other.kind} == {"complaint", "praise"}
    link = draw.choice([" but ", ", but ", ", though "] if mixed else [" and ", ", ", ", and ", "; ", " "])
    text = first.text.rstrip(".!? ") + link + second.text
    kinds = [kind for kind in KINDS if kind in (row.kind, other.kind)]
    gaps = tuple(dict.fromkeys(gap for one in (first, second) if one.kind == kinds[0] for gap in one.gaps))
    inside = tuple(gap for gap in gaps if gap not in OUTSIDE)
    return replace(row, text=text, kind=kinds[0], gaps=inside or gaps)


def written(row: Example, draw: random.Random) -> Example:
    """The same statement without its marks, or without its first words, at times."""
    text = row.text
    if draw.random() < 0.15:
        text = "".join(letter for letter in text if letter not in ".,;:!?'\"-")
    words = text.split()
    if draw.random() < 0.1 and len(words) > 9:
        text = " ".join(words[draw.choice((0, 1, 2)) :])
    return replace(row, text=text)
