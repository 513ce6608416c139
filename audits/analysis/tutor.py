"""A larger model reads some of an engagement's statements; the reading of all of them learns from it (decision 0020).

It reads six times as slowly as the sentence model, and better in trades that neither was taught. What it says of a
sample beyond the sentence model is put as a line through the vectors of what was read (ridge regression), which is then
added to the log-odds of kinds and gaps wherever the sentence model reads a statement of the engagement. No labels are
needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from audits.analysis.assign import Scored
from audits.analysis.encoder import DATA, Floats, alone
from audits.analysis.line import Line
from audits.analysis.meaning import read, stepped, to_unit
from audits.analysis.pieces import pieces
from audits.analysis.quarters import whole
from audits.analysis.reader import Reader, reader, session, settings
from audits.analysis.written import FIRMER, KIND_SHARE
from audits.analysis.written import SHARE as WRITTEN

FILE = DATA / "tutor.npz"
SHOWN = 2_000
"""Statements that it reads, of those that the reading learns from."""
ENOUGH = 50
"""Distinct complaints among them under which nothing is learnt from it."""
RIDGE, SHARE = 0.3, 1.3
"""How stiff the line is; and how far it is followed, more than whole since a stiff line falls short. Chosen on the
development halves of public sets (decision 0022)."""


def tutor() -> Reader:
    """The larger model, unpacked: 110 MB and a second and a half, so it is let go of once it has read."""
    with np.load(FILE) as held:
        given = {}
        for name in held:
            table, _, form = name.partition(":")
            if form in ("turned", "rows"):
                exact, _ = whole(held[name], held[f"{table}:steps"])
                given[table] = np.ascontiguousarray(exact.T) if form == "turned" else exact
        return Reader(session(held["graph"].tobytes(), given), pieces(), settings())


def line(scored: Scored) -> Line | None:
    """What the larger model says of these statements beyond the sentence model, as far as that has its say in how they
    were scored before anything was learnt; None where they complain too little. A copied statement counts once."""
    rows = sorted({vector: row for row, vector in enumerate(scored.vectors) if vector}.values())[:SHOWN]
    complain = scored.complaints[rows]
    if complain.sum() < ENOUGH:
        return None
    seen = [(each.words, each.joined) for each in scored.slices]
    texts, joined = (list(each) for each in zip(*seen, strict=True))
    ours, theirs = (each.honest(each.seen(texts, rows, joined)) for each in (reader(), tutor()))
    kinds, gaps = (_middled(their - our) for our, their in zip(ours, theirs, strict=True))
    held = [scored.vectors[row] for row in rows]
    says = [
        _fitted(held, kinds * reader().kind_share * (1 - KIND_SHARE)),
        _fitted(
            [vector for vector, each in zip(held, complain.tolist(), strict=True) if each],
            gaps[complain] * reader().gap_share * (1 - WRITTEN) * FIRMER,
        ),
    ]
    weights, scales, levels = zip(*says, strict=True)
    return Line(weights=np.hstack(weights), scale=np.concatenate(scales), level=np.concatenate(levels))


def _middled(logits: Floats) -> Any:
    return (logits - logits.mean(axis=1, keepdims=True)).astype(np.float64)


def _fitted(held: Sequence[str], beyond: Any) -> tuple[Floats, Floats, Floats]:
    """The ridge regression of numbers (a row a packed vector) on the vectors: whole weights, their scale, levels."""
    steps: Any = stepped(read(held), len(held)).astype(np.float64)
    x = np.column_stack([steps * to_unit(steps)[:, None], np.ones(len(held))])
    stiff = np.eye(x.shape[1]) * RIDGE
    stiff[-1, -1] = 1e-3
    with alone():
        found = np.linalg.solve(x.T @ x + stiff, x.T @ beyond) * SHARE
    scale = np.round(np.maximum(np.abs(found[:-1]).max(axis=0), 1e-9) / 127, 6) + 1e-6
    weights = np.rint(found[:-1] / scale).astype(np.float32)
    return weights, scale.astype(np.float32), np.round(found[-1], 4).astype(np.float32)
