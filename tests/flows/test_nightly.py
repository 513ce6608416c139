"""The nightly run audits what is due, once a period; what is broken, refused or waiting does not stop the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audits.engagement.operation import Schedule
from audits.store import open_store
from audits.store.ledger import Ran
from flows.load import Work, refusals
from flows.schedule import due, following, slot
from flows.settings import read
from flows.tonight import turns
from tests.flows.command import complete, python, telltale
from tests.flows.engagements import engagement


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def ran(period: str, outcome: str | None = "complete", ended: str | None = "2024-02-05T03:00:00+00:00") -> Ran:
    return Ran(
        period=period, attempt=1, started_at="2024-02-05T02:00:00+00:00", process="p", ended_at=ended, outcome=outcome
    )


@pytest.mark.parametrize(
    ("schedule", "now", "period", "then"),
    [
        ({}, "2024-02-05T01:59", "2024-02-04", "2024-02-05T02:00:00+00:00"),
        ({}, "2024-02-05T02:00", "2024-02-05", "2024-02-06T02:00:00+00:00"),
        ({"zone": "America/New_York"}, "2024-02-05T06:59", "2024-02-04", "2024-02-05T02:00:00-05:00"),
        ({"every": "week", "on": "wednesday"}, "2024-02-06T12:00", "2024-01-31", "2024-02-07T02:00:00+00:00"),
        ({"every": "month", "day": 15}, "2024-02-10T12:00", "2024-01-15", "2024-02-15T02:00:00+00:00"),
        ({"every": "month", "day": 15}, "2024-12-15T12:00", "2024-12-15", "2025-01-15T02:00:00+00:00"),
    ],
)  # fmt: skip
def test_a_period_begins_at_the_local_time_of_the_schedule(
    schedule: dict[str, Any], now: str, period: str, then: str
) -> None:
    given = Schedule.model_validate(schedule)
    assert slot(given, at(now)).isoformat() == period
    assert following(given, at(now)).isoformat() == then


def test_missed_nights_are_made_up_for_by_one_run_and_a_clock_that_went_back_starts_none() -> None:
    held = [ran("2024-02-05")]
    assert due(Schedule(), held, at("2024-02-09T12:00")).period == "2024-02-09"
    assert due(Schedule(), held, at("2024-02-09T12:00")).due
    back = due(Schedule(), held, at("2024-02-01T12:00"))
    assert (back.due, "2024-02-05 was run before" in back.why) == (False, True)
    assert not due(Schedule(), held, at("2024-02-05T23:00")).due


def test_a_rhythm_that_was_changed_is_no_clock_that_went_back() -> None:
    held = [ran("2024-02-07")]
    slower = due(Schedule(every="week", on="monday"), held, at("2024-02-08T12:00"))
    assert (slower.due, slower.why) == (False, "2024-02-07 was run, next 2024-02-12 02:00 UTC")
    east = due(Schedule(zone="America/New_York"), [ran("2024-02-08")], at("2024-02-07T23:00"))
    assert "the clock" not in east.why, "run by a zone in which the day had begun"
    assert "the clock says 2024-02-06" in due(Schedule(), held, at("2024-02-06T09:00")).why


def test_a_failed_run_is_begun_again_later_in_its_period_and_not_at_once() -> None:
    held = [ran("2024-02-05", "failed")]
    monthly = Schedule(every="month", day=5)
    assert not due(monthly, held, at("2024-02-05T04:00")).due
    assert due(monthly, held, at("2024-02-06T02:15")).due
    assert not due(monthly, [ran("2024-02-05")], at("2024-02-06T02:15")).due


def test_a_period_is_claimed_by_one_start_and_not_while_an_earlier_one_still_runs(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:

        def claim(period: str, *, alive: bool) -> Ran | None:
            return store.ledger.claim("cafe", period, at="2024-02-05T02:00:00", process="p", alive=lambda _: alive)

        assert claim("2024-02-05", alive=True) is not None
        assert claim("2024-02-05", alive=True) is None  # doubled
        assert claim("2024-02-06", alive=True) is None  # the one before runs longer than its interval
        again = claim("2024-02-05", alive=False)  # killed
        assert again is not None and again.attempt == 2
        store.ledger.conclude("cafe", "2024-02-05", at="2024-02-05T03:00:00", outcome="complete")
        assert claim("2024-02-05", alive=False) is None
        assert claim("2024-02-06", alive=False) is not None


def test_a_rhythm_that_a_host_cannot_keep_is_refused_with_the_one_it_can() -> None:
    hours = 1.9 * 3600
    works = [Work(engagement=f"e{at:03}", host="reviews.example", seconds=hours, days=1) for at in range(100)]
    found = refusals(works)
    assert len(found) == 90  # ten fit a day of twenty hours
    assert 'every 10 days can be kept: [schedule] every = "month"' in found["e099"]
    assert "100 engagements ask reviews.example for 190.0 h a day" in found["e099"]
    assert refusals([Work(engagement=w.engagement, host=w.host, seconds=hours, days=30) for w in works]) == {}


def write(folder: Path, name: str, extra: str = "", *, key: str = "as_of", registered: bool = True) -> Path:
    """An engagement of its own exports under the workspace's `engagements`."""
    file = engagement(folder / f"{name}-files", reviews=20, key=key, registered=registered)
    text = file.read_text(encoding="utf-8").replace('"corner-cafe"', f'"{name}"')
    moved = folder / f"{name}.toml"
    moved.write_text(
        text.replace("[business]", f'files_from = "{name}-files"\n{extra}\n[business]', 1), encoding="utf-8"
    )
    file.unlink()
    return moved


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> tuple[Path, list[str]]:
    """A workspace with a good, a broken, a paused and a failing engagement, and the nights it went through."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "engagements"
    write(folder, "good")
    write(folder, "broken", key="as_off")
    write(folder, "paused", "[schedule]\npaused = true\n")
    write(folder, "unregistered", registered=False)

    # One process for all nights: what it says of each is parted by a line of its own.
    program = f"""
