"""ACCEPTANCE c20, c22, c24 in the store: the same crawl again, runs that overlap, edits, dates that stay."""

from __future__ import annotations

import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from audits.store import open_store
from audits.store.records import FUTURE
from audits.store.store import Store
from spiders.items import Dated
from tests.audits.store.conftest import Dump, Passed, answered, engagement_of, ingested, landing, review
from tests.audits.store.databases import empty


def test_the_same_landing_twice_leaves_the_same_rows(store: Store, dump: Dump) -> None:
    ingested(store, landing(), review("a"), review("b", reply=answered("Sorry.")))
    before = dump()
    ingested(store, landing(), review("a"), review("b", reply=answered("Sorry.")))
    assert dump() == before
    assert [row.reply_text for row in store.reviews("north-dental") if row.reply_text] == ["Sorry."]


def test_an_unchanged_page_fetched_later_gives_no_new_version(store: Store, dump: Dump) -> None:
    ingested(store, landing("l1"), review("a"))
    again = ingested(
        store, landing("l2", as_of="2024-03-01T10:00:00Z"), review("a", text="They never  called me back, said a. ")
    )
    assert (again.new, again.edited, again.unchanged) == (0, 0, 1)
    (held,) = store.reviews("north-dental")
    assert (held.first_seen, held.last_seen) == ("2024-02-01T10:00:00Z", "2024-03-01T10:00:00Z")
    assert len(dump()["review_versions"]) == 1


@pytest.mark.parametrize("changed", [{"text": "They called."}, {"rating": 4.0}, {"title": "Better"}])
def test_an_edit_makes_a_version_and_keeps_the_old_one(store: Store, dump: Dump, changed: dict[str, object]) -> None:
    ingested(store, landing("l1"), review("a"))
    again = ingested(store, landing("l2", as_of="2024-03-01T10:00:00Z"), review("a", **changed))
    assert again.edited == 1
    (held,) = store.reviews("north-dental")
    assert {name: getattr(held, name) for name in changed} == changed
    assert held.first_seen == "2024-02-01T10:00:00Z"
    assert len(dump()["review_versions"]) == 2


def test_landings_of_different_days_in_any_order_leave_the_same_rows(dialect: str, tmp_path: Path) -> None:
    days = [
        (landing("l1", as_of="2024-02-01"), review("a", reply=answered("We are sorry."))),
        (landing("l2", as_of="2024-03-01"), review("a", text="Edited.", url="https://shop.example/2")),
        (landing("l3", as_of="2024-03-02"), review("a", reply=answered("We have called."))),
    ]
    ends = set()
    for order in itertools.permutations(days):
        with empty(dialect, tmp_path) as url, open_store(url) as store:
            store.declare(engagement_of(tmp_path))
            for run, given in order:
                ingested(store, run, given)
            ends.add(repr(store.reviews("north-dental")))
    assert len(ends) == 1
    assert "We have called." in ends.pop()


@pytest.mark.parametrize("names", [("l1", "l2"), ("l2", "l1")])
def test_of_two_landings_of_one_day_the_one_taken_in_last_is_read(store: Store, dump: Dump, names: Any) -> None:
    first, corrected = (landing(name, as_of="2024-02-01", way="export") for name in names)
    given = [review("a", text="They were late."), review("b", reply=answered("Sorry.")), review("c")]
    mended = [review("a", text="They were on time."), review("b", reply=answered("We have called.")), review("c")]
    ingested(store, first, *given)
    assert ingested(store, corrected, *mended).edited == 1
    held = {(row.text, row.reply_text) for row in store.reviews("north-dental")}
    assert {("They were on time.", None), ("They never called me back, said b.", "We have called.")} < held
    before = dump()
    for run, said in ((first, given), (corrected, mended), (first, given)):  # they are only met again
        ingested(store, run, *said)
    assert dump() == before


def test_a_row_that_is_released_is_read_where_another_landing_of_its_day_says_something_else(store: Store) -> None:
    ingested(store, landing("l2"), review("a", text="They were late."))
    ingested(store, landing("l1"), review("a", text="They were on time."), quarantined=[(0, FUTURE)])
    (row,) = store.set_aside("north-dental")
    store.release("north-dental", row.id, who="m.jensen", why="It is so.", at="2024-02-02")
    assert [each.text for each in store.reviews("north-dental")] == ["They were on time."]


