"""What the project wrote, as the tutor sees it: what is written near a statement there has its say in what is taught.

The tutor knows more of the language, so what it sees as near is more often about the same thing. `python -m
audits.analysis.tutored` keeps the vectors of the bank: turned so that few numbers hold most of them (principal
components, Pearson 1901), in 4 bits each, in the order of `written`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.encoder import DATA, Floats, alone
from audits.analysis.meaning import LEVELS, stepped, unit, unpacked
from audits.analysis.written import AT_ONCE, Said, mass, weighed

FILE = DATA / "tutored.npz"
WIDTH = 192
"""Numbers that are kept of a vector: chosen on the development halves of public sets (decision 0023)."""


def said(held: Sequence[str]) -> Said:
    """What is written near each statement, a row a packed vector of the tutor's."""
    with np.load(FILE) as arrays:
        pairs, turn = arrays["vectors"], arrays["turn"].astype(np.float32)
    with alone():
        written = unit(stepped(pairs.tobytes(), len(pairs))).T
        turned = unit(unpacked(held) @ turn)
        return weighed(
            np.concatenate([mass(turned[at : at + AT_ONCE] @ written) for at in range(0, len(held), AT_ONCE)])
        )


def packed(vectors: Floats) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Vectors (a row each) turned and in pairs of steps, and what turns a vector so: a column a number that is kept."""
    exact: Any = vectors.astype(np.float64)
    turn = np.linalg.eigh(exact.T @ exact).eigenvectors[:, ::-1][:, :WIDTH].astype(np.float16)
    turned = vectors @ turn.astype(np.float32)
    largest = np.maximum(np.abs(turned).max(axis=1, keepdims=True), 1e-9)
    steps = (np.rint(turned / largest * LEVELS) + LEVELS).astype(np.uint8)
    return steps[:, ::2] << 4 | steps[:, 1::2], turn


def main() -> None:
    """Keep the vectors of what is written, the bank and the invented reviews, as the tutor sees each alone."""
    from audits.analysis.train import everything
    from audits.analysis.tutor import tutor

    vectors, turn = packed(unpacked(tutor().vectors([row.text for row in everything()])))
    np.savez_compressed(FILE, vectors=vectors, turn=turn)


if __name__ == "__main__":
    main()
