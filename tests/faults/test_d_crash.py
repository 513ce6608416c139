"""ACCEPTANCE d 30 and 49: killed anywhere and run again; what killed runs leave is named and removed."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from audits.analysis.model import model_version
from audits.analysis.train import told
from audits.store import open_store
from flows.learn import version
from flows.leftovers import found
from flows.settings import read
from tests.audits.store.conftest import landing, review
from tests.faults.pipeline import after, forked, processes_naming, published, said
from tests.flows.command import ROOT
from tests.flows.engagements import engagement

LEARNT_FROM = 300
"""Reviews of the engagement that is large enough to learn."""
STAGES = ("collect", "check", "analyse", "report", "publish")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return engagement(tmp_path_factory.mktemp("engagement"))


@pytest.fixture(scope="module")
def whole(api_url: str, file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """The report of a run that nobody disturbed, and how many seconds that took."""
    home, began = tmp_path_factory.mktemp("whole"), time.monotonic()
    ran = forked(api_url, "audit", file, "--out", home)
    assert ran.code == 0, ran.said
    return published(home), time.monotonic() - began


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement whose reviews are enough to learn what is usual in them."""
    file = engagement(tmp_path_factory.mktemp("many"))
    with (file.parent / "own.csv").open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(("id", "date", "rating", "title", "text"))
        for number, story in enumerate(told()[:LEARNT_FROM]):
            posted = date(2024, 1, 31) - timedelta(days=number * 700 // LEARNT_FROM)
            complains = sum(row.kind == "complaint" for row in story)
            stars = max(1, 5 - complains)
            table.writerow((f"r{number}", posted.isoformat(), stars, "", " ".join(row.text for row in story)))
    return file


@pytest.fixture(scope="module")
def learnt(api_url: str, many: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """The report of a run that learnt, and how many seconds it took."""
    home, began = tmp_path_factory.mktemp("learnt"), time.monotonic()
    ran = forked(api_url, "audit", many, "--out", home)
    assert ran.code == 0, ran.said
    seconds = time.monotonic() - began
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        assert version(store, "corner-cafe") != model_version()
    return published(home), seconds


def unfinished(api_url: str) -> list[str]:
    """The names of flow runs that Prefect believes to be running."""
    import urllib.request

    body = json.dumps({"flow_runs": {"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}}).encode()
    asked = urllib.request.Request(
        f"{api_url}/flow_runs/filter", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return [run["name"] for run in json.load(answer)]


def recovered(file: Path, home: Path, api_url: str) -> dict[str, bytes]:
    """What stands published after the same command was run again, with nothing left over."""
    again = forked(api_url, "audit", file, "--out", home)
    assert again.code == 0, again.said
    assert "Traceback" not in again.said
    assert unfinished(api_url) == []
    assert processes_naming(home) == []
    assert [each.says for each in found(read(home))] == []
    return published(home)


def test_a_run_killed_before_it_is_published_leaves_no_themes_for_the_next_to_match(
    file: Path, whole: tuple[dict[str, bytes], float], tmp_path: Path, api_url: str
) -> None:
    killed = forked(api_url, "audit", file, "--out", tmp_path, kill=said("report"))
    assert killed.code == -9
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        assert store.themes("corner-cafe") == []
    assert recovered(file, tmp_path, api_url) == whole[0]
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        assert store.themes("corner-cafe") != []


def test_a_run_killed_at_the_end_of_every_stage_in_turn_ends_in_the_same_report(
    file: Path, whole: tuple[dict[str, bytes], float], tmp_path: Path, api_url: str
) -> None:
    for stage in STAGES:
        killed = forked(api_url, "audit", file, "--out", tmp_path, kill=said(stage))
        assert killed.code in (-9, 0)  # after the last stage it may be faster than the axe
        # What the kill before had left running is marked crashed, so that at most this one is on record as running.
        assert unfinished(api_url) in ([], ["audit"])
        assert killed.code == 0 or unfinished(api_url) == ["audit"]
    assert recovered(file, tmp_path, api_url) == whole[0]


def test_a_run_killed_at_five_random_moments_one_after_the_other_ends_in_the_same_report(
    file: Path, whole: tuple[dict[str, bytes], float], tmp_path: Path, api_url: str
) -> None:
    for seed in range(5):
        moment = random.Random(seed).uniform(0.0, whole[1])
        forked(api_url, "audit", file, "--out", tmp_path, kill=after(moment))
    assert recovered(file, tmp_path, api_url) == whole[0]


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_a_run_killed_at_the_end_of_one_stage_ends_in_the_same_report(
    stage: str, file: Path, whole: tuple[dict[str, bytes], float], tmp_path: Path, api_url: str
) -> None:
    assert forked(api_url, "audit", file, "--out", tmp_path, kill=said(stage)).code in (-9, 0)
    assert recovered(file, tmp_path, api_url) == whole[0]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5, 55))
def test_a_run_killed_at_any_of_fifty_moments_ends_in_the_same_report(
    seed: int, file: Path, whole: tuple[dict[str, bytes], float], tmp_path: Path, api_url: str
) -> None:
    moment = random.Random(seed).uniform(0.0, whole[1])
    forked(api_url, "audit", file, "--out", tmp_path, kill=after(moment))
    assert recovered(file, tmp_path, api_url) == whole[0]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_run_that_learns_from_its_reviews_and_is_killed_three_times_ends_in_the_same_report(
    seed: int, many: Path, learnt: tuple[dict[str, bytes], float], tmp_path: Path, api_url: str
) -> None:
    draw = random.Random(seed)
    for _ in range(3):
        forked(api_url, "audit", many, "--out", tmp_path, kill=after(draw.uniform(0.1, 1.0) * learnt[1]))
    assert recovered(many, tmp_path, api_url) == learnt[0]


def test_a_crawl_ends_with_the_run_that_ordered_it() -> None:
    # Whose child it is, is asked before it says that it runs: afterwards the parent may be gone already.
    child = "import os; from spiders.crawl import _end_with as e; up = os.getppid(); print(1, flush=True); e(up)"
    order = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with subprocess.Popen([sys.executable, "-c", order], stdout=subprocess.PIPE, text=True, cwd=ROOT) as run:
        assert run.stdout is not None
        assert int(run.stdout.readline())
        run.kill()
        assert run.stdout.read() == ""  # the pipe closes when the last of them has gone


def aged(path: Path) -> None:
    """Nothing has touched it for two days."""
    for each in (*path.rglob("*"), path):
        os.utime(each, (time.time() - 2 * 24 * 3600,) * 2)


def test_doctor_names_what_was_left_and_removes_only_what_nobody_can_be_writing(tmp_path: Path) -> None:
    places = ("landings/e/l/1", "landings/e/l/2", "publications/e/.staging-x")
    old, fresh, staged = (tmp_path / place for place in places)
    for folder in (old, fresh, staged):
        folder.mkdir(parents=True)
        (folder / "reviews.jsonl").write_text("{")
    aged(old)
    aged(staged)
    left = list(found(read(tmp_path)))
    assert sorted(each.what for each in left) == ["landing", "landing", "publication"]
    for each in left:
        if each.remove is not None:
            each.remove()
    assert (old.exists(), staged.exists(), fresh.exists()) == (False, False, True)


def test_rows_that_were_staged_and_never_checked_are_named_and_removed(tmp_path: Path) -> None:
    with open_store(read(tmp_path).store_url) as store:
        store.stage(landing("half"), [review("a")])
    (left,) = found(read(tmp_path))
    assert (left.what, "1 rows of landing half" in left.says) == ("staged", True)
    assert left.remove is not None
    left.remove()
    assert list(found(read(tmp_path))) == []


def test_what_lies_whole_in_a_workspace_and_on_no_record_is_named_and_left_to_a_person(tmp_path: Path) -> None:
    known, lost, draft = (tmp_path / place for place in ("landings/e/l/half", "landings/e/l/2", "publications/e/x"))
    with open_store(read(tmp_path).store_url) as store:
        store.save_run(replace(landing("half"), path="landings/e/l/half"))
    for folder in (known, lost, draft):
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
        aged(folder)
    left = list(found(read(tmp_path)))
    assert [(each.what, each.says.partition(" is ")[0], each.remove) for each in left] == [
        ("unrecorded", "landings/e/l/2", None),
        ("unrecorded", "publications/e/x", None),
    ]
