"""How often a leak alert is false, and how soon a true one comes: `python -m benchmarks.alerts [--years 200]`.

Invented engagements of several sizes are looked at at the end of each of twelve months, as the nightly run does, over
every gap of the frame, whole and a location. In the quiet ones no share moves; reviews come by chance alone, in
clusters (a month's share wavers more than chance allows), or with a season. In the others one share doubles or trebles
at the beginning of the year. An alert counts once, when it is raised, and again when it comes back after it had ended.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.gaps import frame
from audits.analysis.worsening import BEFORE, NOW, worse

LOOKS = 12
MONTHS = NOW + BEFORE + LOOKS - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """An engagement: reviews a month in all, over how many locations."""

    name: str
    reviews: float
    locations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What moves although nothing got worse: `wavering` is a month's coefficient of variation beyond chance."""

    name: str
    wavering: float = 0.0
    season: float = 0.0


SIZES = (
    Size(name="a café, 20 reviews a month", reviews=20, locations=1),
    Size(name="four hotels, 120 a month", reviews=120, locations=4),
    Size(name="twenty clinics, 1,000 a month", reviews=1000, locations=20),
    Size(name="an insurer, 5,000 a month", reviews=5000, locations=1),
)
WORLDS = (
    World(name="chance alone"),
    World(name="clusters (15%)", wavering=0.15),
    World(name="clusters (30%)", wavering=0.30),
    World(name="a season (±30%)", season=0.30),
    World(name="clusters and season", wavering=0.15, season=0.30),
)
Streams = dict[tuple[str, str | None], list[tuple[str, int, int]]]


def main() -> None:
    """Print false alerts a year, then the months until a rise is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=200)
    parser.add_argument("--only", default="", help="sizes whose name contains this")
    options = parser.parse_args()
    sizes = [size for size in SIZES if options.only in size.name]
    print(f"false leak alerts an engagement a year, {options.years} years each: mean, share of years with more than 1")
    for size in sizes:
        for world in WORLDS:
            raised = [false_alerts(size, world, seed) for seed in range(options.years)]
            more = sum(count > 1 for count in raised) / len(raised)
            print(f"  {size.name:32}{world.name:22}{np.mean(raised):7.3f}{more:8.1%}", flush=True)
    print("a rise at the beginning of month 1: told within the year, median month (reviews come in clusters of 15%)")
    for size in sizes:
        for share, times in ((0.02, 2), (0.05, 2), (0.05, 3), (0.10, 2)):
            months = [told_in(size, share, times, seed) for seed in range(max(20, options.years // 4))]
            told = [month for month in months if month]
            when = f"month {median(told):.0f}" if told else "–"
            print(f"  {size.name:32}{share:5.0%} × {times}{len(told) / len(months):9.0%}  {when}", flush=True)


def false_alerts(size: Size, world: World, seed: int) -> int:
    """Leak alerts that were raised in a year in which nothing got worse."""
    streams = quiet(size, world, np.random.default_rng(seed))
    count = 0
    held: set[tuple[str, str | None]] = set()
    for look in range(LOOKS):
        now = {(each.gap, each.location) for each in worse(_until(streams, look), len(streams))}
        count, held = count + len(now - held), now
    return count


def told_in(size: Size, share: float, times: float, seed: int) -> int | None:
    """The month in which a rise of one gap, at one place where there are several, is told of; None in this year."""
    draw = np.random.default_rng(10_000 + seed)
    streams = quiet(size, World(name="", wavering=0.15), draw)
    gap, place = frame().slugs[0], "place 0" if size.locations > 1 else None
    reviews = [n for _, _, n in streams[gap, place]]
    before = NOW + BEFORE - 1
    level = [share * (times if month >= before else 1) for month in range(MONTHS)]
    hits = draw.binomial(reviews, np.clip(np.array(level) * _wavering(draw, 0.15, MONTHS), 0, 1))
    streams[gap, place] = _stream(hits, np.array(reviews))
    for look in range(LOOKS):
        if any((each.gap, each.location) == (gap, place) for each in worse(_until(streams, look), len(streams))):
            return look + 1
    return None


def quiet(size: Size, world: World, draw: np.random.Generator) -> Streams:
    """Every stream of an engagement in which nothing gets worse."""
    places: list[str | None] = [f"place {each}" for each in range(size.locations)] if size.locations > 1 else []
    shares = np.clip(draw.lognormal(np.log(0.015), 1.0, len(frame().slugs)), 0.001, 0.15)
    held: Streams = {}
    counts = {place: draw.poisson(size.reviews / max(1, len(places)), MONTHS) for place in places or [None]}
    for gap, share in zip(frame().slugs, shares, strict=True):
        phase = draw.uniform(0, 2 * np.pi)
        season = 1 + world.season * np.sin(2 * np.pi * np.arange(MONTHS) / 12 + phase)
        level = share * season * _wavering(draw, world.wavering, MONTHS)
        hits = {place: draw.binomial(n, np.clip(level, 0, 1)) for place, n in counts.items()}
        for place, n in counts.items():
            held[gap, place] = _stream(hits[place], n)
        if places:
            held[gap, None] = _stream(*(np.sum(list(each.values()), axis=0) for each in (hits, counts)))
    return held


def _wavering(draw: np.random.Generator, spread: float, months: int) -> NDArray[Any]:
    return draw.gamma(1 / spread**2, spread**2, months) if spread else np.ones(months)


def _stream(hits: NDArray[Any], reviews: NDArray[Any]) -> list[tuple[str, int, int]]:
    return [(f"{month:03}", int(count), int(n)) for month, (count, n) in enumerate(zip(hits, reviews, strict=True))]


def _until(streams: Streams, look: int) -> Streams:
    """What is known at the end of that month: the last months that the test compares."""
    return {key: months[look : look + NOW + BEFORE] for key, months in streams.items()}


if __name__ == "__main__":
    main()
