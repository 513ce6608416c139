"""What the project wrote has a say in what a statement is about: the nearer a written one of a gap lies, the more.

Kernel regression (Nadaraya 1964, Watson 1964) over the vectors of the statement bank. A head draws straight lines
between gaps; a gap has many corners, and what is new to the head often lies beside something that was written.
All sums are of whole numbers, so that a statement's scores are the same to the bit whatever is read with it.
`python -m audits.analysis.written` keeps the vectors of the bank: same bank and sentence model, same bytes.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from audits.analysis.encoder import DATA, Floats, alone
from audits.analysis.meaning import stepped, unit
from audits.analysis.model import model, softmax

FILE = DATA / "written.npz"
SHARE, SHARP, FIRMER = 0.5, 30.0, 1.1
"""The part of what is written in what a statement is about; how much more the nearer counts; and what the log-odds are
multiplied by then, since a mean of two opinions claims too little. Chosen on the development halves of public sets."""
LEAST = 5e-3
"""As little as what is written says of a gap: nothing near it is no proof against it."""
WHOLE = 2.0**14
"""Parts in which a weight is counted: the few hundred statements of a gap stay under what 32 bits hold exactly."""
AT_ONCE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the project wrote: a vector a row, and which rows are about what ("fees", "praise:fees", "neutral")."""

    vectors: Floats
    about: dict[str, Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The written statements that tell a gap or that it is none: vectors in whole steps, what makes them of unit
    length, and a column a gap of `Model.gaps`, halved where two are told."""

    steps: Floats
    unit: Floats
    gaps: Floats


@lru_cache(maxsize=1)
def written() -> Written:
    """The written statements in the package, read once."""
    steps, rows = _held()
    names = sorted(set().union(*rows))
    about = {name: np.array([name in row for row in rows], np.float32) for name in names}
    return Written(vectors=unit(steps), about=about)


def heeded(gaps: Floats, held: Sequence[str]) -> Floats:
    """What statements are about by the models, a row each, and by what is written near their packed vectors."""
    if not held:
        return gaps
    logs = [np.log(np.maximum(each, np.float32(least))) for each, least in ((gaps, 1e-4), (said(held), LEAST))]
    return softmax(((logs[0] * (1 - SHARE) + logs[1] * SHARE) * FIRMER).astype(np.float32))


def said(held: Sequence[str]) -> Floats:
    """Of what is written near each packed vector the part about each gap; a row sums to one."""
    known = _told()
    found = np.zeros((len(held), known.gaps.shape[1]), np.float32)
    for at in range(0, len(held), AT_ONCE):
        some = held[at : at + AT_ONCE]
        steps = stepped(b"".join(map(b64decode, some)), len(some))
        with alone():
            near = steps @ known.steps.T
        near *= _unit(steps)[:, None]
        near *= known.unit
        near -= near.max(axis=1, keepdims=True)
        near *= np.float32(SHARP)
        np.exp(near, out=near)
        near *= np.float32(WHOLE)
        mass = np.rint(near, out=near) @ known.gaps
        found[at : at + AT_ONCE] = mass / mass.sum(axis=1, keepdims=True)
    return found


@lru_cache(maxsize=1)
def _told() -> _Told:
    steps, rows = _held()
    gaps = np.array([[name in row for name in model().gaps] for row in rows], np.float32)
    tells = gaps.any(axis=1)
    shares = gaps[tells] / gaps[tells].sum(axis=1, keepdims=True)
    return _Told(steps=steps[tells], unit=_unit(steps[tells]), gaps=shares)


def _unit(steps: Floats) -> Floats:
    """What each row is multiplied by to be of unit length."""
    found: Floats = 1 / np.sqrt(np.maximum((steps * steps).sum(axis=1), 1))
    return found


def _held() -> tuple[Floats, list[set[str]]]:
    """Vectors in whole steps, and what each row is about."""
    with np.load(FILE) as arrays:
        labels = arrays["labels"].tobytes().decode().split("\n")
        pairs = arrays["vectors"]
        return stepped(pairs.tobytes(), len(pairs)), [set(labels[at].split("+")) for at in arrays["numbers"].tolist()]


def main() -> None:
    """Keep the vectors of the bank, as the sentence model sees its statements."""
    from audits.analysis.reader import reader
    from audits.analysis.train import bank

    rows = bank()
    labels = sorted({row.label for row in rows})
    packed = [np.frombuffer(b64decode(each), np.uint8) for each in reader().vectors([row.text for row in rows])]
    numbers = np.array([labels.index(row.label) for row in rows], np.uint16)
    names = np.frombuffer("\n".join(labels).encode(), np.uint8)
    np.savez_compressed(FILE, vectors=np.stack(packed), numbers=numbers, labels=names)


if __name__ == "__main__":
    main()
