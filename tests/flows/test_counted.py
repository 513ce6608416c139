"""A source whose reviews may not be stored leaves counts, and its words are nowhere (DESIGN §7)."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from audits.store import open_store
from audits.store.records import ANY, COMPLAINT, Counted
from audits.store.store import Store
from flows import counted
from flows.admit import admitted
from flows.collect import land
from flows.console import Stage
from flows.hosts import Hosts
from flows.leftovers import found
from flows.mappings import Mappings
from flows.outcome import named, shortfalls
from flows.plan import Plan, planned
from tests.flows.command import KEY
from tests.flows.engagements import engagement
from tests.flows.test_persons import where

CANARY = "zebra banquet"


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a machine keeps in memory, as a folder of this test's own."""
    place = tmp_path / "memory"
    place.mkdir()
    monkeypatch.setattr(counted, "MEMORY", place)
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    return place


@pytest.fixture
def plan(memory: Path, tmp_path: Path) -> Plan:
    """A listing of our own and one of another site that forbids storage, with canaries in every kind of words."""
    file = engagement(tmp_path / "in", rival=True)
    with (tmp_path / "in" / "own.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for number, row in enumerate(rows):
        row["author"] = f"Fenwright {number}"
        row["text"] += f" The {CANARY} waited." if row["rating"] in "12" else ""
    with (tmp_path / "in" / "opposite.csv").open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, rows[0])
        table.writeheader()
        table.writerows(rows)
    said = file.read_text(encoding="utf-8")
    head, _, rest = said.partition('name = "opposite"')
    rest = rest.replace('"own.csv"', '"opposite.csv"', 1)
    source = '[[sources]]\nsite = "other-site"\nbasis = "official api"\nchecked = 2024-02-01\nstorage = false\n'
    file.write_text(f'{head}name = "opposite"{rest}{source}', encoding="utf-8")
    return planned(file, home=tmp_path / "home")


@pytest.fixture
def store(plan: Plan) -> Iterator[Store]:
    with open_store(plan.settings.store_url) as opened:
        opened.declare(plan.engagement)
        yield opened


def test_a_source_that_may_not_be_stored_leaves_counts_by_gap_month_and_stars_and_no_word(
    plan: Plan, store: Store, memory: Path
) -> None:
    hosts = Hosts(plan.settings.home / "locks", 60)
    landings = [land.fn(plan, store, Mappings(), hosts, each.name) for each in plan.listings]
    lines, _ = admitted.fn(plan, store, landings, {}, Stage("check"))
    assert where(plan.settings.home, CANARY) == [] and where(plan.settings.home, "Fenwright") == []
    assert list(memory.iterdir()) == [] and list((plan.settings.landings / plan.name).iterdir()) != []
    own, other = lines
    assert (own.verdict, own.assessed, other.verdict, other.assessed) == ("complete", True, "aggregate", False)
    assert "60 were read in memory and only their counts are kept" in other.reason
    assert {each.listing for each in store.reviews(plan.name)} == {"own"}
    assert named(plan, lines) == "complete"
    assert [line for line in shortfalls(lines) if line.startswith("opposite: aggregate")]
    assert ("counted", 60) in [(event, detail.get("reviews")) for _, event, _, detail in store.logged(plan.name)]

    counts = store.aggregate(plan.name, "opposite")
    assert sum(each.reviews for each in counts if each.gap == ANY) == 60
    assert Counted(gap=ANY, month="2024-01", stars="1", reviews=2) in counts
    complaints = sum(each.reviews for each in counts if each.gap == COMPLAINT)
    assert 30 <= complaints <= 50, "two thirds of the invented reviews complain"
    assert len({each.gap for each in counts} - {ANY, COMPLAINT}) >= 2


def test_reviews_left_in_memory_by_a_killed_run_are_named_and_go_with_the_next(plan: Plan, memory: Path) -> None:
    left, used = memory / f"{counted.PREFIX}999999999-x", memory / f"{counted.PREFIX}1-x"
    for folder in (left, used):
        folder.mkdir()
    (named_left,) = [each for each in found(plan.settings) if each.what == "unstored"]
    assert str(left) in named_left.says
    with counted._in_memory(plan) as there:
        assert there.settings.home.parent == memory and not left.exists() and used.exists()
    assert not there.settings.home.exists()
    shutil.rmtree(used)


def test_files_of_a_listing_that_may_not_be_stored_are_not_taken_in_by_hand(
    plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.commands.intake import run

    file = plan.engagement.files_of(plan.engagement.listing("opposite"))[0]
    engagement_file = file.parent / "engagement.toml"
    home = plan.settings.home
    code = run(engagement_file, [file], listing="opposite", fetched_at=None, home=home, as_json=False)
    assert code == 1 and "may not be stored" in capsys.readouterr().err
    assert where(home, CANARY) == []
