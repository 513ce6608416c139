"""A larger model reads some of an engagement's complaints; the reading of all of them learns from it (decision 0020).

It reads six times as slowly as the sentence model, and better in trades that neither was taught. What it says of a
sample beyond the reading as it was is put as a line through the vectors of what was read (ridge regression), which is
then added to the log-odds of gaps wherever a complaint of the engagement is read. No labels are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from audits.analysis.assign import Scored
from audits.analysis.encoder import DATA, alone
from audits.analysis.line import Line
from audits.analysis.meaning import read, stepped, to_unit
from audits.analysis.model import model, softmax
from audits.analysis.pieces import pieces
from audits.analysis.quarters import whole
from audits.analysis.reader import Reader, mixed, reader, session, settings
from audits.analysis.written import about, said

FILE = DATA / "tutor.npz"
SHOWN = 2_000
"""Complaints that it reads, of those that the reading learns from."""
RIDGE, SHARE, LEAST = 1.0, 1.3, 1e-3
"""How stiff the line is; how far it is followed, more than whole since a stiff line falls short; and the least that a
gap is taken to have by either. Chosen on the development halves of public sets (decision 0020)."""


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


def line(scored: Scored, rows: Sequence[int]) -> Line:
    """What the larger model says of these complaints beyond how they were scored before anything was learnt."""
    shown = sorted(rows[:SHOWN])
    texts = [each.words for each in scored.slices]
    larger = tutor()
    seen = larger.seen(texts, shown, [each.joined for each in scored.slices])
    _, gaps = larger.honest(seen)
    held = [scored.vectors[row] for row in shown]
    student = model().scores([texts[row] for row in shown]).gaps
    better = about(mixed(student, softmax(gaps), reader().gap_share), said(held, reader().threads))
    beyond = np.log(np.maximum(better, LEAST)) - np.log(np.maximum(scored.scores.gaps[shown], LEAST))
    return _fitted(held, (beyond - beyond.mean(axis=1, keepdims=True)).astype(np.float64))


def _fitted(held: Sequence[str], beyond: Any) -> Line:
    """The ridge regression of numbers (a row a packed vector) on the vectors, in whole numbers."""
    steps: Any = stepped(read(held), len(held)).astype(np.float64)
    x = np.column_stack([steps * to_unit(steps)[:, None], np.ones(len(held))])
    stiff = np.eye(x.shape[1]) * RIDGE
    stiff[-1, -1] = 1e-3
    with alone():
        found = np.linalg.solve(x.T @ x + stiff, x.T @ beyond) * SHARE
    scale = np.round(np.maximum(np.abs(found[:-1]).max(axis=0), 1e-9) / 127, 6) + 1e-6
    return Line(
        weights=np.rint(found[:-1] / scale).astype(np.float32),
        scale=scale.astype(np.float32),
        level=np.round(found[-1], 4).astype(np.float32),
    )
