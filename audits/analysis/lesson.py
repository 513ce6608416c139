"""What an engagement's labels taught: numbers that are added to the log-odds of gaps wherever a complaint is read.

The same for a statement whatever is read with it: the weights are whole numbers, so their sums are exact.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from audits.analysis.corrections import place
from audits.analysis.encoder import Floats
from audits.analysis.model import Head, model, softmax
from audits.analysis.values import GapScore, Statement
from audits.store.records import StoredCorrection

LEAST = 1e-4
"""The smallest probability that a gap is taken to have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """`head` gives a number a gap from a statement's vector.

    `apart` says how each labelled statement is read by a lesson that was not shown it: digest of its place → gaps with
    confidence, and what it is outside of them. `before` and `after` count labels read right, without and with.
    """

    head: Head
    apart: Mapping[str, tuple[tuple[GapScore, ...], str | None]]
    before: int
    after: int

    @property
    def digest(self) -> str:
        """Of all that moves a reading."""
        parts = (self.head.weights.astype(np.int8), self.head.scale, self.head.bias)
        return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()[:12]

    def moved(self, texts: Sequence[str], gaps: Floats) -> Floats:
        """The probabilities of gaps of these complaints, a row a text."""
        rows = model().encoder.encode(texts).astype(np.float32)
        return softmax(np.log(np.maximum(gaps, np.float32(LEAST))) + self.head.logits(rows))

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it; `of` makes the same again."""
        return {
            "weights": b64encode(self.head.weights.astype(np.int8).tobytes()).decode(),
            "scale": [float(one) for one in self.head.scale],
            "bias": [float(one) for one in self.head.bias],
            "apart": {key: [[[g.gap, g.confidence] for g in gaps], kind] for key, (gaps, kind) in self.apart.items()},
            "before": self.before,
            "after": self.after,
        }


def of(plain: Mapping[str, Any]) -> Lesson:
    """The lesson that was kept."""
    bias = np.array(plain["bias"], np.float32)
    whole = np.frombuffer(b64decode(plain["weights"]), np.int8).reshape(-1, len(bias))
    scale = np.array(plain["scale"], np.float32)
    apart = {
        key: (tuple(GapScore(gap=gap, confidence=sure) for gap, sure in gaps), kind)
        for key, (gaps, kind) in plain["apart"].items()
    }
    head = Head(weights=whole.astype(np.float32), scale=scale, bias=bias, temperature=1.0)
    return Lesson(head=head, apart=apart, before=int(plain["before"]), after=int(plain["after"]))


def key(statement: Statement) -> str:
    """The digest of a statement's place."""
    return hashlib.sha256(repr(place(statement)).encode()).hexdigest()[:16]


def unshown(
    held: Iterable[tuple[StoredCorrection, Statement]], lesson: Lesson | None
) -> tuple[tuple[StoredCorrection, Statement], ...]:
    """Labels with their statements as a lesson reads them that was not shown the label: what may measure the model."""
    apart = lesson.apart if lesson else {}
    found = []
    for each, statement in held:
        if (read := apart.get(key(statement))) is not None:
            statement = statement._replace(gaps=read[0], outside=read[1])
        found.append((each, statement))
    return tuple(found)
