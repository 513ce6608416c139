"""Real reviews for the proofs: public hotel reviews as the assigner reads them, and airlines with human reasons."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.stats import spearmanr

from audits.analysis.assign import Text, assign, assign_texts
from audits.analysis.gaps import frame
from audits.analysis.heard import heard
from audits.analysis.labels import read_as
from audits.analysis.misread import corrected
from audits.analysis.panel import Panel, panels
from audits.analysis.self_training import learnt, learnt_texts
from audits.analysis.values import Statement
from benchmarks.findings_panels import BLANK

LABELS, DRAWS = 300, 20
TOP = 3
HOTELS = "tripadvisor_hotels_owner_replies/df1.csv"


class Ranked(NamedTuple):
    """Spearman of two rankings, and how many of the first TOP, the largest left out, are the same."""

    rank: float
    top: int


def hotels(folder: Path) -> tuple[Panel, Panel]:
    """Reviews of one file as the assigner reads them: the population is what it says of all."""
    with (folder / HOTELS).open(encoding="utf-8-sig", newline="") as file:
        rows = [
            BLANK._replace(
                key=f"{at:08x}", rating=float(row["rating"]), text=row["text"],
                posted_on=row["publishedDate"], posted_precision="day",
            )
            for at, row in enumerate(csv.DictReader(file))
            if row["rating"]
        ]  # fmt: skip
    name = rows[0].business
    period = ("2000-01-01", "2100-01-01")
    said = heard(assign(rows, own=learnt(rows)), gaps=frame().slugs)
    panel = panels(businesses=[name], period=period, reviews=rows, said=said)[name]
    return panel, panel


def airlines(folder: Path) -> list[str]:
    """Spearman between the model's ranking of reasons and people's, per airline, with no label and with LABELS.

    Beside it what a reading without an error would get: a gap's mass is split equally over the reasons that accept it,
    and where two reasons accept the same gaps ("lost" and "damaged luggage") nothing ranks one before the other.
    """
    accepts = json.loads((folder / "crosswalk.json").read_text())["twitter_us_airline"]["labels"]
    reasons = sorted(accepts)
    with (folder / "twitter_us_airline" / "Tweets.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            row for row in csv.DictReader(file)
            if row["negativereason"] in accepts and float(row["negativereason_confidence"] or 0) >= 0.6
        ]  # fmt: skip
    texts: list[Text] = [(None, row["text"], None) for row in rows]
    read = [_class(found) for found in assign_texts(texts, own=learnt_texts(texts))]
    human = np.array([reasons.index(row["negativereason"]) for row in rows])
    airline = np.array([row["airline"] for row in rows])
    classes = sorted(set(read))
    model = np.array([classes.index(one) for one in read])
    prior = _prior(classes, reasons, accepts)
    every = np.ones(len(rows), dtype=np.bool_)
    without, best = _scores(model, human, airline, prior, [], every), _without_error(human, airline, reasons, accepts)
    rng = np.random.default_rng(5)
    after: dict[str, list[Ranked]] = defaultdict(list)
    for _ in range(DRAWS):
        chosen = rng.choice(len(rows), LABELS, replace=False)
        rest = np.ones(len(rows), dtype=np.bool_)
        rest[chosen] = False
        pairs = list(zip(model[chosen].tolist(), human[chosen].tolist(), strict=True))
        for name, score in _scores(model, human, airline, prior, pairs, rest).items():
            after[name].append(score)
    then = {name: float(np.mean([one.rank for one in found])) for name, found in after.items()}
    lines = [
        f"{name}: {score.rank:.2f} with no label (read without an error {best[name].rank:.2f}), "
        f"{then[name]:.2f} after {LABELS}; of the three next to the largest {score.top}, {best[name].top}, "
        f"{np.mean([one.top for one in after[name]]):.1f}"
        for name, score in without.items()
    ]
    mean, most = (np.mean([one.rank for one in found.values()]) for found in (without, best))
    return [
        f"{len(rows):,} complaints, {len(reasons)} reasons",
        *lines,
        f"mean: {mean:.2f} with no label (read without an error {most:.2f}); after {LABELS} labels "
        f"{np.mean(list(then.values())):.2f}",
    ]


def _class(found: list[Statement]) -> str:
    """The surest gap among the complaints of a text, else what it is outside of them."""
    named = [
        (one.complaint * one.gaps[0].confidence, one.gaps[0].gap) for one in found if one.complaint >= 0.5 and one.gaps
    ]
    return max(named)[1] if named else next((read_as(one)[0] for one in found if one.complaint >= 0.5), "no complaint")


def _prior(classes: list[str], reasons: list[str], accepts: dict[str, list[str]]) -> np.ndarray:
    """A gap's mass split equally over the reasons that accept it, over all where none does."""
    table = np.array([[float(name in accepts[reason]) for reason in reasons] for name in classes])
    table[table.sum(axis=1) == 0] = 1.0
    shares: np.ndarray = table / table.sum(axis=1, keepdims=True)
    return shares


def _scores(
    model: np.ndarray, human: np.ndarray, airline: np.ndarray, prior: np.ndarray,
    pairs: list[tuple[int, int]], rest: np.ndarray,
) -> dict[str, Ranked]:  # fmt: skip
    """Airline → how its two rankings agree, over the texts that are not labelled."""
    found = {}
    for name in sorted(set(airline.tolist())):
        at = (airline == name) & rest
        counts = np.bincount(model[at], minlength=prior.shape[0]).astype(float)
        found[name] = _ranked(corrected(counts, pairs, prior)[0], np.bincount(human[at], minlength=prior.shape[1]))
    return found


def _without_error(
    human: np.ndarray, airline: np.ndarray, reasons: list[str], accepts: dict[str, list[str]]
) -> dict[str, Ranked]:
    """The same where each reason's texts were spread equally over the gaps that it accepts."""
    gaps = sorted({gap for accepted in accepts.values() for gap in accepted})
    told = np.array([[float(gap in accepts[reason]) for gap in gaps] for reason in reasons])
    spread = told / told.sum(axis=1, keepdims=True) @ _prior(gaps, reasons, accepts)
    found = {}
    for name in sorted(set(airline.tolist())):
        theirs = np.bincount(human[airline == name], minlength=len(reasons))
        found[name] = _ranked(theirs @ spread, theirs)
    return found


def _ranked(told: np.ndarray, theirs: np.ndarray) -> Ranked:
    """Two counts of the reasons against each other; ties in `told` are split in the order of the reasons."""
    largest = int(np.argmax(theirs))
    told_first, first = (
        {*[at for at in np.argsort(-each, kind="stable") if at != largest][:TOP]} for each in (told, theirs)
    )
    return Ranked(rank=float(spearmanr(told, theirs).statistic), top=len(told_first & first))
