"""The master key can be changed, or be lost: what each does to authors, to the forgotten and to what is held."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audits.store import open_store
from audits.store.records import StoredReview
from flows import keys
from flows.admit import admitted
from flows.cli import app
from flows.console import Stage
from flows.erase import forgotten, person
from flows.files import exported
from flows.mappings import Mappings
from flows.plan import planned
from flows.settings import SettingsError, read
from tests.flows.command import KEY
from tests.flows.test_persons import PERSON, SAID, written

NEW, OTHER = "5a" * 32, "c3" * 32


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engagement with an export in which the person stands, taken in; the person is forgotten afterwards."""
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    made = written(tmp_path / "in")
    taken(made, tmp_path / "home")
    forget(made, tmp_path / "home")
    return made


def taken(file: Path, home: Path, *, more: int | None = None) -> list[StoredReview]:
    """The reviews that are held once the export, with one review more and of a later day if asked, was read again."""
    if more is not None:
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"as_of = 2024-02-\d\d", f"as_of = 2024-02-{more + 1:02}", text), encoding="utf-8")
        with (file.parent / "own.csv").open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        rows.append(rows[-1] | {"id": f"more{more}", "text": "Nobody rang back."})
        with (file.parent / "own.csv").open("w", encoding="utf-8", newline="") as opened:
            table = csv.DictWriter(opened, rows[0])
            table.writeheader()
            table.writerows(rows)
    plan = planned(file, home=home)
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
        admitted.fn(plan, store, landings, {}, Stage("check"))
        return store.reviews(plan.name)


def forget(file: Path, home: Path) -> None:
    plan = planned(file, home=home)
    with open_store(plan.settings.store_url) as store:
        who = person(plan, store, name=PERSON, review=None, reason="asked")
        assert forgotten(plan, store, who, by="dpo").reviews == 1


def rotated(home: Path, *words: str, **env: str) -> str:
    ran = CliRunner().invoke(app, ["rotate-key", "--who", "dpo", *words, "--out", str(home)], env=env)
    assert ran.exit_code == 0, ran.output
    return ran.output


def events(home: Path) -> list[tuple[str, str | None]]:
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        return [(event, who) for _, event, who, _ in store.logged("corner-cafe")]


def test_under_a_new_master_key_authors_stay_who_they_were_and_the_forgotten_stay_away(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    before = {each.key: (each.author_key, each.content_hash) for each in taken(file, home)}
    told = rotated(home, TELLTALE_KEY=KEY, TELLTALE_NEW_KEY=NEW)
    assert "1 of 1 engagements" in told and ("key-rotated", "dpo") in events(home)

    with pytest.raises(SettingsError, match="rotate-key"):
        planned(file, home=home)
    monkeypatch.setenv("TELLTALE_KEY", NEW)
    held = taken(file, home, more=1)
    assert {each.key: (each.author_key, each.content_hash) for each in held if each.key in before} == before
    assert len(held) == len(before) + 1 and not [each for each in held if each.text == SAID]
    for place in (each for each in home.rglob("*") if each.is_file()):
        assert not any(key.encode() in place.read_bytes() for key in (KEY, NEW)), place
    assert (home / "keys" / "corner-cafe.json").stat().st_mode & 0o077 == 0
    assert "0 of 1 engagements" in rotated(home, TELLTALE_KEY=KEY, TELLTALE_NEW_KEY=NEW), "the same again does nothing"


def test_a_key_that_the_workspace_keeps_is_replaced_once_every_engagement_is_under_the_new_one(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "key").write_text(KEY, encoding="ascii")
    monkeypatch.delenv("TELLTALE_KEY")
    same = planned(file, home=home).key
    with monkeypatch.context() as patch:
        patch.setattr(keys, "rotate", stopped)
        assert CliRunner().invoke(app, ["rotate-key", "--out", str(home)]).exit_code != 0
    assert (home / "key").read_text() == KEY and (home / "key.next").exists()
    begun = (home / "key.next").read_text()
    rotated(home)
    assert (home / "key").read_text() == begun and not (home / "key.next").exists()
    assert planned(file, home=home).key == same


def stopped(*_: object) -> bool:
    raise KeyboardInterrupt


def test_a_lost_key_is_said_and_costs_the_authors_but_not_what_is_held(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    before = taken(file, home)
    rotated(home, TELLTALE_KEY=KEY, TELLTALE_NEW_KEY=NEW)
    monkeypatch.setenv("TELLTALE_KEY", OTHER)
    with pytest.raises(SettingsError, match="--lost"):
        planned(file, home=home)
    assert "forget again" in rotated(home, "--lost", TELLTALE_KEY=OTHER)
    assert ("key-lost", "dpo") in events(home)
    after = taken(file, home, more=2)
    assert {each.key for each in before} < {each.key for each in after}
    assert not {each.author_key for each in after} & {each.author_key for each in before}
    assert not [each for each in after if each.text == SAID], "the review of the forgotten has a tombstone of its own"


def test_an_archive_carries_the_wrapped_key_and_opens_under_the_same_master_key(file: Path, tmp_path: Path) -> None:
    home, archive, env = tmp_path / "home", tmp_path / "whole.zip", {"TELLTALE_KEY": NEW}
    rotated(home, TELLTALE_KEY=KEY, TELLTALE_NEW_KEY=NEW)
    made = CliRunner().invoke(app, ["archive", str(file), "--to", str(archive), "--out", str(home)], env=env)
    assert made.exit_code == 0, made.output
    for place, key, code in (("same", NEW, 0), ("other", OTHER, 2)):
        words = ["archive", "--restore", str(archive), "--out", str(tmp_path / place)]
        assert CliRunner().invoke(app, words, env={"TELLTALE_KEY": key}).exit_code == code
    same = keys.carried(read(tmp_path / "same"), "corner-cafe")
    assert same is not None and same == keys.carried(read(home), "corner-cafe")
