"""An engagement's labels are learnt: a penalised logistic regression beside what both stages say.

What both stages say of a labelled complaint is the offset; a level for each gap and weights on the statement's vector
are found that make the labels most likely, both drawn to nought (le Cessie and van Houwelingen 1992). Of a label with
two gaps either may be meant. Where the labels, each read without itself, are read no better, nothing is learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis import assign
from audits.analysis.corrections import applied, place
from audits.analysis.labels import given, read_as
from audits.analysis.lesson import LEAST, Lesson, key
from audits.analysis.model import OUTSIDE, Head, model
from audits.analysis.own import Own
from audits.analysis.values import Statement
from audits.store.records import StoredCorrection, StoredReview

ENOUGH = 100
"""Labelled complaints under which nothing is learnt."""
LEVEL, WEIGHTS = 10.0, 30.0
"""Ridge of the levels and of the weights; chosen on development halves and on audits that were read."""
FOLDS = 5

Array = NDArray[Any]


def taught_by(corrections: Sequence[StoredCorrection]) -> list[StoredCorrection]:
    """The last word on each statement, where it says what a complaint is about: what can be learnt from."""
    said = sorted(corrections, key=lambda one: (one.part == "correct", one.at))
    last = {(each.review, each.field, each.start, each.end): each for each in said if each.review is not None}
    return [each for each in last.values() if given(each)[0] not in ("praise", "neutral")]


def learnt(
    reviews: Sequence[StoredReview], corrections: Sequence[StoredCorrection], known: Own | None = None
) -> Lesson | None:
    """What labels of these reviews teach beyond what is known without; None where they are too few or teach nothing.

    The same for any order.
    """
    named = {each.review for each in corrections}
    scored = assign.scored([review for review in sorted(reviews, key=lambda one: one.key) if review.key in named])
    scored = scored.moved(known)
    statements = scored.read(None)
    at = {place(one): row for row, one in enumerate(statements)}
    said = _said(statements, corrections, at)
    if len(said) < ENOUGH:
        return None
    rows = np.array(sorted(said))
    accepted = np.array([[name in said[row] for name in model().gaps] for row in rows.tolist()], float)
    odds = np.log(np.maximum(scored.scores.gaps[rows], LEAST)).astype(float)
    vectors = model().encoder.encode([statements[row].text for row in rows.tolist()]).astype(float) / 127
    unseen = _unseen(scored, statements, rows, (odds, accepted, vectors))
    before = sum(read_as(statements[row])[0] in said[row] for row in said)
    after = sum(read_as(unseen[row])[0] in said[row] for row in said)
    if after <= before:
        return None
    apart = {key(one): (one.gaps, one.outside) for one in unseen.values()}
    return Lesson(head=fitted(odds, accepted, vectors), apart=apart, before=before, after=after)


def _said(
    statements: Sequence[Statement], corrections: Sequence[StoredCorrection], at: dict[Any, int]
) -> dict[int, tuple[str, ...]]:
    """Row of a complaint → what a person said last that it is about."""
    last = {at[place(one)]: given(each) for each, one in applied(statements, corrections).held}
    known = set(model().gaps)
    return {row: label for row, label in last.items() if known & set(label) and _complaint(statements[row])}


def _complaint(statement: Statement) -> bool:
    """Only what is read as a complaint is given a gap of a complaint: a lesson moves no other."""
    return statement.outside is None or statement.outside in OUTSIDE


def _unseen(
    scored: assign.Scored, statements: Sequence[Statement], rows: Array, known: tuple[Array, Array, Array]
) -> dict[int, Statement]:
    """Row → the statement as a lesson reads it that was taught by the other folds."""
    fold = np.array([int(key(statements[row]), 16) % FOLDS for row in rows.tolist()])
    found = {}
    for number in range(FOLDS):
        head = fitted(*(each[fold != number] for each in known))
        read = scored.read(Own(lesson=Lesson(head=head, apart={}, before=0, after=0)))
        found.update({row: read[row] for row in rows[fold == number].tolist()})
    return found


def fitted(odds: Array, accepted: Array, vectors: Array) -> Head:
    """The head that makes the accepted gaps most likely. A row a label; `odds` and `accepted` a column a gap."""
    from scipy.optimize import minimize

    gaps, width = odds.shape[1], vectors.shape[1]

    def loss(told: Array) -> tuple[float, Array]:
        bias, weights = told[:gaps], told[gaps:].reshape(width, gaps)
        logits = odds + bias + vectors @ weights
        likely = np.exp(logits - logits.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        right = np.maximum((likely * accepted).sum(axis=1), 1e-12)
        apart = likely - likely * accepted / right[:, None]
        penalty = (LEVEL * (bias**2).sum() + WEIGHTS * (weights**2).sum()) / 2
        slopes = (apart.sum(axis=0) + LEVEL * bias, (vectors.T @ apart + WEIGHTS * weights).ravel())
        return float(penalty - np.log(right).sum()), np.concatenate(slopes)

    start = np.zeros(gaps * (width + 1))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    weights = best[gaps:].reshape(width, gaps) / 127
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    return Head(
        weights=np.rint(weights / scale).astype(np.float32),
        scale=scale.astype(np.float32),
        bias=np.round(best[:gaps], 4).astype(np.float32),
        temperature=1.0,
    )