import sys
from pathlib import Path
from flows.console import speak
from flows.settings import quiet_prefect, read
quiet_prefect(read(Path({str(home)!r})))
from flows.nightly import nightly
from tests.flows.engagements import export
speak()
for night in sys.argv[1:]:
    if night == "hand in":
        export(Path({str(folder / "good-files" / "own.csv")!r}), reviews=26)
        continue
    nightly({str(home)!r}, at=night)
    print("-----")
"""
    whens = ["2024-02-05T02:15", "2024-02-05T02:16", "2024-02-06T02:15", "hand in", "2024-02-07T02:15"]
    ran = python("-c", program, *whens, PREFECT_API_URL=api_url)
    assert (ran.returncode, "Traceback" in ran.stdout) == (0, False), ran.stdout + ran.stderr
    return home, ran.stdout.split("-----\n")[:-1]


def test_one_that_is_broken_or_fails_does_not_stop_the_others(nights: tuple[Path, list[str]]) -> None:
    home, (first, *_) = nights
    assert "good: complete: a new draft" in first
    assert "broken: broken:" in first and "did you mean 'as_of'?" in first
    assert "unregistered: failed" in first
    assert "paused: not due: paused" in first
    assert (home / "publications" / "good" / "latest-draft" / "report.html").is_file()


def test_the_same_period_is_run_once_and_a_night_without_a_new_export_waits(nights: tuple[Path, list[str]]) -> None:
    home, (_, doubled, waiting, fresh) = nights
    assert "good: not due: 2024-02-05 was run" in doubled
    assert "good: waiting: new export due by 2024-03-03" in waiting
    assert "good: complete: a new draft" in fresh
    assert len(list((home / "publications" / "good").glob("2024-*"))) == 2
    with open_store(read(home).store_url) as store:
        assert [each.period for each in store.ledger.ran("good")] == ["2024-02-05", "2024-02-07"]


def test_the_morning_says_what_needs_a_person_what_waits_and_what_is_fine(nights: tuple[Path, list[str]]) -> None:
    home, _ = nights
    ran_ = telltale("status", "--out", home, "--at", "2024-02-07T08:00", "--json")
    lines = {line["engagement"]: line for line in json.loads(ran_.stdout)}
    assert ran_.returncode == 2
    groups = {name: line["group"] for name, line in lines.items()}
    assert groups == {"broken": "needs you", "unregistered": "needs you", "good": "fine", "paused": "fine"}
    assert lines["unregistered"]["command"].startswith("telltale audit ")
    later = telltale("status", "--out", home, "--at", "2024-03-05T08:00", "--json")
    late = {line["engagement"]: line for line in json.loads(later.stdout)}["good"]
    assert (late["group"], late["reason"]) == ("waiting on the client", "new export due by 2024-03-03, 2 days ago")
    screen = telltale("status", "--out", home, "--at", "2024-02-07T08:00").stdout
    assert screen.index("needs you (2)") < screen.index("fine (2)")


def test_what_the_next_night_reads_does_not_wait_on_the_client_however_old_its_export_is(tmp_path: Path) -> None:
    write(tmp_path / "engagements", "old")
    (line,) = json.loads(telltale("status", "--out", tmp_path, "--at", "2024-06-01T02:30", "--json").stdout)
    assert (line["engagement"], line["group"], line["reason"]) == ("old", "fine", "not run yet")


def test_two_files_of_one_engagement_and_a_hundred_of_them_are_decided_before_anything_starts(tmp_path: Path) -> None:
    folder = tmp_path / "engagements"
    for number in range(100):
        write(folder, f"e{number:03}")
    (folder / "twice.toml").write_text((folder / "e000.toml").read_text(encoding="utf-8"), encoding="utf-8")
    settings = read(tmp_path)
    with open_store(settings.store_url) as store:
        found = turns(settings, store, at("2024-02-05T02:15") + timedelta(days=1))
    assert sum(turn.standing == "due" for turn in found) == 100
    (says,) = [turn.says for turn in found if turn.standing == "broken"]
    assert says.startswith("twice.toml: e000.toml has this name too")
    assert not (tmp_path / "landings").exists()


def test_an_empty_workspace_is_no_error(tmp_path: Path, api_url: str) -> None:
    assert "no engagement file" in complete(telltale("nightly", "--out", tmp_path, PREFECT_API_URL=api_url)).stdout
    assert "No engagement file" in complete(telltale("status", "--out", tmp_path / "new")).stdout
    assert not (tmp_path / "new" / "store.db").exists()


def test_a_workspace_that_was_audited_by_hand_says_which_and_how_they_come_to_be_followed(tmp_path: Path) -> None:
    (tmp_path / "publications" / "harbour").mkdir(parents=True)
    (tmp_path / "publications" / ".staged").mkdir()
    said = complete(telltale("status", "--out", tmp_path)).stdout
    assert (f"--to {tmp_path}/engagements/harbour.toml" in said, ".staged" in said) == (True, False)


def test_what_a_killed_run_had_staged_is_cleared_by_the_next_night_and_of_no_other_engagement(tmp_path: Path) -> None:
    from flows.nightly import _cleared
    from tests.audits.store.conftest import landing, review

    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        store.stage(landing("half"), [review("a")])
        [(engagement_, _, _)] = store.unchecked()
        _cleared("another", store)
        assert len(store.unchecked()) == 1
        _cleared(engagement_, store)
        assert store.unchecked() == []


def test_the_morning_of_engagements_fed_by_exports_imports_no_parser_and_no_database_but_its_own(
    tmp_path: Path,
) -> None:
    write(tmp_path / "engagements", "one")
    with open_store(read(tmp_path).store_url):
        pass  # a new store is built by migrations, an old one is only opened
    program = (
        "import sys; from pathlib import Path; from flows.commands.operate import status;"
        f"status(home=Path({str(tmp_path)!r}), at='2024-02-05T02:15', as_json=True);"
        "print([each for each in sys.modules if each.startswith(('spiders.sites.', 'spiders.redact', 'flows.crawling',"
        " 'alembic', 'prefect', 'pandas', 'sklearn', 'numpy', 'sqlalchemy.dialects.postgresql'))])"
    )
    assert complete(python("-c", program)).stdout.splitlines()[-1] == "[]"
