"""A line through the vectors of an engagement's statements: numbers added to the log-odds of their kinds and gaps."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from audits.analysis.encoder import Floats, alone
from audits.analysis.meaning import read, stepped, to_unit
from audits.analysis.model import softmax

LEAST = np.float32(1e-4)
"""The smallest probability that a kind or a gap is taken to have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is added to the log-odds of a kind, then of a gap (a column): whole weights times a packed vector, scaled,
    and a level."""

    weights: Floats
    scale: Floats
    level: Floats
    agreed: float
    """Part of the complaints of which both models name the same gap."""

    @property
    def digest(self) -> str:
        """Of all that moves a reading."""
        parts = (self.weights.astype(np.int8), self.scale, self.level, np.float64(self.agreed))
        return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()

    def moved(self, held: Sequence[str], kinds: Floats, gaps: Floats) -> tuple[Floats, Floats]:
        """The probabilities of kinds and of gaps of these statements, a row a packed vector: the sums are exact,
        so they are the same to the bit whatever is read with it."""
        with alone():
            steps = stepped(read(held), len(held))
            sums = steps @ self.weights
        added = sums * self.scale * to_unit(steps)[:, None] + self.level
        width = kinds.shape[1]
        return _added(kinds, added[:, :width]), _added(gaps, added[:, width:])

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it; `of` makes the same again."""
        return {
            "weights": b64encode(self.weights.astype(np.int8).tobytes()).decode(),
            "scale": [float(one) for one in self.scale],
            "level": [float(one) for one in self.level],
            "agreed": self.agreed,
        }


def of(plain: Mapping[str, Any]) -> Line:
    """The line that was kept."""
    level = np.array(plain["level"], np.float32)
    weights = np.frombuffer(b64decode(plain["weights"]), np.int8).reshape(-1, len(level))
    scale = np.array(plain["scale"], np.float32)
    return Line(weights=weights.astype(np.float32), scale=scale, level=level, agreed=float(plain["agreed"]))


def _added(table: Floats, odds: Floats) -> Floats:
    return softmax((np.log(np.maximum(table, LEAST)) + odds).astype(np.float32))
