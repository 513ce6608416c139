"""`telltale demo`: the sandbox crawled over HTTP, audited and published, with a Prefect server of its own."""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from spiders.sandbox.truth import Truth, truth
from tests.flows.command import complete, telltale

Run = subprocess.CompletedProcess[str]
STAGES = ["collect", "check", "analyse", "report", "publish"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def first(home: Path) -> Run:
    return telltale("demo", "--out", home)


@pytest.fixture(scope="module")
def second(home: Path, first: Run) -> Run:
    return telltale("demo", "--out", home)


@pytest.fixture(scope="module")
def report(first: Run) -> Path:
    return Path(first.stdout.rsplit("The report: ", 1)[1].strip())


@pytest.fixture(scope="module")
def leaks(report: Path) -> dict[str, Any]:
    value = json.loads(report.with_name("report.json").read_text(encoding="utf-8"))
    return {leak["gap"]: leak for leak in value["leaks"] + value["minor"]}


@pytest.fixture(scope="module")
def planted() -> Truth:
    return truth()


def stages(ran: Run) -> list[str]:
    return [line.split()[0] for line in ran.stdout.splitlines() if re.search(r"\(\d+\.\d s\)$", line)]


def test_the_demo_prints_a_line_a_stage_and_where_the_report_lies_and_nothing_else(first: Run, report: Path) -> None:
    complete(first)
    assert stages(first) == STAGES
    assert len(first.stdout.splitlines()) == len(STAGES) + 1
    assert "4 of 4 listings let through, 1,720 new" in first.stdout
    assert report.is_file()


def test_the_report_has_no_script_and_allows_none(report: Path) -> None:
    page = report.read_text(encoding="utf-8")
    assert "<script" not in page.lower()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert unescape(policy[1]).startswith("default-src 'none';")
    assert "script-src" not in policy[1]


def test_every_file_of_the_publication_is_in_its_manifest(report: Path) -> None:
    manifest = json.loads(report.with_name("manifest.json").read_text(encoding="utf-8"))
    beside = {file.name for file in report.parent.iterdir()} - {"manifest.json"}
    assert manifest["files"].keys() == beside >= {"report.html", "report.json"}


@pytest.mark.usefixtures("first")
def test_the_pages_are_kept_as_evidence_and_no_reviewer_is_named(home: Path, planted: Truth) -> None:
    landings = sorted((home / "landings" / "sandbox" / "vellmoor-hotels").iterdir())
    assert (landings[0] / "pages.warc.gz").stat().st_size > 10_000
    rows = [json.loads(line) for line in (landings[0] / "reviews.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(planted.business("vellmoor-hotels").reviews)
    assert all("author" not in row and row["author_key"] for row in rows)


def test_the_gap_that_rises_is_more_frequent_after_its_date_than_before(leaks: dict[str, Any], planted: Truth) -> None:
    months = leaks[planted.rise.gap]["months"]
    shares = []
    for late in (False, True):
        of = [month for month in months if (month["month"] >= planted.rise.since[:7]) == late]
        shares.append(sum(month["hits"] for month in of) / sum(month["reviews"] for month in of))
    assert shares[1] > shares[0]


def test_the_worse_location_is_the_worst_in_its_gap(leaks: dict[str, Any], planted: Truth) -> None:
    places = {place["name"]: place["share"]["value"] for place in leaks[planted.worse_location.gap]["places"]}
    assert max(places, key=lambda name: places[name]) == planted.worse_location.location


def test_the_better_competitor_is_the_best_in_its_gap(leaks: dict[str, Any], planted: Truth) -> None:
    name = planted.business(planted.better_competitor.business).plan.name
    shares = {row["name"]: row["share"]["value"] for row in leaks[planted.better_competitor.gap]["contrasts"]}
    assert min(shares, key=lambda name: shares[name]) == name
    assert shares[planted.business(planted.rise.business).plan.name] > 1.5 * shares[name]


def test_a_second_demo_reads_only_what_is_new_and_finds_nothing(second: Run, home: Path) -> None:
    complete(second)
    assert "0 new and 0 edited reviews" in second.stdout
    assert "Nothing is new" in second.stdout
    last = sorted((home / "landings" / "sandbox" / "vellmoor-hotels").iterdir())[-1]
    manifest = json.loads((last / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["verdict"]["name"], manifest["verdict"]["scope"]) == ("complete", "incremental")
    assert manifest["pages_fetched"] < 5
