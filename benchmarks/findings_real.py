"""Real reviews for the proofs: public hotel reviews as the assigner reads them, and airlines with human reasons."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from audits.analysis.assign import assign, assign_texts
from audits.analysis.gaps import frame
from audits.analysis.heard import heard
from audits.analysis.labels import read_as
from audits.analysis.misread import corrected
from audits.analysis.panel import Panel, panels
from audits.analysis.values import Statement
from benchmarks.findings_panels import BLANK

LABELS, DRAWS = 300, 20
HOTELS = "tripadvisor_hotels_owner_replies/df1.csv"


def hotels(folder: Path) -> tuple[Panel, Panel]:
    """Reviews of one file as the assigner reads them: the population is what it says of all."""
    with (folder / HOTELS).open(encoding="utf-8-sig", newline="") as file:
        rows = [
            replace(
                BLANK, key=f"{at:08x}", rating=float(row["rating"]), text=row["text"],
                posted_on=row["publishedDate"], posted_precision="day",
            )
            for at, row in enumerate(csv.DictReader(file))
            if row["rating"]
        ]  # fmt: skip
    name = rows[0].business
    period = ("2000-01-01", "2100-01-01")
    said = heard(assign(rows), gaps=frame().slugs)
    panel = panels(businesses=[name], period=period, reviews=rows, said=said)[name]
    return panel, panel


def airlines(folder: Path) -> list[str]:
    """Spearman between the model's ranking of reasons and people's, per airline, with no label and with LABELS."""
    accepts = json.loads((folder / "crosswalk.json").read_text())["twitter_us_airline"]["labels"]
    reasons = sorted(accepts)
    with (folder / "twitter_us_airline" / "Tweets.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            row for row in csv.DictReader(file)
            if row["negativereason"] in accepts and float(row["negativereason_confidence"] or 0) >= 0.6
        ]  # fmt: skip
    read = [_class(found) for found in assign_texts([(None, row["text"], None) for row in rows])]
    human = np.array([reasons.index(row["negativereason"]) for row in rows])
    airline = np.array([row["airline"] for row in rows])
    classes = sorted(set(read))
    model = np.array([classes.index(one) for one in read])
    prior = _prior(classes, reasons, accepts)
    without = _scores(model, human, airline, prior, [], np.ones(len(rows), dtype=np.bool_))
    rng = np.random.default_rng(5)
    after: dict[str, list[float]] = defaultdict(list)
    for _ in range(DRAWS):
        chosen = rng.choice(len(rows), LABELS, replace=False)
        rest = np.ones(len(rows), dtype=np.bool_)
        rest[chosen] = False
        pairs = list(zip(model[chosen].tolist(), human[chosen].tolist(), strict=True))
        for name, score in _scores(model, human, airline, prior, pairs, rest).items():
            after[name].append(score)
    lines = [
        f"{name}: {score:.2f} with no label, {np.mean(after[name]):.2f} after {LABELS}"
        for name, score in without.items()
    ]
    mean, then = np.mean(list(without.values())), np.mean([np.mean(scores) for scores in after.values()])
    return [
        f"{len(rows):,} complaints, {len(reasons)} reasons",
        *lines,
        f"mean: {mean:.2f}; after {LABELS} labels {then:.2f}",
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
    return table / table.sum(axis=1, keepdims=True)


def _scores(
    model: np.ndarray, human: np.ndarray, airline: np.ndarray, prior: np.ndarray,
    pairs: list[tuple[int, int]], rest: np.ndarray,
) -> dict[str, float]:  # fmt: skip
    """Airline → Spearman of the two rankings, over the texts that are not labelled."""
    found = {}
    for name in sorted(set(airline.tolist())):
        at = (airline == name) & rest
        counts = np.bincount(model[at], minlength=prior.shape[0])
        told = corrected(counts, pairs, prior)[0]
        theirs = np.bincount(human[at], minlength=prior.shape[1])
        found[name] = float(spearmanr(told, theirs).statistic)
    return found
