"""The reviews that the gold set is drawn from: eight public sets of eight trades, row by row."""

from __future__ import annotations

import ast
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

csv.field_size_limit(10_000_000)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review. `row` counts the records of `file` from 0; `business` is whom it is about, or the row.

    `low` tells whether a complaint is likely by stars or by the set's own labels; `low_places` narrows that to parts of
    the text, where the set labels sentences.
    """

    set: str
    file: str
    row: int
    business: str
    text: str
    title: str | None = None
    stars: float | None = None
    low: bool
    low_places: tuple[Place, ...] = ()

    def likely(self, start: int, end: int) -> bool:
        """Whether the statement at these offsets of the text is likely a complaint."""
        if self.low_places:
            return any(start < b and a < end for a, b in self.low_places)
        return self.low


def _table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        yield from enumerate(csv.DictReader(file))


def _stars(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _rated(folder: Path, pattern: str, business: Callable[[Path, dict[str, str]], str]) -> Iterator[Review]:
    for path in sorted(folder.glob(pattern)):
        for row, each in _table(path):
            stars = _stars(each["rating"])
            if stars is not None:
                yield Review(
                    set=folder.name, file=path.name, row=row, business=business(path, each),
                    title=each["title"] or None, text=each["text"], stars=stars, low=stars <= 3,
                )  # fmt: skip


def _insurance(folder: Path) -> Iterator[Review]:
    return _rated(folder, "*_reviews.csv", lambda path, _: path.stem)


def _hotels(folder: Path) -> Iterator[Review]:
    return _rated(folder, "df*.csv", lambda _, each: each["placeInfo/id"])


def _lounges(folder: Path) -> Iterator[Review]:
    """Titles only name the lounge. A few ratings are of ten: those above five are of content guests on either scale."""
    for row, each in _table(folder / "lounge.csv"):
        stars = _stars(each["overall_rating"])
        if stars is not None:
            yield Review(
                set=folder.name, file="lounge.csv", row=row, business=each["airline_name"], text=each["content"],
                stars=min(stars, 5.0), low=stars <= 3,
            )  # fmt: skip


def _airlines(folder: Path) -> Iterator[Review]:
    for row, each in _table(folder / "Tweets.csv"):
        low = each["airline_sentiment"] == "negative"
        yield Review(set=folder.name, file="Tweets.csv", row=row, business=each["airline"], text=each["text"], low=low)


def _hospitals(folder: Path) -> Iterator[Review]:
    name = "v6framework_230831.csv"
    for row, each in _table(folder / name):
        sentiment = each["Comment sentiment"][:1]
        if sentiment:
            low = sentiment in "45"
            yield Review(
                set=folder.name, file=name, row=row, business=each["Trust"], text=each["FFT answer"], low=low
            )  # fmt: skip


def _apps(folder: Path) -> Iterator[Review]:
    name = "fabsa_dataset.csv"
    for row, each in _table(folder / name):
        low = any(label.endswith(".-1") for label in ast.literal_eval(each["labels"]))
        yield Review(set=folder.name, file=name, row=row, business=each["org_index"], text=each["text"], low=low)


def _loans(folder: Path) -> Iterator[Review]:
    """Complaints to a regulator, every one of them."""
    name = "complaints_small_sample_2025-04-25.csv"
    for row, each in _table(folder / name):
        text = each["Consumer complaint narrative"]
        yield Review(set=folder.name, file=name, row=row, business=each["Company"], text=text, low=True)


def _restaurants(folder: Path) -> Iterator[Review]:
    """A row is a review: its sentences joined by a blank; the restaurant is not named."""
    name = "ABSA16_Restaurants_Train_SB1_v2.xml"
    for row, review in enumerate(ElementTree.parse(folder / name).iter("Review")):
        text, low = "", []
        for sentence in review.iter("sentence"):
            said = sentence.findtext("text") or ""
            start = len(text) + bool(text)
            text = f"{text} {said}" if text else said
            if any(opinion.get("polarity") == "negative" for opinion in sentence.iter("Opinion")):
                low.append((start, len(text)))
        yield Review(
            set=folder.name, file=name, row=row, business=str(row), text=text, low=bool(low), low_places=tuple(low)
        )  # fmt: skip


READERS: dict[str, Callable[[Path], Iterator[Review]]] = {
    "trustpilot_pet_insurance": _insurance,
    "tripadvisor_hotels_owner_replies": _hotels,
    "skytrax": _lounges,
    "twitter_us_airline": _airlines,
    "nhs_pxtextmining": _hospitals,
    "semeval2016_restaurants": _restaurants,
    "cfpb_payday_personal_loans": _loans,
    "fabsa": _apps,
}
"""Set → its reviews, read from the folder of that name."""


def reviews(folder: Path) -> Iterator[Review]:
    """Every review of every set, in the order of READERS."""
    for name, read in READERS.items():
        yield from read(folder / name)
