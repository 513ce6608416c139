"""The public labelled sets of a reviews folder, as rows for measuring: nothing here is ever trained on."""

from __future__ import annotations

import ast
import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One text with the human label; `test` says which half it fell into, by a hash of the text alone."""

    text: str
    label: str
    stars: float | None = None
    agreement: float | None = None
    """The share of annotators behind the label, where the set tells."""

    @property
    def test(self) -> bool:
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1


def gap_rows(folder: Path) -> Iterator[tuple[str, dict[str, list[str]], list[Labelled]]]:
    """(set, label → gaps it accepts, rows) of every set of the crosswalk."""
    crosswalk = json.loads((folder / "crosswalk.json").read_text())
    for name, entry in crosswalk.items():
        rows = [row for row in _READERS[name](folder / name) if row.label in entry["labels"]]
        yield name, entry["labels"], rows


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        yield from csv.DictReader(file)


def _airline(folder: Path) -> Iterator[Labelled]:
    for row in _table(folder / "Tweets.csv"):
        agreement = float(row["negativereason_confidence"] or 0)
        if row["negativereason"] and agreement >= 0.6:
            yield Labelled(text=row["text"], label=row["negativereason"], agreement=agreement)


def airline_tweets(folder: Path) -> tuple[list[Labelled], list[Labelled]]:
    """Every tweet that people read as negative, with its reason; and all other tweets, with what they are instead."""
    rows = list(_table(folder / "Tweets.csv"))
    complaints = [Labelled(text=row["text"], label=row["negativereason"]) for row in rows if row["negativereason"]]
    others = [Labelled(text=row["text"], label=row["airline_sentiment"]) for row in rows if not row["negativereason"]]
    return complaints, others


def _nhs_themes(row: dict[str, str]) -> list[str]:
    columns = list(row)
    return [name for name in columns[columns.index("Comment sentiment") + 1 :] if row[name] in ("1", "1.0")]


def _nhs(folder: Path) -> Iterator[Labelled]:
    for row in _table(folder / "v6framework_230831.csv"):
        themes = _nhs_themes(row)
        if row["Comment sentiment"] in ("4", "5", "4.0", "5.0") and len(themes) == 1:
            yield Labelled(text=row["FFT answer"], label=themes[0])


def _fabsa(folder: Path) -> Iterator[Labelled]:
    for row in _table(folder / "fabsa_dataset.csv"):
        labels = [label[:-3] for label in ast.literal_eval(row["labels"]) if label.endswith(".-1")]
        labels = [label for label in labels if not label.startswith("company-brand")]
        if len(labels) == 1:
            yield Labelled(text=row["text"], label=labels[0])


def _sentences(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for sentence in ElementTree.parse(path).iter("sentence"):
        opinions = [(o.get("category", ""), o.get("polarity", "").lower()) for o in sentence.iter("Opinion")]
        yield sentence.findtext("text") or "", opinions


def _absa(path: Path) -> Iterator[Labelled]:
    for text, opinions in _sentences(path):
        negative = [category for category, polarity in opinions if polarity == "negative"]
        if len(negative) == 1:
            yield Labelled(text=text, label=negative[0])


def _cfpb(folder: Path) -> Iterator[Labelled]:
    for row in _table(folder / "complaints_small_sample_2025-04-25.csv"):
        yield Labelled(text=row["Consumer complaint narrative"], label=row["Issue"])


def _banking(folder: Path) -> Iterator[Labelled]:
    for row in _table(folder / "test.csv"):
        yield Labelled(text=row["text"], label=row["category"])


A_CLASS = 40
"""Training questions of each intent of banking77 that are its development part: as many as it has test questions."""


def banking_questions(folder: Path, part: str = "test") -> list[Labelled]:
    """Questions of banking77 with their intents, the unlisted ones as well: all for testing, or those to choose on."""
    if part == "test":
        return list(_banking(folder))
    by_intent: dict[str, list[str]] = {}
    for row in _table(folder / "train.csv"):
        by_intent.setdefault(row["category"], []).append(row["text"])
    return [
        Labelled(text=text, label=intent)
        for intent, texts in by_intent.items()
        for text in sorted(texts, key=lambda text: hashlib.sha256(text.encode()).hexdigest())[:A_CLASS]
    ]


_OATS = "hotels/quads/Hotels_corr.xml"
_SEMEVAL = "ABSA16_Restaurants_Train_SB1_v2.xml"
_READERS = {
    "twitter_us_airline": _airline,
    "nhs_pxtextmining": _nhs,
    "fabsa": _fabsa,
    "oats_absa": lambda folder: _absa(folder / _OATS),
    "semeval2016_restaurants": lambda folder: _absa(folder / _SEMEVAL),
    "cfpb_payday_personal_loans": _cfpb,
    "banking77": _banking,
}


def complaint_rows(folder: Path) -> Iterator[tuple[str, list[Labelled]]]:
    """(set, rows labelled "negative" or "other"): a sentence is negative where any of its opinions is."""
    for name, path in (("oats_absa", _OATS), ("semeval2016_restaurants", _SEMEVAL)):
        yield name, [_signed(text, [p for _, p in ops]) for text, ops in _sentences(folder / name / path) if text]
    yield "mams", list(_mams(folder / "mams"))
    yield "nhs_pxtextmining", list(_nhs_signed(folder / "nhs_pxtextmining"))
    yield "fabsa", list(_fabsa_signed(folder / "fabsa"))


def _signed(text: str, polarities: list[str], stars: float | None = None) -> Labelled:
    return Labelled(text=text, label="negative" if "negative" in polarities else "other", stars=stars)


def _mams(folder: Path) -> Iterator[Labelled]:
    for part in ("train", "val", "test"):
        for sentence in ElementTree.parse(folder / "MAMS-ATSA" / f"{part}.xml").iter("sentence"):
            polarities = [term.get("polarity", "") for term in sentence.iter("aspectTerm")]
            yield _signed(sentence.findtext("text") or "", polarities)


def _nhs_signed(folder: Path) -> Iterator[Labelled]:
    for row in _table(folder / "v6framework_230831.csv"):
        if row["FFT answer"].strip() and row["Comment sentiment"][:1] in "12345" and row["Comment sentiment"]:
            answer = row["FFT categorical answer"][:1]
            stars = 6.0 - float(answer) if answer in ("1", "2", "3", "4", "5") else None
            yield _signed(row["FFT answer"], ["negative"] if row["Comment sentiment"][0] in "45" else [], stars)


def _fabsa_signed(folder: Path) -> Iterator[Labelled]:
    for row in _table(folder / "fabsa_dataset.csv"):
        labels = ast.literal_eval(row["labels"])
        yield _signed(row["text"], ["negative"] if any(label.endswith(".-1") for label in labels) else [])
