"""Part g, operating it: a bad engagement file is refused before any work, a period is run once, a wrong wheel stops.

49 (same inputs, same bytes) and 50 (the way back from a number to its rows) stand in tests/flows/test_audit.py, the
rest of 47 (the locked set, by hash) in tests/flows/test_locked_set.py, where the audits and the lock are at hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audits.store import open_store
from audits.store.store import Store
from flows.nightly import SKIPPED, _taken
from flows.settings import Settings, read
from flows.sweep import process_tag
from flows.tonight import Turn, turns
from tests.flows.command import telltale
from tests.flows.engagements import engagement


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('engagement = "corner-cafe"', 'engagement = ""', ("engagement:",)),
        ("[[listings]]", '[[competitors]]\nname = "CORNER CAFÉ"\n\n[[listings]]', ("competitors", "'CORNER CAFÉ'")),
        ('way = "export"', 'way = "exprot"', ("listings", "way", "'export'")),
        ("checked = 2024-02-01", 'checked = "yesterday"', ("sources", "checked")),
        ("[business]", "[business", ("line 4",)),
    ],
    ids=["empty slug", "duplicate company", "unknown way", "no date", "not TOML"],
)
def test_46_a_bad_engagement_file_is_refused_before_any_work(
    tmp_path: Path, good: str, bad: str, said: tuple[str, ...]
) -> None:
    refused_before_any_work(tmp_path, {good: bad}, said)


def test_46_a_crawl_of_an_unknown_site_is_refused_with_the_site_that_was_meant(tmp_path: Path) -> None:
    crawl = 'way = "crawl"\nurl = "https://reviews.example/corner-cafe"'
    changed = {'way = "export"\nfiles = ["own.csv"]': crawl, '"own-site"': '"sandbx"'}
    refused_before_any_work(tmp_path, changed, ("listings[own].site", "'sandbx'", "did you mean 'sandbox'?"))


def refused_before_any_work(tmp_path: Path, changed: dict[str, str], said: tuple[str, ...]) -> None:
    """Change an engagement file, run it, and see a sentence that names file and key, and nothing else."""
    file, home = engagement(tmp_path), tmp_path / "home"
    text = file.read_text(encoding="utf-8")
    for good, bad in changed.items():
        assert good in text
        text = text.replace(good, bad)
    file.write_text(text, encoding="utf-8")
    ran = telltale("audit", file, "--out", home)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert [part for part in (file.name, *said) if part not in ran.stderr] == [], ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (home / "landings").exists()
    assert not (home / "store.db").exists()


WHEEL = "telltale_example-1.0-py3-none-any.whl"
METADATA = "Metadata-Version: 2.1\nName: telltale-example\nVersion: 1.0\n"
FORM = "Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def test_47_a_wheel_whose_hash_is_not_the_locked_one_stops_the_installation(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / WHEEL, "w") as wheel:
        for name, text in {"METADATA": METADATA, "WHEEL": FORM, "RECORD": ""}.items():
            wheel.writestr(f"telltale_example-1.0.dist-info/{name}", text)
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"telltale-example==1.0 --hash=sha256:{'0' * 64}\n")
    pip = (sys.executable, "-m", "pip", "install", "--no-index", "--disable-pip-version-check", "--target", "there")
    asked = (*pip, "--find-links", str(tmp_path), "--require-hashes", "-r", str(lock))
    ran = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode != 0 and "DO NOT MATCH THE HASHES" in ran.stderr
    assert not (tmp_path / "there").exists()


@contextmanager
def night(home: Path, at: str) -> Iterator[tuple[Turn, Settings, Store, datetime]]:
    """One engagement's turn in the night of that moment."""
    settings, now = read(home), datetime.fromisoformat(at).replace(tzinfo=UTC)
    with open_store(settings.store_url) as store:
        [turn] = turns(settings, store, now)
        yield turn, settings, store, now


def test_48_a_run_that_takes_longer_than_its_interval_is_not_doubled_and_the_late_one_is_skipped_with_a_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engagement(tmp_path / "engagements")
    caplog.set_level("INFO", "telltale")
    with night(tmp_path, "2024-02-05T02:15") as (turn, _, store, now):
        mine = process_tag(os.getpid())  # a process that lives: the run of this night has not ended
        assert store.ledger.claim(turn.name, turn.period, at=now.isoformat(), process=mine, alive=lambda _: False)
    with night(tmp_path, "2024-02-06T02:15") as found:
        assert _taken(*found) == SKIPPED
        assert len(found[2].ledger.ran("corner-cafe")) == 1
    assert "corner-cafe: skipped: 2024-02-06 is being run" in caplog.text
    with night(tmp_path, "2024-02-06T06:00") as (turn, _, store, now):
        store.ledger.conclude(turn.name, "2024-02-05", at=now.isoformat(), outcome="complete")
    for clock, says in (("2024-02-04T02:15", "2024-02-05 was run before"), ("2024-02-05T23:00", "2024-02-05 was run")):
        with night(tmp_path, clock) as found:
            assert _taken(*found) == "not due" and says in found[0].says
    with night(tmp_path, "2024-02-20T11:00") as (
        turn,
        _,
        store,
        _,
    ):  # missed nights: one run, of the last
        assert (turn.standing, turn.period) == ("due", "2024-02-20")
        assert len(store.ledger.ran("corner-cafe")) == 1
