"""A night drafts a report only where a reader of the last published one, or an alert, would act on what changed."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audits.store import open_store
from flows.material import Told, changed, read
from flows.settings import read as settings
from flows.watch import EVENT
from tests.flows.command import complete, python, telltale
from tests.flows.engagements import engagement

NAME = "corner-cafe"
KIND = (
    "The bread was warm and the butter was salted just right.",
    "A lovely evening, and the waiter remembered us from last year.",
    "Best lamb we have had this winter.",
    "The garden room is charming and the soup was excellent.",
    "Wonderful cakes, and so many of them.",
    "My mother still talks about the fish pie.",
)
BEFORE = Told(
    as_of="2024-02-01",
    held=400,
    made_by={"model": "a", "engagement file": "b"},
    listings={"own": "complete True A"},
    leaks=["queue", "booking", "price-level"],
    ties=[["booking", "price-level"]],
    figures={"rating": [3.42, 3.3, 3.5, 0.1], "queue": [0.121, 0.09, 0.16, 0.01], "booking": [0.05, 0.03, 0.08, None]},
    cases={},
    stands={"report": "shares", "direction:queue": "steady", "target:aa": "cannot tell"},
    grave={"aa": False, "bb": True},
)


def after(**now: Any) -> tuple[str, ...]:
    return changed(BEFORE, replace(BEFORE, **now))


def test_figures_that_move_within_what_was_printed_are_nothing_new() -> None:
    figures = {"rating": [3.48, 3.4, 3.6, 0.1], "queue": [0.1285, 0.1, 0.16, 0.01], "booking": [0.07, 0.05, 0.1, None]}
    assert after(figures=figures, held=412, as_of="2024-02-20") == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [("rating", 3.52), ("queue", 0.1315), ("queue", 0.111), ("booking", 0.081), ("booking", 0.029)],
)
def test_a_figure_beyond_its_interval_or_another_number_on_the_first_page_is_material(name: str, value: float) -> None:
    figures = BEFORE.figures | {name: [value, *BEFORE.figures[name][1:]]}
    assert after(figures=figures) == (f"moved: {name}",)
    assert after(figures={key: held for key, held in BEFORE.figures.items() if key != name}) == (f"moved: {name}",)


def test_leaks_that_cannot_be_told_apart_may_change_places_and_others_may_not() -> None:
    assert after(leaks=["queue", "price-level", "booking"]) == ()
    assert after(leaks=["booking", "queue", "price-level"]) == ("order: booking before queue",)
    assert after(leaks=["queue", "price-level", "booking"], ties=[]) == ("order: price-level before booking",)
    assert after(leaks=["queue", "booking", "safety"]) == ("ranked: safety", "gone: price-level")


def test_what_made_it_how_listings_ended_and_what_is_told_in_words_are_material() -> None:
    assert after(made_by=BEFORE.made_by | {"model": "c"}) == ("made with another model",)
    assert after(listings={"own": "complete True B"}) == ("own ended otherwise",)
    assert after(stands=BEFORE.stands | {"direction:queue": "rising"}) == ("a direction",)
    assert after(stands=BEFORE.stands | {"target:aa": "reached"}) == ("a target",)
    assert after(stands=BEFORE.stands | {"place:queue:cc": "worse"}) == ("a location",)
    assert after(cases={"queue": 3}) == ("cases: queue",)


def test_a_grave_case_is_material_when_it_comes_or_is_answered_and_not_when_its_time_has_passed() -> None:
    assert after(grave=BEFORE.grave | {"cc": False}) == ("a new grave case",)
    assert after(grave=BEFORE.grave | {"aa": True}) == ("a reply to a grave case",)
    assert after(grave={"aa": False}) == ()


def test_a_draft_stands_for_a_month_at_most() -> None:
    assert after(as_of="2024-03-02") == ()
    assert after(as_of="2024-03-03") == ("the last draft is of 2024-02-01",)


def test_what_another_version_kept_is_not_compared() -> None:
    kept = json.loads(json.dumps(BEFORE.plain()))
    assert read(kept) == BEFORE
    assert read({**kept, "mood": 1}) is None and read(None) is None


def handed_in(file: Path, number: int, stars: int, text: str) -> None:
    with file.open("a", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerow((f"new{number}", "2024-01-30", stars, "", text))


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> tuple[Path, Path, list[str]]:
    """A workspace, its engagement file, and what was said in nights that each began with one more review."""
    home = tmp_path_factory.mktemp("home")
    file = engagement(home / "engagements", reviews=60)
    program = f"""
