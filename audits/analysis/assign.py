"""Reviews become statements, each with its complaint probability, its gap or two, severity and flags.

Deterministic, and the same for a review whatever else is read with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from audits.analysis import complaints
from audits.analysis.complaints import THRESHOLD
from audits.analysis.encoder import Floats
from audits.analysis.model import Model, Scores, model_version
from audits.analysis.own import Own
from audits.analysis.reader import scores
from audits.analysis.severity import flags, severity
from audits.analysis.slices import Slice, analysed, sliced, slices_of
from audits.analysis.values import GapScore, Statement
from audits.analysis.verdict import limits, ranked, told, verdict
from audits.store.records import StoredReview

BATCH = 2_000
"""Reviews that are split, scored and let go of together: what bounds the memory."""
GRAVE_SURE = 0.555
"""Confidence from which a gap alone makes a statement grave: below it, words must say so."""

Flags = NDArray[np.bool_]
Text = tuple[str | None, str | None, float | None]
"""Title, text and stars."""
Progress = Callable[[int, int], None]
"""Called with the reviews read so far and all reviews."""


def assign(
    reviews: Sequence[StoredReview], *, own: Own | None = None, progress: Progress | None = None
) -> list[Statement]:
    """The statements of all reviews in an analysed language, in the order given; `own` is what was learnt."""
    found: list[Statement] = []
    for at in range(0, len(reviews), BATCH):
        batch = reviews[at : at + BATCH]
        found += scored(batch).read(own)
        if progress:
            progress(min(at + BATCH, len(reviews)), len(reviews))
    return found


def statements_of(title: str | None, body: str | None, stars: float | None = None) -> list[Statement]:
    """The statements of any text, as of a review without a key."""
    return assign_texts([(title, body, stars)])[0]


def opened() -> None:
    """Load what reading a first text loads, half a second of it: for a thread beside work that does not read yet."""
    statements_of(None, "Nobody answered.")


def assign_texts(
    texts: Sequence[Text], taught: tuple[Model, str] | None = None, own: Own | None = None
) -> list[list[Statement]]:
    """The statements of many texts, whatever their language, one list each; `review` is the row.

    In bulk, the student alone reads, as `adapted` on statements of the same audit: some eight times as fast. What is
    usual in them (`own`) is told by what the sentence model sees and has no say then.
    """
    found: list[list[Statement]] = [[] for _ in texts]
    for at in range(0, len(texts), BATCH):
        slices = []
        for row, (title, body, stars) in enumerate(texts[at : at + BATCH], start=at):
            slices += list(sliced(str(row), "", title, body, stars))
        for statement in _read(slices, taught, own):
            found[int(statement.review)].append(statement)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Statements with the scores of both stages, a row each, before anything was learnt."""

    slices: Sequence[Slice]
    raised: Sequence[tuple[str, ...]]
    scores: Scores
    easier: float = 0.0
    """How much more easily they read than most, as far as what has moved them tells."""

    @property
    def vectors(self) -> Sequence[str]:
        """What each statement means (`meaning`) that the sentence model read, empty for the others."""
        return self.scores.seen

    @property
    def complaints(self) -> Flags:
        """Which of them complain."""
        return _complain(self.scores.kinds)

    def moved(self, own: Own | None) -> Scored:
        """The same with the scores of what the sentence model read moved by what was learnt."""
        rows = [row for row, vector in enumerate(self.vectors) if vector]
        if own is None or not rows:
            return self
        kinds, gaps = self.scores.kinds.copy(), self.scores.gaps.copy()
        if own.line:
            kinds[rows], gaps[rows] = own.line.moved([self.vectors[row] for row in rows], kinds[rows], gaps[rows])
        complain = _complain(kinds)
        if rows := [row for row in rows if complain[row]]:
            held = [self.vectors[row] for row in rows]
            gaps[rows] = own.moved([self.slices[row].words for row in rows], held, gaps[rows])
        easier = own.easier if own.line else self.easier
        return replace(self, scores=replace(self.scores, kinds=kinds, gaps=gaps), easier=easier)

    def read(self, own: Own | None, version: str | None = None) -> list[Statement]:
        """What each statement is, in the light of what was learnt for the engagement."""
        moved = self.moved(own)
        scores = moved.scores
        complaint = np.round(scores.kinds[:, 0].astype(float), 4)
        failed, praised = (ranked(table) for table in (scores.gaps, scores.praised))
        failed_limits, praised_limits = limits(moved.easier)
        probability = complaint.tolist()
        version = version or reading(own)
        return [
            _statement(
                each,
                version,
                probability[row],
                verdict(each.words, scores.kinds[row], failed[row], failed_limits)
                if probability[row] >= THRESHOLD
                else verdict(each.words, scores.kinds[row], praised[row], praised_limits),
                self.raised[row],
                self.vectors[row] if probability[row] >= THRESHOLD else "",
            )
            for row, each in enumerate(self.slices)
        ]


def _complain(kinds: Floats) -> Flags:
    found: Flags = np.round(kinds[:, 0].astype(float), 4) >= THRESHOLD
    return found


def reading(own: Own | None) -> str:
    """The version of what is read with what was learnt: the model's, and the digest of that."""
    return f"{model_version()}+{own.digest}" if own and own.digest else model_version()


def scored(reviews: Iterable[StoredReview]) -> Scored:
    """The statements of these reviews with their scores, those of a review in order."""
    return scored_slices([each for review in reviews if analysed(review) for each in slices_of(review)])


def scored_slices(slices: Sequence[Slice], taught: tuple[Model, str] | None = None) -> Scored:
    """Statements with their scores, those of a review in order and together."""
    texts = [each.words for each in slices]
    raised = [flags(words) for words in texts]
    shift = complaints.shifts(texts, [each.stars for each in slices], raised)
    found = taught[0].scores(texts, shift) if taught else scores(texts, shift, [each.joined for each in slices])
    return Scored(slices=slices, raised=raised, scores=found)


def _read(slices: Sequence[Slice], taught: tuple[Model, str] | None, own: Own | None) -> list[Statement]:
    return scored_slices(slices, taught).read(own, f"{model_version()}+{taught[1]}" if taught else None)


def _statement(
    each: Slice,
    version: str,
    complaint: float,
    said: tuple[tuple[GapScore, ...], str | None],
    found: tuple[str, ...],
    vector: str,
) -> Statement:
    gaps, kind = said
    found = told(found, kind)
    return Statement(
        review=each.review,
        content=each.content,
        field=each.span.field,
        start=each.span.start,
        end=each.span.end,
        text=each.words,
        complaint=complaint,
        gaps=gaps,
        outside=kind,
        severity=severity(complaint, tuple(score.gap for score in gaps if score.confidence >= GRAVE_SURE), found),
        flags=found,
        model=version,
        vector=vector,
    )
