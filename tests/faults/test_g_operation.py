"""Part g, operating it: a bad engagement file is refused before any work.

Same inputs, same bytes, and the way back from a number to its rows stand in tests/flows/test_audit.py; the locked set
in tests/flows/test_locked_set.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

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
