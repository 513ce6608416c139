"""Two hundred nights with faults at random leave nothing lost, doubled or stale; memory and disk are flat."""

from __future__ import annotations

import os
import random
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from audits.store import open_store
from flows.leftovers import found
from flows.outcome import PUBLISHED
from flows.settings import read
from tests.faults.pipeline import Ended, after, forked, processes_naming
from tests.spiders.bench import Answer, Bench, listing, serving

NIGHTS = int(os.environ.get("TELLTALE_SOAK_NIGHTS", "200"))
FAULTS = ("none", "none", "403", "429", "503", "truncated", "drift", "kill", "disk full")
SIZE, FIRST = 20, 60
STANDS = re.compile("bench: complete: (nothing is new|.* nothing that a reader of the report would act on changed)")
REDESIGNED = b"<html><head><title>Bench</title></head><body><main>We have moved things around.</main></body></html>"


def engagement(home: Path, bench: Bench) -> None:
    file = home / "engagements" / "bench.toml"
    file.parent.mkdir(parents=True)
    file.write_text(
        'engagement = "bench"\n[business]\nname = "Bench & Co"\nindustry = "restaurant"\n'
        '[publishing]\ndrafts = "screen"\nkeep = 5\n'
        '[[listings]]\nname = "a"\nbusiness = "Bench & Co"\nsite = "sandbox"\nway = "crawl"\n'
        f'url = "{bench.url}/biz/a"\nlocal = true\n'
        '[[sources]]\nsite = "sandbox"\nbasis = "sandbox"\nchecked = 2024-01-01\nstorage = true\n'
    )


def served(bench: Bench, total: int) -> list[str]:
    """The listing as it is tonight, newest first; the paths of its pages."""
    bench.answers.clear()
    pages = -(-total // SIZE)
    paths = ["/biz/a", *(f"/biz/a?page={number}" for number in range(2, pages + 1))]
    for number, path in enumerate(paths):
        ids = range(total - 1 - number * SIZE, max(-1, total - 1 - (number + 1) * SIZE), -1)
        onward = paths[number + 1] if number + 1 < pages else None
        bench.put(path, Answer(body=listing(list(ids), total=total, after=onward)))
    return paths


def spoil(bench: Bench, fault: str, paths: list[str], chance: random.Random) -> None:
    """Let the site misbehave tonight."""
    path = chance.choice(paths)
    good = bench.answers[path][0]
    wrong = {
        "403": [Answer(status=403)],
        "429": [Answer(status=429, headers={"Retry-After": "0"}), good],
        "503": [Answer(status=503)],
        "truncated": [Answer(body=good.body[:-400], short=400)],
        "drift": [Answer(body=REDESIGNED)],
    }
    if fault == "drift":
        for each in paths:
            bench.put(each, *wrong[fault])
    elif fault in wrong:
        bench.put(path, *wrong[fault])


def slept(api_url: str, home: Path, night: datetime, fault: str, chance: random.Random) -> Ended:
    """One night; it may be killed at any moment, or find the disk full."""
    words = ("nightly", "--out", home, "--at", night.isoformat())
    if fault == "kill":
        return forked(api_url, *words, kill=after(chance.uniform(0.0, 8.0)))
    limits = {"RLIMIT_FSIZE": chance.randrange(1_000, 400_000)} if fault == "disk full" else None
    return forked(api_url, *words, limits=limits)


def weight(home: Path) -> int:
    """Bytes of what a workspace keeps."""
    places = [home / each for each in ("store.db", "landings", "publications", "locks")]
    every = [file for place in places for file in (place, *place.rglob("*"))]
    return sum(file.stat().st_size for file in every if file.is_file() and not file.is_symlink())


@pytest.mark.slow
def test_nights_with_faults_leave_nothing_lost_doubled_or_stale(api_url: str, tmp_path: Path) -> None:
    chance, total, night = random.Random(7), FIRST, datetime(2024, 6, 1, 2, 15)
    peaks, weights = [], []
    with serving() as bench:
        engagement(tmp_path, bench)
        for number in range(NIGHTS + 2):
            total += chance.randrange(3)
            paths = served(bench, total)
            # The first night and the last two are undisturbed: it begins well, and what was owed is made up for.
            fault = chance.choice(FAULTS) if 0 < number < NIGHTS else "none"
            spoil(bench, fault, paths, chance)
            ended = slept(api_url, tmp_path, night + timedelta(days=number), fault, chance)
            assert "Traceback" not in ended.said, (number, fault, ended.said)
            if fault in ("none", "429"):
                peaks.append(ended.peak_kb)
            weights.append(weight(tmp_path))
        assert ended.code == 0, ended.said
        # What stands published says what the site shows now, but for reviews that change nothing a reader acts on.
        after_all = slept(api_url, tmp_path, night + timedelta(days=NIGHTS + 2), "none", chance)
        assert STANDS.search(after_all.said), after_all.said
        # A person who asks gets those too, and then nothing is left to add.
        asked = forked(api_url, "audit", tmp_path / "engagements" / "bench.toml", "--out", tmp_path)
        assert asked.code == 0, asked.said
        last = slept(api_url, tmp_path, night + timedelta(days=NIGHTS + 3), "none", chance)
        assert "bench: complete: nothing is new" in last.said, last.said
    with open_store(read(tmp_path).store_url) as store:
        held = store.reviews("bench")
        outcomes = [each.outcome for each in store.ledger.ran("bench")]
        (published,) = store.last_logged("bench", PUBLISHED)
    visits = sorted(int((review.text or "").rsplit(" ", 1)[1].rstrip(".")) for review in held)
    assert visits == list(range(total))  # every review that ever stood there, once
    assert published["told"]["held"] == total
    assert [each.says for each in found(read(tmp_path))] == [] and processes_naming(tmp_path) == []
    assert outcomes[-1] == "complete" and len(outcomes) <= NIGHTS + 4
    third = len(weights) // 3
    if third >= 10:
        early, late = weights[2 * third] - weights[third], weights[-1] - weights[2 * third]
        assert late < 1.5 * early + 1_000_000, weights
        assert max(peaks[-5:]) < 1.15 * max(peaks[:5]), peaks
