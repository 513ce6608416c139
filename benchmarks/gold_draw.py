"""The statements of the gold set: drawn once with a fixed seed, kept as file, row and offsets without any text."""

from __future__ import annotations

import csv
import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from audits.analysis import language, text
from benchmarks.gold_sets import Review

SEED = 640
EACH = 82
"""Statements of one set."""
GOOD = 12
"""Of these so many from reviews that hold no complaint by stars or label, where the set has such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Where a statement stands, and the part that its business fell into; `business` is a digest of the name."""

    id: str
    set: str
    file: str
    row: int
    field: str
    start: int
    end: int
    business: str
    part: str


def draw(reviews: Iterable[Review], each: int = EACH, good: int = GOOD, seed: int = SEED) -> list[Drawn]:
    """`each` statements a set, `good` of them from good reviews; whole businesses are dev or test."""
    by_set: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        by_set[review.set].append(review)
    return [one for name, rows in by_set.items() for one in _drawn(name, rows, each, good, seed)]


def _drawn(name: str, reviews: Sequence[Review], each: int, good: int, seed: int) -> list[Drawn]:
    low: list[tuple[Review, text.Span]] = []
    fine: list[tuple[Review, text.Span]] = []
    for review in reviews:
        for span in text.spans(review.title, review.text):
            likely = review.low if span.field == "title" else review.likely(span.start, span.end)
            if likely:
                low.append((review, span))
            elif not review.low:
                fine.append((review, span))
    rng = random.Random(f"{seed} {name}")
    content = _picked(rng, fine, good)
    picked = content + _picked(rng, low, each - len(content))
    rng.shuffle(picked)
    return _placed(name, picked)


def _picked(
    rng: random.Random, found: Sequence[tuple[Review, text.Span]], count: int
) -> list[tuple[Review, text.Span]]:
    """So many at random, of reviews in a language that is read."""
    picked: list[tuple[Review, text.Span]] = []
    for review, span in rng.sample(found, len(found)):
        if len(picked) == count:
            break
        if language.analysed(language.of_review(review.title, review.text, None)):
            picked.append((review, span))
    return picked


def _placed(name: str, picked: Sequence[tuple[Review, text.Span]]) -> list[Drawn]:
    part = parts(Counter(digest(name, review.business) for review, _ in picked))
    return [
        Drawn(
            id=digest(name, review.file, review.row, *span), set=name, file=review.file, row=review.row,
            field=span.field, start=span.start, end=span.end,
            business=digest(name, review.business), part=part[digest(name, review.business)],
        )
        for review, span in picked
    ]  # fmt: skip


def parts(sizes: Counter[str]) -> dict[str, str]:
    """Business → `dev` or `test`: in the order of their digests each goes where fewer statements are so far."""
    held = {"dev": 0, "test": 0}
    found = {}
    for business in sorted(sizes):
        found[business] = "dev" if held["dev"] <= held["test"] else "test"
        held[found[business]] += sizes[business]
    return found


def digest(*parts: object) -> str:
    """Eight hexadecimal digits of what is given."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:8]


def write(path: Path, drawn: Sequence[Drawn]) -> None:
    """The places as a table, a line a statement."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow([field.name for field in fields(Drawn)])
        table.writerows(asdict(one).values() for one in drawn)


def read(path: Path) -> list[Drawn]:
    """The places as they were drawn."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    numbers = ("row", "start", "end")
    return [Drawn(**{key: int(value) if key in numbers else value for key, value in row.items()}) for row in rows]  # type: ignore[arg-type]


def sample(drawn: Sequence[Drawn], reviews: Iterable[Review]) -> list[tuple[str, ...]]:
    """What a labeller reads: id, set, stars, the statement before, the statement, the one after."""
    wanted: dict[tuple[str, str, int], list[Drawn]] = defaultdict(list)
    for one in drawn:
        wanted[one.set, one.file, one.row].append(one)
    found = {}
    for review in reviews:
        for one in wanted.get((review.set, review.file, review.row), ()):
            found[one.id] = (one.id, one.set, "" if review.stars is None else f"{review.stars:g}", *around(review, one))
    return [found[one.id] for one in drawn]


def around(review: Review, one: Drawn) -> tuple[str, str, str]:
    """The statement before, the one drawn and the one after, each on one line."""
    spans = text.spans(review.title, review.text)
    whole = {"title": review.title or "", "text": review.text}
    before = [span for span in spans if (span.field, span.end) <= (one.field, one.start) and span.field == one.field]
    after = [span for span in spans if span.field == one.field and span.start >= one.end]
    title = [span for span in spans if span.field == "title"] if one.field == "text" else []
    ahead = before[-1:] or title[-1:]
    said = [whole[span.field][span.start : span.end] for span in (*ahead, *after[:1])]
    own = whole[one.field][one.start : one.end]
    kept = [said[0] if ahead else "", own, said[-1] if after else ""]
    return tuple(" ".join(each.split()) for each in kept)  # type: ignore[return-value]