import sys
from pathlib import Path
from flows.console import speak
from flows.settings import quiet_prefect, read
quiet_prefect(read(Path({str(home)!r})))
from flows.nightly import nightly
from tests.flows.test_material import KIND, handed_in
speak()
for night in range(int(sys.argv[1])):
    if night:
        grave = "I had an allergic reaction because nobody told the kitchen about the nuts."
        stars, text = (5, KIND[night - 1]) if night < 6 else (1, grave)
        handed_in(Path({str(file.parent / "own.csv")!r}), night, stars, text)
    nightly({str(home)!r}, at=f"2024-02-{{5 + night:02}}T02:15")
    print("-----")
"""
    ran = python("-c", program, "7", PREFECT_API_URL=api_url)
    assert (ran.returncode, "Traceback" in ran.stdout) == (0, False), ran.stdout + ran.stderr
    return home, file, ran.stdout.split("-----\n")[:-1]


def test_a_night_with_one_more_kind_review_makes_no_draft_and_says_so(nights: tuple[Path, Path, list[str]]) -> None:
    _, _, (first, *spared) = nights
    assert f"{NAME}: complete: a new draft" in first
    for more, night in enumerate(spared[:2], 1):
        new = "1 new review" if more == 1 else f"{more} new reviews"
        assert f"{new}, nothing that a reader of the report would act on changed since 2024-02-01" in night
        assert f"{60 + more} reviews, 1 new to the model" in night  # what was read the night before is kept
        assert "report  " not in night and "publish  " not in night


def test_small_steps_are_held_against_what_was_published_and_add_up(nights: tuple[Path, Path, list[str]]) -> None:
    _, _, (*_, third, fourth, fifth, grave) = nights
    assert "since 2024-02-01 changed: moved: rating" in third and f"{NAME}: complete: a new draft" in third
    assert f"{NAME}: complete: 1 new review, nothing" in fourth
    assert f"{NAME}: complete: 2 new reviews, nothing" in fifth
    assert "a new grave case" in grave and f"{NAME}: complete: a new draft" in grave


def test_every_night_is_watched_and_only_what_is_published_is_an_audit(nights: tuple[Path, Path, list[str]]) -> None:
    home, _, _ = nights
    with open_store(settings(home).store_url) as store:
        events = [event for _, event, _, _ in store.logged(NAME)]
        ran = store.ledger.ran(NAME)
        kept = json.dumps([detail for _, _, _, detail in store.logged(NAME)])
    assert (events.count(EVENT), events.count("published"), events.count("spared")) == (7, 3, 4)
    assert [bool(each.detail.get("spared")) for each in ran] == [False, True, True, False, True, True, False]
    assert ran[1].detail["audit"] == ran[0].detail["audit"] != ran[4].detail["audit"]
    assert not [text for text in (*KIND, "allergic", "Corner") if text in kept]


def test_the_morning_finds_such_a_night_fine_and_a_person_gets_a_draft_all_the_same(
    nights: tuple[Path, Path, list[str]], api_url: str
) -> None:
    home, file, _ = nights
    handed_in(file.parent / "own.csv", 70, 5, KIND[5])
    night = telltale("nightly", "--out", home, "--at", "2024-02-20T02:15", PREFECT_API_URL=api_url)
    assert "1 new review, nothing that a reader" in complete(night).stdout
    (line,) = json.loads(telltale("status", "--out", home, "--at", "2024-02-20T08:00", "--json").stdout)
    assert (line["group"], line["reason"].split(", ")[:2]) == ("fine", ["2024-02-20: complete", "1 new review"])
    before = {each.name for each in (home / "publications" / NAME).glob("2024-*")}
    asked = telltale("audit", file, "--out", home, "--json", PREFECT_API_URL=api_url)
    outcome = json.loads(complete(asked, noisy=True).stdout)
    assert outcome["fresh"] and outcome["audit"] not in before
