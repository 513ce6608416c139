"""What is usual in an engagement has a say in what its complaints are about, where their own words leave doubt.

A sample of the engagement's complaints lies in groups of like meaning, and each group says how often its complaints
are read as each gap (`self_training`); the groups near a complaint weigh in. So a reading knows what firms of this kind
are complained of without a label, and what is told rarely and far from anything told often is the sooner a misreading.
All sums are of whole numbers: a statement's scores are the same to the bit whatever is read with it.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.encoder import Floats, alone
from audits.analysis.meaning import read, stepped, to_unit
from audits.analysis.model import softmax
from audits.analysis.written import blended

SHARE, SHARP, FIRMER, FLOOR = 0.3, 8.0, 1.3, 5e-3
"""The part of the groups in what a complaint is about; how much more the nearer counts; what the log-odds are
multiplied by then; and as little as the groups say of a gap. Chosen on the development halves of public sets, the gold
set's development part and the audits that were read (decision 0019)."""
WHOLE = 2.0**12
"""Parts in which a weight is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """Groups of complaints, a row each: the `middles` in whole steps, and the `told` parts of gaps in WHOLE parts."""

    middles: NDArray[np.int8]
    told: NDArray[np.int64]

    @property
    def digest(self) -> str:
        """Of all that moves a reading."""
        return hashlib.sha256(self.middles.tobytes() + self.told.tobytes()).hexdigest()

    def moved(self, held: Sequence[str], gaps: Floats) -> Floats:
        """The probabilities of gaps of these complaints, a row a packed vector."""
        with alone():
            steps = stepped(read(held), len(held))
            near = steps @ self.middles.T.astype(np.float32)
        near *= to_unit(steps)[:, None] * np.float32(SHARP)
        near *= to_unit(self.middles.astype(np.float32))
        weights = np.rint(np.exp(near - near.max(axis=1, keepdims=True)) * np.float32(WHOLE)).astype(np.float64)
        mass = weights @ self.told.astype(np.float64)
        said = (mass / mass.sum(axis=1, keepdims=True)).astype(np.float32)
        return softmax(blended(gaps, said, SHARE, FLOOR) * np.float32(FIRMER))

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it; `of` makes the same again."""
        return {"middles": b64encode(self.middles.tobytes()).decode(), "told": self.told.tolist()}


def of(plain: Mapping[str, Any]) -> Usual:
    """What was kept."""
    told = np.array(plain["told"], np.int64)
    middles = np.frombuffer(b64decode(plain["middles"]), np.int8).reshape(len(told), -1)
    return Usual(middles=middles, told=told)
