"""Score statements, complaints and gaps on public labelled sets: `python -m benchmarks.assign REVIEWS_DIR [--test]`.

Without --test only the development half of each set is read (split by a hash of the text): choices are made there.
A hit means "compatible with the human label" by crosswalk.json. None of these sets is trained on but MAMS (Apache-2.0):
its polarities helped to teach the encoder, so its figure says how well that was learnt, not how it carries over. The
texts of a half are read as an audit reads them: what is usual in them, by the reading itself, has its say.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from audits.analysis.assign import assign_texts, scored_slices
from audits.analysis.confidence import honest
from audits.analysis.encoder import Floats
from audits.analysis.model import OUTSIDE, Model, model, model_version
from audits.analysis.own import Own
from audits.analysis.self_training import learnt_texts
from audits.analysis.slices import sliced
from benchmarks.assign_inside import inside
from benchmarks.assign_sets import Labelled, complaint_rows, gap_rows
from benchmarks.calibration import apart

SAMPLE = 2_000
BATCH = 500


def main() -> None:
    """Print every table for one folder of sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--test", action="store_true", help="the test halves: look at them once, at the end")
    parser.add_argument("--alone", action="store_true", help="each text by itself, without what is usual in its half")
    parser.add_argument("--no-textblob", action="store_true")
    parser.add_argument("--inside", action="store_true", help="only the models trained inside each set")
    options = parser.parse_args()
    print(f"model {model_version()}, {'test' if options.test else 'development'} halves")
    if options.inside:
        trained_inside(options.reviews, options.test)
        return
    gaps(options.reviews, options.test, options.alone)
    negatives(options.reviews, options.test, options.alone, not options.no_textblob)
    speed(options.reviews)


def _half(rows: list[Labelled], test: bool) -> list[Labelled]:
    return [row for row in rows if row.test == test]


def best_gap(texts: list[str], alone: Model | None = None, own: Own | None = None) -> list[tuple[str, float]]:
    """The one gap of each whole text and its confidence: its statements' gaps, weighed by how surely they complain.

    Both stages read them, in the light of what was learnt, or the student that is given alone.
    """
    read = model()
    found = []
    for each, complains in gap_scores(texts, alone, own):
        total = complains @ each
        best = int(total.argmax())
        sure = float(total[best] / max(complains.sum(), 1e-6))
        found.append((read.gaps[best], honest(sure, own.easier if own else 0.0)))
    return found


def gap_scores(texts: Sequence[str], alone: Model | None = None, own: Own | None = None) -> list[tuple[Floats, Floats]]:
    """Of each text the probabilities of the frame's gaps, a row a statement, and how surely each one complains."""
    inside = len(model().gaps) - len(OUTSIDE)
    found: list[tuple[Floats, Floats]] = []
    for at in range(0, len(texts), BATCH):
        slices = [list(sliced(str(row), "", None, one, None)) for row, one in enumerate(texts[at : at + BATCH])]
        read = scored_slices([each for one in slices for each in one], (alone, "") if alone else None)
        here = read.moved(own).scores
        ends = np.cumsum([len(each) for each in slices])[:-1]
        found += zip(np.split(here.gaps[:, :inside], ends), np.split(here.kinds[:, 0], ends), strict=True)
    return found


def gaps(folder: Path, test: bool, alone: bool) -> None:
    """Compatibility over rows and over labels, the best constant answer, and the gaps a label accepts on average."""
    names = f"{'compatible':>12}{'mean/label':>12}{'constant':>10}{'accepted':>10}{'ECE':>7}"
    print(f"\n{'set':28}{'rows':>6}{names}   as assigned")
    for name, accepts, everything in gap_rows(folder):
        rows = _half(everything, test)
        hits, read = defaultdict(list), []
        texts = [row.text for row in rows]
        own = None if alone else learnt_texts((None, each, None) for each in texts)
        for row, (gap, sure) in zip(rows, best_gap(texts, own=own), strict=True):
            hits[row.label].append(gap in accepts[row.label])
            read.append((row.agreement, sure, gap in accepts[row.label]))
        overall = np.mean([hit for each in hits.values() for hit in each])
        by_label = np.mean([np.mean(each) for each in hits.values()])
        constant = max(Counter(gap for row in rows for gap in accepts[row.label]).values()) / len(rows)
        wide = np.mean([len(accepts[row.label]) for row in rows])
        given = _assigned(rows, accepts, own)
        if own and own.line:
            given += f", both models agree on {own.line.agreed:.2f}"
        figures = f"{overall:12.3f}{by_label:12.3f}{constant:10.3f}{wide:10.2f}{calibration(read):7.3f}"
        print(f"{name:28}{len(rows):6}{figures}   {given}")
        bands(read)


