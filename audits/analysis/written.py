"""What the project wrote has a say in what a statement is about: the nearer a written one of a gap lies, the more.

Kernel regression (Nadaraya 1964, Watson 1964) over the vectors of the statement bank. A head draws straight lines
between gaps; a gap has many corners, and what is new to the head often lies beside something that was written.
All sums are of whole numbers, so that a statement's scores are the same to the bit whatever is read with it.
`python -m audits.analysis.written` keeps the vectors of the bank: same bank and sentence model, same bytes.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audits.analysis.encoder import DATA, Floats, alone
from audits.analysis.meaning import read, stepped, to_unit, unit
from audits.analysis.model import model, softmax

FILE = DATA / "written.npz"
SHARE, SHARP, FIRMER = 0.5, 30.0, 1.1
"""The part of what is written in what a statement is about; how much more the nearer counts; and what the log-odds are
multiplied by then, since a mean of two opinions claims too little. Chosen on the development halves of public sets."""
KIND_SHARE, CAUTION = 0.25, 0.6
"""The same of whether it complains, and what is taken from the log-odds of that, as the sentence model does."""
LEAST, KIND_LEAST = 5e-3, 1e-2
"""As little as what is written says of a gap and of a kind: nothing near it is no proof against it."""
WHOLE = 2.0**12
"""Parts in which a weight is counted: 32 bits hold the sums exactly, up to four thousand neighbours that are equal."""
SHARES = (0.52, 0.28, 0.20)
"""Of complaint, praise and neutral statements, as in what the sentence model learnt."""
AT_ONCE, ROWS_AT_ONCE = 256, 2_048
"""Statements that are looked up at a time, and written ones that are held against them."""
PRAISE, NEUTRAL = "praise", "neutral"


Steps = NDArray[np.int8]
"""Vectors in whole steps, a row each: a quarter of what they would weigh as they are multiplied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the project wrote: a vector a row, and which rows are about what ("fees", "praise:fees", "neutral")."""

    steps: Steps
    about: dict[str, NDArray[np.bool_]]

    def vectors(self, rows: Sequence[int]) -> Floats:
        """The vectors of these rows at unit length."""
        return unit(self.steps[rows].astype(np.float32))


class Said(NamedTuple):
    """What is written near each statement: parts of its gaps, and of complaint, praise and neutral; rows sum to one."""

    gaps: Floats
    kinds: Floats


class _Told(NamedTuple):
    """The written statements: vectors in whole steps, what makes them of unit length, and what each is: a column a gap
    of `Model.gaps`, halved where two are told, then praise and neutral."""

    steps: Steps
    unit: Floats
    what: Floats


@lru_cache(maxsize=1)
def written() -> Written:
    """The written statements in the package, read once."""
    steps, rows = _held()
    names = sorted(set().union(*rows))
    about = {name: np.array([name in row for row in rows]) for name in names}
    return Written(steps=steps, about=about)


def about(gaps: Floats, said: Said) -> Floats:
    """What statements are about by the models, a row each, and by what is written near them."""
    return softmax(blended(gaps, said.gaps, SHARE, LEAST) * np.float32(FIRMER))


def kind(kinds: Floats, said: Said) -> Floats:
    """Whether they complain by the models, a row each, and by what is written near them."""
    logs = np.log(np.maximum(said.kinds, np.float32(KIND_LEAST)))
    logs[:, 0] -= np.float32(CAUTION)
    return softmax(blended(kinds, softmax(logs), KIND_SHARE, KIND_LEAST))


def blended(one: Floats, other: Floats, share: float, least: float) -> Floats:
    """The logs of two opinions' geometric mean, the other's with this share and no less than `least` of anything."""
    logs = np.log(np.maximum(one, np.float32(1e-4))), np.log(np.maximum(other, np.float32(least)))
    found: Floats = (logs[0] * (1 - share) + logs[1] * share).astype(np.float32)
    return found


def said(held: Sequence[str], threads: Executor | None = None) -> Said:
    """What is written near each packed vector; with threads, of many at a time."""
    parts = [held[at : at + AT_ONCE] for at in range(0, len(held), AT_ONCE)]
    with alone():
        masses = list((threads.map if threads and len(parts) > 1 else map)(lambda part: mass(_cosines(part)), parts))
    return weighed(np.concatenate([np.zeros((0, _told().what.shape[1])), *masses]))


def weighed(held: NDArray[np.float64]) -> Said:
    """What a `mass` says, which counts what is written, had as many complained as do in reviews."""
    gaps = held[:, :-2]
    kinds = np.column_stack([gaps.sum(axis=1), held[:, -2:]]) * _weighed()
    return Said(
        *((each / np.maximum(each.sum(axis=1, keepdims=True), 1e-9)).astype(np.float32) for each in (gaps, kinds))
    )


def cosines(held: Sequence[str]) -> Floats:
    """Of each packed vector (a row) to each written one: the same to the bit whatever is looked up with it."""
    with alone():
        return _cosines(held)


def mass(near: Floats) -> NDArray[np.float64]:
    """What is written near each statement, column for column of `_Told.what`, in whole parts; `near` holds its cosines
    to all that is written, which are lost."""
    near -= near.max(axis=1, keepdims=True)
    near *= np.float32(SHARP)
    np.exp(near, out=near)
    near *= np.float32(WHOLE)
    found: NDArray[np.float64] = (np.rint(near, out=near) @ _told().what).astype(np.float64)
    return found


def _cosines(held: Sequence[str]) -> Floats:
    known = _told()
    steps = stepped(read(held), len(held))
    near = np.empty((len(steps), len(known.steps)), np.float32)
    for at in range(0, len(known.steps), ROWS_AT_ONCE):
        part = slice(at, at + ROWS_AT_ONCE)
        np.matmul(steps, known.steps[part].T.astype(np.float32), out=near[:, part])
    near *= to_unit(steps)[:, None]
    near *= known.unit
    return near


@lru_cache(maxsize=1)
def _told() -> _Told:
    steps, rows = _held()
    gaps = np.array([[name in row for name in model().gaps] for row in rows], np.float32)
    gaps /= np.maximum(gaps.sum(axis=1, keepdims=True), 1)
    praised = [any(name.split(":")[0] == PRAISE for name in row) for row in rows]
    others = np.array([praised, [NEUTRAL in row for row in rows]], np.float32).T
    return _Told(steps=steps, unit=to_unit(steps.astype(np.float32)), what=np.hstack([gaps, others]))


@lru_cache(maxsize=1)
def _weighed() -> NDArray[np.float64]:
    """What a written statement of each kind counts: the bank holds far more complaints than reviews do."""
    what = _told().what
    held = np.array([what[:, :-2].sum(), *what[:, -2:].sum(axis=0)], np.float64)
    return np.array(SHARES) / held


@lru_cache(maxsize=1)
def _held() -> tuple[Steps, list[set[str]]]:
    """Vectors in whole steps, and what each row is about."""
    with np.load(FILE) as arrays:
        labels = arrays["labels"].tobytes().decode().split("\n")
        pairs = arrays["vectors"]
        steps = stepped(pairs.tobytes(), len(pairs)).astype(np.int8)
        return steps, [set(labels[at].split("+")) for at in arrays["numbers"].tolist()]


def main() -> None:
    """Keep the vectors of what is written, the bank and the invented reviews, as the sentence model sees each alone."""
    from audits.analysis.reader import reader
    from audits.analysis.train import everything

    rows = everything()
    labels = sorted({row.label for row in rows})
    packed = [np.frombuffer(b64decode(each), np.uint8) for each in reader().vectors([row.text for row in rows])]
    numbers = np.array([labels.index(row.label) for row in rows], np.uint16)
    names = np.frombuffer("\n".join(labels).encode(), np.uint8)
    np.savez_compressed(FILE, vectors=np.stack(packed), numbers=numbers, labels=names)


if __name__ == "__main__":
    main()
