"""The morning says that nights have stopped, or are kept away, whatever the rhythm."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.store import open_store
from flows.commands import operate
from flows.morning import morning
from flows.settings import read
from tests.flows.test_nightly import at, write


@pytest.mark.parametrize(("every", "missed"), [("day", "2024-02-09"), ("week", "2024-02-16")])
def test_a_crawl_that_no_night_runs_any_more_is_said_whatever_its_rhythm(
    tmp_path: Path, every: str, missed: str
) -> None:
    file = write(tmp_path / "home" / "engagements", "quay", f'[schedule]\nevery = "{every}"\n')
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ('way = "export"', 'way = "crawl"\nurl = "http://127.0.0.1:1/quay"\nlocal = true'),
        ('files = ["own.csv"]', ""),
        ('site = "own-site"', 'site = "sandbox"'),
        ('basis = "client export"', 'basis = "sandbox"'),
    ):
        text = text.replace(old, new)
    file.write_text("\n".join(line for line in text.splitlines() if not line.startswith("as_of")), encoding="utf-8")
    settings = read(tmp_path / "home")
    with open_store(settings.store_url) as store:
        store.ledger.claim("quay", "2024-02-05", at="2024-02-05T02:00:00+00:00", process="p", alive=lambda _: False)
        store.ledger.conclude("quay", "2024-02-05", at="2024-02-05T03:00:00+00:00", outcome="complete")
        assert [each.group for each in morning(settings, store, at("2024-02-06T09:00"))] == ["fine"]
        [line] = morning(settings, store, at(f"{missed}T09:00"))
    assert line.group == "needs you" and line.reason.startswith("no run since that of 2024-02-05: is the nightly")


def test_a_run_on_record_in_a_far_future_keeps_nights_away_and_the_morning_says_so(tmp_path: Path) -> None:
    write(tmp_path / "engagements", "quay")
    settings = read(tmp_path)
    with open_store(settings.store_url) as store:
        store.ledger.claim("quay", "2031-01-01", at="2031-01-01T02:00:00+00:00", process="p", alive=lambda _: False)
        store.ledger.conclude("quay", "2031-01-01", at="2031-01-01T03:00:00+00:00", outcome="complete")
        (line,) = morning(settings, store, at("2024-02-06T09:00"))
    assert (line.group, "before 2031-01-01" in line.reason) == ("needs you", True)


@pytest.mark.parametrize("time", ["garbage", "", "2024-13-01", "2024-02-05T25:00", "99999-01-01", "9999-12-31"])
def test_a_time_that_is_none_is_a_sentence_before_anything_starts(
    tmp_path: Path, time: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.commands.operate.prefect_api", None)
    assert operate.nightly(home=tmp_path, at=time, as_json=False) == 1
    assert operate.status(home=tmp_path, at=time, as_json=False) == 1
    said = capsys.readouterr().err
    assert said.count(f"--at: {time!r} is not a time such as 2024-05-03 or 2024-05-03T02:00:00+02:00\n") == 2


def test_no_morning_says_to_audit_the_second_of_two_files_that_bear_one_name(tmp_path: Path) -> None:
    """It might be another client's, whose reviews would come among the first one's."""
    write(tmp_path / "engagements", "first")
    file = tmp_path / "engagements" / "first.toml"
    file.with_name("second.toml").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    settings = read(tmp_path)
    with open_store(settings.store_url) as store:
        (line,) = [
            each for each in morning(settings, store, at("2024-02-05T02:15")) if each.reason.startswith("second")
        ]
    assert "give one of them another" in line.reason and line.command is None
