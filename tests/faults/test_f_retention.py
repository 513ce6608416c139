"""ACCEPTANCE f44: what may no longer be kept goes, counted from the day of collecting; numbers and holds stay."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from audits.store import open_store
from flows.commands.doctor import _purged
from flows.purge import everything
from flows.retention import months_before
from flows.settings import read
from spiders.items import Dated, Landing, Reply, Review, Verdict
from spiders.landing import LandingWriter, read_landing, read_reviews
from tests.audits.store.conftest import Passed
from tests.faults.retained import FILE, facts
from tests.flows.test_persons import where


def landed(home: Path) -> Landing:
    return read_landing(home / "landings" / "corner-cafe" / "own" / "1")


def test_pages_go_after_ninety_days_and_words_after_two_years_and_stars_stay(home: Path) -> None:
    assert where(home, "zebra canary")
    (early,) = everything(home, date(2024, 5, 1))
    assert (early.pages, early.texts) == (0, 0), "90 days after 1 February is 1 May: not yet past"
    (first,) = everything(home, date(2024, 5, 2))
    assert (first.pages, first.texts, first.reviews) == (1, 0, 0)
    assert "pages purged on 2024-05-02" in landed(home).problems
    assert all("pages.warc" not in each for each in where(home, "zebra canary"))
    (second,) = everything(home, date(2026, 2, 2))
    assert (second.texts, second.reviews) == (1, 1)
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        (review,) = store.reviews("corner-cafe")
        assert (review.rating, review.text, review.posted_on) == (1.0, None, "2019-05-01")
        assert [event for _, event, _, _ in store.logged("corner-cafe")] == ["purged", "purged"]
    assert where(home, "zebra canary") == []
    told = [each.says for each in _purged(read(home))]
    assert told == ["landings/corner-cafe/own/1: pages purged on 2024-05-02; text purged on 2026-02-02"]
    (third,) = everything(home, date(2026, 2, 3))
    assert (third.pages, third.texts, third.reviews) == (0, 0, 0)


def test_a_landing_whose_manifest_is_broken_stops_neither_the_purge_of_others_nor_the_doctor(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (home / "engagements" / "a-cafe.toml").write_text(FILE.replace('"corner-cafe"', '"a-cafe"'), encoding="utf-8")
    broken = home / "landings" / "a-cafe" / "own" / "1"
    broken.mkdir(parents=True)
    (broken / "manifest.json").write_text('{"x', encoding="utf-8")
    broken_one, purged = everything(home, date(2024, 5, 2))
    assert (purged.engagement, purged.pages, purged.failed) == ("corner-cafe", 1, False)
    assert broken_one.failed and broken_one.held is not None and "was left alone" in broken_one.held
    assert "a-cafe was left alone" in caplog.text
    told = [(each.well, each.says) for each in _purged(read(home))]
    assert [well for well, _ in told] == [False, True] and "a-cafe/own/1: its manifest cannot be read" in told[0][1]


def test_a_legal_hold_keeps_everything_until_it_ends(home: Path) -> None:
    file = home / "engagements" / "corner-cafe.toml"
    file.write_text(FILE + '[retention.hold]\nreason = "claim before a court"\nuntil = 2026-06-30\n', encoding="utf-8")
    (held,) = everything(home, date(2026, 6, 30))
    assert held.held == "legal hold until 2026-06-30: claim before a court" and where(home, "zebra canary")
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        assert store.logged("corner-cafe") == [("2026-06-30", "kept", None, {"hold": True})]
    (after,) = everything(home, date(2026, 7, 1))
    assert after.held is None and (after.pages, after.texts) == (1, 1)


def test_the_engagement_file_may_ask_for_shorter_times(home: Path) -> None:
    file = home / "engagements" / "corner-cafe.toml"
    file.write_text(FILE + "[retention]\npages_days = 7\ntext_months = 1\n", encoding="utf-8")
    (done,) = everything(home, date(2024, 3, 2))
    assert (done.pages, done.texts) == (1, 1)


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 24) == date(2024, 1, 15)


def test_what_a_purge_did_can_be_read_by_a_program(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from flows.commands.purge import run

    assert run(home=home, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)[0]["texts"] == 1


def test_a_purge_that_left_an_engagement_alone_is_partial_and_says_so_to_a_program_as_well(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.commands.purge import run

    (home / "engagements" / "other.toml").write_text("engagement = ", encoding="utf-8")
    assert run(home=home, as_json=False) == 2 and capsys.readouterr().out.count("\n") == 1, "one line is an error"
    assert run(home=home, as_json=True) == 2
    told = {each["engagement"]: each for each in json.loads(capsys.readouterr().out)}
    assert told["other"]["failed"] and "other.toml was left alone" in told["other"]["held"]
    assert told["corner-cafe"]["held"] is None and not told["corner-cafe"]["failed"]


def test_a_purge_goes_on_where_an_export_was_moved_and_names_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from flows.commands.purge import run

    file = home / "engagements" / "corner-cafe.toml"
    file.write_text(FILE.replace('way = "crawl"', 'way = "capture"\nfiles = ["moved.har"]'), encoding="utf-8")
    assert run(home=home, as_json=True) == 2
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["texts"], told["reviews"], told["failed"]) == (1, 1, False) and where(home, "zebra canary") == []
    assert told["unseen"] == [f"listings[own].files: there is no file 'moved.har' in {file.parent}"]


def test_a_restored_engagement_is_purged_by_the_file_that_the_restore_wrote(home: Path) -> None:
    own = home / "engagements" / "corner-cafe" / "engagement.toml"
    own.parent.mkdir()
    (home / "engagements" / "corner-cafe.toml").rename(own)
    (done,) = everything(home, date(2026, 2, 2))
    assert (done.engagement, done.pages, done.texts) == ("corner-cafe", 1, 1) and where(home, "zebra canary") == []


def test_two_files_of_one_engagement_purge_it_once_and_a_hold_in_either_keeps_it(home: Path) -> None:
    own = home / "engagements" / "corner-cafe" / "engagement.toml"
    own.parent.mkdir()
    own.write_text(FILE + '[retention.hold]\nreason = "claim before a court"\nuntil = 2026-06-30\n', encoding="utf-8")
    (kept,) = everything(home, date(2026, 6, 30))
    assert kept.held == "legal hold until 2026-06-30: claim before a court" and not kept.failed
    (done,) = everything(home, date(2026, 7, 1))
    assert (done.pages, done.texts) == (1, 1)


def test_what_is_held_of_an_engagement_without_a_file_is_named_with_the_next_step(
    home: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    from flows.commands.purge import run

    (home / "engagements" / "corner-cafe.toml").rename(home / "elsewhere.toml")
    (home / "landings" / "landed-only" / "own").mkdir(parents=True)
    assert run(home=home, as_json=True) == 2
    told = json.loads(capsys.readouterr().out)
    assert [(each["engagement"], each["failed"]) for each in told] == [("corner-cafe", True), ("landed-only", True)]
    place = home / "engagements" / "corner-cafe" / "engagement.toml"
    assert f"Copy it, and its exports, to {place}" in caplog.text and where(home, "zebra canary")
    place.parent.mkdir()
    (home / "elsewhere.toml").rename(place)
    done, _ = everything(home, date(2026, 2, 2))
    assert (done.texts, done.failed) == (1, False)


def test_what_another_workspace_keeps_in_a_shared_store_is_not_missed_here(
    home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLTALE_STORE_URL", f"sqlite:///{home / 'store.db'}")
    here = tmp_path_factory.mktemp("other")
    assert everything(here, date(2026, 2, 2)) == []
    (here / "landings" / "landed-only" / "own").mkdir(parents=True)
    assert [each.engagement for each in everything(here, date(2026, 2, 2))] == ["landed-only"]


def test_a_person_is_not_erased_under_a_legal_hold_and_the_log_says_that_it_was_asked(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.commands.persons import forget

    file = home / "engagements" / "corner-cafe.toml"
    file.write_text(FILE + '[retention.hold]\nreason = "claim before a court"\n', encoding="utf-8")
    code = forget(file, name=None, review="a", reason="asked", who="dpo", home=home, as_json=False)
    assert code == 1 and "legal hold: claim before a court" in capsys.readouterr().err
    assert where(home, "zebra canary")
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        assert [(event, who) for _, event, who, _ in store.logged("corner-cafe")] == [("kept", "dpo")]


def test_a_replay_says_on_which_day_the_pages_went(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from flows.commands.replay import run

    everything(home, date(2024, 5, 2))
    file = home / "engagements" / "corner-cafe.toml"
    assert run(file, home=home, listing=None, show=False, keep=False, as_json=False) == 1
    assert "pages purged on 2024-05-02" in capsys.readouterr().err


def test_words_of_an_export_that_nobody_knows_the_day_of_are_kept_in_store_and_landing(home: Path) -> None:
    out = home / "landings" / "corner-cafe" / "own" / "2"
    with LandingWriter(out, pages=False) as writer:
        writer.review(Review(site="sandbox", id="b", rating=2.0, text="A quagga.", posted=Dated(on="2019-05-01")))
        landing = writer.finish(workspace=home, **(facts() | {"as_of": None, "way": "export"}))
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        store.stage(landing, read_reviews(out))
        store.ingest(landing, Passed(verdict=landing.verdict))
    (done,) = everything(home, date(2024, 3, 1))
    assert (done.texts, done.reviews, done.undated) == (0, 0, 1), "handed in yesterday, of reviews of five years ago"
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        assert "A quagga." in [each.text for each in store.reviews("corner-cafe")]


def test_words_of_rows_set_aside_and_of_held_runs_go_with_their_landing(home: Path) -> None:
    held = Verdict(name="partial", scope="full", reason="", held=True)
    for name, verdict, aside in (("2", facts()["verdict"], ((0, "it was odd"),)), ("3", held, ())):
        out = home / "landings" / "corner-cafe" / "own" / name
        with LandingWriter(out, pages=False) as writer:
            writer.evidence(name)
            said = Reply(text="A quagga answered.")
            writer.review(Review(site="sandbox", id=f"q{name}", title="Quagga", text="A quagga.", reply=said))
            landing = writer.finish(workspace=home, **(facts() | {"verdict": verdict}))
        with open_store(f"sqlite:///{home / 'store.db'}") as store:
            store.stage(landing, read_reviews(out))
            store.ingest(landing, Passed(verdict=landing.verdict, quarantined=aside))

    everything(home, date(2026, 2, 1))
    assert len([each for each in where(home, "quagga") if "INSERT" in each]) == 2, "not a day before their time"
    everything(home, date(2026, 2, 2))
    assert where(home, "quagga") == []
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        assert [each.reason for each in store.set_aside("corner-cafe")] == ["it was odd"], "and why stays"