WORKER = """
import sys
from audits.store import ingest, open_store
from tests.audits.store.conftest import Dump, ingested, Passed, landing, review
url, worker = sys.argv[1], int(sys.argv[2])
with open_store(url) as store:
    for turn in range(5):
        run = landing(f"w{worker}-{turn}", as_of=f"2024-02-{turn + 1:02}")
        store.stage(run, [review(f"r{number}") for number in range(worker, worker + 300)])
        store.ingest(run, Passed(verdict=run.verdict))
"""


def test_workers_of_two_processes_at_once_lose_nothing_and_meet_no_lock_error(url: str, store: Store) -> None:
    workers = [
        subprocess.Popen([sys.executable, "-c", WORKER, url, str(start)], stderr=subprocess.PIPE) for start in (0, 100)
    ]
    assert [(each.communicate()[1].decode(), each.returncode) for each in workers] == [("", 0)] * 2
    held = store.reviews("north-dental")
    assert len(held) == 400
    assert {row.last_seen for row in held} == {"2024-02-05"}
    assert {row.first_seen for row in held} == {"2024-02-01"}


def test_the_same_landing_by_several_workers_at_once_is_the_same_rows(url: str, store: Store, dump: Dump) -> None:
    given = [review(f"r{number}", reply=answered("Sorry.")) for number in range(50)]
    ingested(store, landing(), *given)
    before = dump()

    def work(_: int) -> None:
        with open_store(url) as mine:
            ingested(mine, landing(), *given)

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert dump() == before


@pytest.mark.parametrize(
    ("on", "precision", "held"),
    [
        ("2024-01-20", "week", "2024-01-10"),
        ("2024-01-05", "week", "2024-01-05"),
        ("2024-01-01", "month", "2024-01-10"),
        ("2024-01-20", "day", "2024-01-20"),
    ],
)
def test_24_a_later_crawl_moves_a_date_only_to_an_earlier_or_a_surer_one(
    store: Store, on: str, precision: str, held: str
) -> None:
    first = Dated(on="2024-01-10", precision="week", raw="3 weeks ago")
    ingested(store, landing("l1"), review("a", posted=first))
    later = Dated(on=on, precision=precision, raw="2 months ago")  # type: ignore[arg-type]  # precisions vary by test
    ingested(store, landing("l2", as_of="2024-03-01T10:00:00Z"), review("a", posted=later))
    (found,) = store.reviews("north-dental")
    assert (found.posted_on, found.last_seen[:7]) == (held, "2024-03")


def test_20_of_two_runs_that_overlap_the_one_that_ends_first_changes_nothing_for_the_other(
    store: Store, dump: Dump
) -> None:
    early, late = landing("early", as_of="2024-02-01T10:00:00Z"), landing("late", as_of="2024-02-01T11:00:00Z")
    store.stage(early, [review("a"), review("b")])
    ingested(store, late, review("b"), review("c"))
    store.ingest(early, Passed(verdict=early.verdict))
    held = {row.text: (row.first_seen[11:13], row.last_seen[11:13]) for row in store.reviews("north-dental")}
    assert {str(text)[-2]: seen for text, seen in held.items()} == {
        "a": ("10", "10"),
        "b": ("10", "11"),
        "c": ("11", "11"),
    }
    before = dump()
    for run, names in ((late, "bc"), (early, "ab")):
        ingested(store, run, *(review(name) for name in names))
    assert dump() == before


def test_22_an_edit_that_is_taken_back_is_the_first_version_again_and_both_are_kept(store: Store, dump: Dump) -> None:
    for month, said in enumerate(("First.", "Second.", "First."), start=1):
        ingested(store, landing(f"l{month}", as_of=f"2024-0{month}-01T10:00:00Z"), review("a", text=said))
    (held,) = store.reviews("north-dental")
    assert (held.text, held.first_seen[:7], held.last_seen[:7]) == ("First.", "2024-01", "2024-03")
    assert len(dump()["review_versions"]) == 2
