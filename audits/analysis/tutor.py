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
from numpy.typing import NDArray

from audits.analysis.assign import Scored
from audits.analysis.confidence import USUALLY
from audits.analysis.encoder import DATA, Floats, alone
from audits.analysis.line import Line
from audits.analysis.meaning import read, stepped, to_unit
from audits.analysis.pieces import pieces
from audits.analysis.quarters import whole
from audits.analysis.reader import Reader, reader, session, settings
from audits.analysis.tutored import said as said_to_tutor
from audits.analysis.written import FIRMER, KIND_LEAST, KIND_SHARE, LEAST, said
from audits.analysis.written import SHARE as WRITTEN

FILE = DATA / "tutor.npz"
SHOWN = 1_000
"""Statements that it reads, of those that the reading learns from."""
ENOUGH = 50
"""Distinct complaints among them under which nothing is learnt from it."""
PRIOR = 30
"""Complaints that what is usual is worth beside those of the engagement: trades differ as much as thirty show."""
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
    held, kinds, gaps, same = _beyond([(each.words, each.joined) for each in scored.slices], rows)
    complaints = [vector for vector, each in zip(held, complain.tolist(), strict=True) if each]
    weights, scales, levels = zip(_fitted(held, kinds), _fitted(complaints, gaps[complain]), strict=True)
    return Line(
        weights=np.hstack(weights),
        scale=np.concatenate(scales),
        level=np.concatenate(levels),
        agreed=_agreed(same[complain]),
    )


def _agreed(same: NDArray[np.bool_]) -> float:
    """Part of the complaints of which both name one gap, drawn to what is usual as so many more would draw it."""
    return round(float((same.sum() + PRIOR * USUALLY) / (len(same) + PRIOR)), 4)


def _beyond(statements: Sequence[tuple[str, str | None]], rows: Sequence[int]) -> tuple[list[str], Any, Any, Any]:
    """What the sentence model sees in these rows, and how far the tutor's log-odds of kinds and of gaps exceed its own
    there, each heard together with what is written near a statement as it sees that itself; and whether both name the
    same gap."""
    texts, joined = (list(each) for each in zip(*statements, strict=True))
    seen = [each.seen(texts, rows, joined) for each in (reader(), tutor())]
    held, theirs = ([each.vector for each in part] for part in seen)
    near = said(held, reader().threads), said_to_tutor(theirs)
    kinds, gaps = [], []
    for (of_kind, of_gap), written in zip(map(reader().honest, seen), near, strict=True):
        kinds.append(_both(of_kind, reader().kind_share, written.kinds, KIND_SHARE, KIND_LEAST))
        gaps.append(_both(of_gap, reader().gap_share, written.gaps, WRITTEN, LEAST))
    same = gaps[0].argmax(axis=1) == gaps[1].argmax(axis=1)
    return held, _middled(kinds[1] - kinds[0]), _middled((gaps[1] - gaps[0]) * FIRMER), same


def _both(logits: Floats, share: float, written: Floats, share_of_written: float, least: float) -> Floats:
    """A model's log-odds and those of what is written near, as far as either has its say."""
    logs = np.log(np.maximum(written, np.float32(least))).astype(np.float32)
    found: Floats = logits * np.float32(share * (1 - share_of_written)) + logs * np.float32(share_of_written)
    return found


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
