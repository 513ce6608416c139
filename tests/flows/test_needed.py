"""What no figure of an audit asks for is not read; a figure that comes to ask for it has it read then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from audits.store import open_store
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.admit import admitted
from flows.ahead import ahead
from flows.analyse import as_of, read_anew
from flows.console import Stage
from flows.files import exported
from flows.mappings import Mappings
from flows.needed import needed
from flows.plan import Plan, planned, today
from tests.flows.command import KEY, complete, telltale
from tests.flows.engagements import engagement

DAY = "2024-02-01"
HELD = 180
SINCE = "\n[period]\nstart = 2023-03-01\n"
STEP = '\n[[interventions]]\ndate = 2022-10-01\nwhat = "A second telephone"\n'


def file(folder: Path, *parts: str) -> Path:
    found = engagement(folder, reviews=HELD)
    found.write_text(found.read_text(encoding="utf-8") + "".join(parts), encoding="utf-8")
    return found


@pytest.fixture
def brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Plan, Store]]:
    """Reviews of two years, of which the period holds those since March."""
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    plan = planned(file(tmp_path / "brief", SINCE), home=tmp_path / "home")
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        yield plan, store


def days(reviews: list[StoredReview]) -> list[str]:
    return sorted(review.posted_on or "" for review in reviews)


def test_reviews_from_before_the_period_are_not_read_and_the_run_says_of_how_many(brief: tuple[Plan, Store]) -> None:
    plan, store = brief
    with ahead(plan, store) as early:
        landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
        sources, held = admitted.fn(plan, store, landings, {}, Stage("check"), early.begin)
        wanted = needed(plan, store, as_of(plan, sources, held), held)
        assert early.ended() == len(wanted) < HELD / 2
    said = Stage("analyse")
    assert read_anew(plan, store, wanted, said, ahead=early.ended(), held=len(held)) == 0
    assert said.counted.startswith(f"{len(wanted)} of {HELD} reviews, {len(wanted)} new to the model")
    assert min(days(wanted)) >= "2023-03-01"


def test_a_step_has_its_history_read_and_a_day_that_nobody_knows_is_read_too(
    brief: tuple[Plan, Store], tmp_path: Path
) -> None:
    plan, store = brief
    landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
    held = list(admitted.fn(plan, store, landings, {}, Stage("check"), None)[1])
    early = [review for review in held if (review.posted_on or "") < "2023-03-01"]
    undated = early[0]._replace(posted_on=None)
    assert undated in needed(plan, store, DAY, [undated, *early])
    stepped = planned(file(tmp_path / "stepped", SINCE, STEP), home=tmp_path / "home")
    assert min(days(needed(stepped, store, DAY, held))) < "2022-10-01"


def test_an_audit_of_which_no_day_is_known_speaks_of_today(brief: tuple[Plan, Store]) -> None:
    plan, store = brief
    landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
    sources, held = admitted.fn(plan, store, landings, {}, Stage("check"), None)
    undated = [review._replace(posted_on=None) for review in held]
    engagement = plan.engagement.model_copy(update={"as_of": None})
    unfetched = [replace(source, as_of=None) for source in sources]
    assert as_of(replace(plan, engagement=engagement), unfetched, undated) == today().isoformat()


def test_a_file_that_is_newer_than_what_was_fetched_beside_it_moves_the_audits_day(brief: tuple[Plan, Store]) -> None:
    plan, store = brief
    landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
    sources, held = admitted.fn(plan, store, landings, {}, Stage("check"), None)
    saved = replace(sources[0], listing="saved-pages", as_of="2023-06-30T08:00:00Z")
    file_ = replace(sources[0], as_of=None)
    unfixed = replace(plan, engagement=plan.engagement.model_copy(update={"as_of": None}))
    newest = max(review.posted_on or "" for review in held)
    assert newest > "2023-06-30"
    assert as_of(unfixed, [saved, file_], held) == newest
    assert as_of(unfixed, [saved, replace(file_, as_of="2023-05-01")], held) == "2023-06-30"


def test_a_report_is_the_same_whether_or_not_older_reviews_were_read(tmp_path: Path, api_url: str) -> None:
    def leaks(home: Path, *periods: str) -> object:
        for period in periods:
            complete(telltale("audit", file(home / "engagements", period), "--out", home, PREFECT_API_URL=api_url))
        report = home / "publications" / "corner-cafe" / "latest-draft" / "report.json"
        return json.loads(report.read_text(encoding="utf-8"))["leaks"]

    assert leaks(tmp_path / "short", SINCE) == leaks(tmp_path / "long", "", SINCE) != []
