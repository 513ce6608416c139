"""`telltale intake`: what is handed in is read, checked and stored once, with one line and an exit code."""

from __future__ import annotations

import json
from pathlib import Path

from tests.flows.command import complete, telltale
from tests.spiders.intake.saving import entry, har, pages, warc

ENGAGEMENT = """
engagement = "bench"
as_of = 2024-06-01
[business]
name = "Bench & Co"
industry = "restaurant"
[[listings]]
name = "own"
business = "Bench & Co"
site = "sandbox"
way = "capture"
files = ["saved.har"]
[[sources]]
site = "sandbox"
basis = "client export"
checked = 2024-01-01
storage = true
"""


def test_a_capture_is_taken_in_once_and_a_longer_one_adds_what_is_new(tmp_path: Path) -> None:
    file, home = tmp_path / "engagement.toml", tmp_path / "home"
    file.write_text(ENGAGEMENT)
    first = pages(40)
    har(tmp_path / "saved.har", [entry(url, body) for url, body in first.items()])
    (tmp_path / "later.warc.gz").write_bytes(warc(pages(50)))
    told = complete(telltale("intake", file, tmp_path / "saved.har", "--listing", "own", "--out", home))
    assert "read as pages of Telltale sandbox" in told.stdout
    assert told.stdout.splitlines()[-1].startswith("complete (full): 40 reviews of 40 declared")
    again = telltale("intake", file, tmp_path / "later.warc.gz", "--listing", "own", "--out", home, "--json")
    said = json.loads(complete(again, noisy=True).stdout)
    assert (said["verdict"], said["new"], said["edited"]) == ("complete", 10, 0)


def test_what_cannot_be_used_is_a_sentence_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "engagement.toml"
    file.write_text(ENGAGEMENT)
    har(tmp_path / "saved.har", [entry("https://x.example/", b"<html>About</html>")])
    ran = telltale("intake", file, tmp_path / "saved.har", "--listing", "own", "--out", tmp_path / "home")
    assert ran.returncode == 1 and "(parser sandbox-" in ran.stdout and "Traceback" not in ran.stderr
    ran = telltale("intake", file, tmp_path / "saved.har", "--listing", "ow", "--out", tmp_path / "home")
    assert (ran.returncode, ran.stderr) == (1, "There is no listing 'ow': did you mean 'own'?\n")