def trained_inside(folder: Path, test: bool) -> None:
    """What TF-IDF and logistic regression get that were trained on labels of the same half of the same set."""
    print(f"\n{'trained inside':28}{'rows':>6}{'right label':>13}{'shares a gap':>14}{'mean/label':>12}")
    for name, accepts, everything in gap_rows(folder):
        rows = _half(everything, test)
        right, near, by_label = inside(rows, accepts)
        print(f"{name:28}{len(rows):6}{right:13.3f}{near:14.3f}{by_label:12.3f}", flush=True)


Read = tuple[float | None, float, bool]
"""Annotators' agreement, the confidence of the gap, and whether the label accepts it."""


def calibration(read: list[Read]) -> float:
    """Expected calibration error: how far confidence lies from the share that is compatible."""
    return apart([one for _, one, _ in read], [hit for _, _, hit in read])


def bands(read: list[Read]) -> None:
    """Compatibility by the annotators' agreement, where the set tells it."""
    for low, high in ((0.6, 0.7), (0.7, 1.0), (1.0, 1.1)):
        hits = [hit for agreement, _, hit in read if agreement is not None and low <= agreement < high]
        if hits:
            print(f"{'':6}annotators agree {low:.1f} to {min(high, 1):.1f}: {len(hits)} rows, {np.mean(hits):.3f}")


def _assigned(rows: list[Labelled], accepts: dict[str, list[str]], own: Own | None) -> str:
    """As the audit would say it: how many texts are given a gap, how many of those a compatible one, and how surely."""
    right, sure, hits = 0, [], []
    for row, statements in zip(rows, assign_texts([(None, row.text, None) for row in rows], own=own), strict=True):
        told = [one for one in statements if one.outside is None and one.gaps]
        if not told:
            continue
        right += bool({score.gap for one in told for score in one.gaps} & set(accepts[row.label]))
        surest = max(told, key=lambda one: one.complaint * one.gaps[0].confidence).gaps[0]
        sure.append(surest.confidence)
        hits.append(surest.gap in accepts[row.label])
    answered = f"{len(sure) / len(rows):.2f} answered, {right / max(len(sure), 1):.2f} of them with a compatible gap"
    return f"{answered}, ECE of the surest {apart(sure, hits):.3f}"


def negatives(folder: Path, test: bool, alone: bool, textblob: bool) -> None:
    """F1 of negative texts: text alone, with stars where the set has them, and TextBlob's polarity below zero."""
    print(f"\n{'set':28}{'rows':>6}{'F1':>8}{'prec':>8}{'recall':>8}{'stars F1':>10}{'TextBlob F1':>13}")
    for name, everything in complaint_rows(folder):
        rows = _half(everything, test)[:SAMPLE]
        truth = np.array([row.label == "negative" for row in rows])
        told = _complains(rows, stars=False, alone=alone)
        starred = f"{'–':>10}"
        if any(row.stars for row in rows):
            starred = f"{_f1(_complains(rows, stars=True, alone=alone), truth):10.3f}"
        blob = f"{_f1(_textblob(rows), truth):13.3f}" if textblob else ""
        precision, recall = (told & truth).sum() / max(told.sum(), 1), (told & truth).sum() / truth.sum()
        print(f"{name:28}{len(rows):6}{_f1(told, truth):8.3f}{precision:8.3f}{recall:8.3f}{starred}{blob}")


def _complains(rows: list[Labelled], stars: bool, alone: bool) -> np.ndarray:
    """Whether any statement of each text is a complaint."""
    texts = [(None, row.text, row.stars if stars else None) for row in rows]
    found = assign_texts(texts, own=None if alone else learnt_texts(texts))
    return np.array([any(one.outside not in ("praise", "neutral") for one in each) for each in found])


def _textblob(rows: list[Labelled]) -> np.ndarray:
    from textblob import TextBlob

    return np.array([TextBlob(row.text).sentiment.polarity < 0 for row in rows])


def _f1(found: np.ndarray, truth: np.ndarray) -> float:
    return float(2 * (found & truth).sum() / max(found.sum() + truth.sum(), 1))


def speed(folder: Path) -> None:
    """Statements a second, from text to gap, on the airline and insurance texts."""
    rows = [row for _, _, rows in gap_rows(folder) for row in rows if len(row.text) < 1_000][:8_000]
    texts = [(None, row.text, None) for row in rows]
    assign_texts(texts[:200])
    started = time.perf_counter()
    count = sum(len(each) for each in assign_texts(texts))
    print(f"\n{count} statements of {len(texts)} texts: {count / (time.perf_counter() - started):,.0f} a second")


if __name__ == "__main__":
    main()
