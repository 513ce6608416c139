"""An engagement goes into one file and comes out of it elsewhere as it was, with the same report; or not at all."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audits.publish import publish
from audits.report.json import digest, render
from audits.store.records import StoredPublication
from audits.store.store import Store
from audits.verify import Check, verified
from flows import erase, release
from flows.cli import app
from flows.console import Stage
from flows.files import exported
from flows.mappings import Mappings
from flows.plan import Plan
from flows.retention import purged
from tests.audits.store.databases import DIALECTS, empty
from tests.flows.archives import archived, command, measured, opened, report, whole
from tests.flows.command import KEY


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which an export was checked, taken in and published."""
    return whole(tmp_path_factory.mktemp("source"))


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)


def rows(file: Path, home: Path) -> dict[str, list[str]]:
    with opened(file, home) as (plan, store):
        held = {name: [json.dumps(row, sort_keys=True) for row in found] for name, found in store.rows(plan.name)}
    return held | {"audit_log": [line.partition('"id"')[0] for line in held["audit_log"]]}


def test_what_is_restored_elsewhere_is_what_was_archived_and_is_audited_to_the_same_report(
    source: Path, tmp_path: Path
) -> None:
    code, said = command("--restore", source / "whole.zip", "--out", tmp_path)
    assert code == 0, said
    file = tmp_path / "engagements" / "corner-cafe" / "engagement.toml"
    before = rows(source / "brief" / "engagement.toml", source / "home")
    assert rows(file, tmp_path) == before
    assert len(before["reviews"]) == 60
    latest = tmp_path / "publications" / "corner-cafe" / "latest-draft"
    assert (latest.is_symlink(), (latest / "report.json").read_bytes()) == (True, b"{}")
    assert report(file, tmp_path) == report(source / "brief" / "engagement.toml", source / "home")
    assert len(rows(file, tmp_path)["runs"]) == 1


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_archive_goes_from_either_database_into_the_other_and_comes_back_as_the_same_bytes(
    source: Path, tmp_path: Path, dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with empty(dialect, tmp_path) as url:
        monkeypatch.setenv("TELLTALE_STORE_URL", url)
        assert command("--restore", source / "whole.zip", "--out", tmp_path / "there")[0] == 0
        file = tmp_path / "there" / "engagements" / "corner-cafe" / "engagement.toml"
        assert archived(file, tmp_path / "there", tmp_path / "again.zip") == 0
        assert (tmp_path / "again.zip").read_bytes() == (source / "whole.zip").read_bytes()
        assert report(file, tmp_path / "there") == REPORTS.setdefault("first", report_of(source))
    monkeypatch.delenv("TELLTALE_STORE_URL")
    assert command("--restore", tmp_path / "again.zip", "--out", tmp_path / "back")[0] == 0
    back = tmp_path / "back" / "engagements" / "corner-cafe" / "engagement.toml"
    assert rows(back, tmp_path / "back") == rows(source / "brief" / "engagement.toml", source / "home")


REPORTS: dict[str, str] = {}
"""The digest of the source's own report, made once."""


def report_of(source: Path) -> str:
    return report(source / "brief" / "engagement.toml", source / "home")


def test_the_same_engagement_is_archived_to_the_same_bytes(source: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        assert archived(source / "brief" / "engagement.toml", source / "home", tmp_path / name) == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_relative_path_is_archived_alike(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(source)
    assert archived(Path("brief/engagement.toml"), source / "home", tmp_path / "near.zip") == 0
    assert (tmp_path / "near.zip").read_bytes() == (source / "whole.zip").read_bytes()
    assert "is a folder: name a file in it" in command("brief/engagement.toml", "--to", ".", "--out", source)[1]


def test_the_key_is_in_no_archive_and_another_key_is_said(source: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(source / "whole.zip") as whole:
        assert not any(KEY.encode() in whole.read(name) for name in whole.namelist())
    ran = CliRunner().invoke(
        app,
        ["archive", "--restore", str(source / "whole.zip"), "--out", str(tmp_path)],
        env={"TELLTALE_KEY": "11" * 32},
    )
    assert (ran.exit_code, "another key" in ran.output) == (2, True)


def test_an_engagement_that_is_there_is_not_written_over(source: Path, tmp_path: Path) -> None:
    assert command("--restore", source / "whole.zip", "--out", tmp_path)[0] == 0
    code, said = command("--restore", source / "whole.zip", "--out", tmp_path)
    assert (code, "already" in said) == (1, True)
    for folder in ("landings", "publications", "engagements"):
        shutil.rmtree(tmp_path / folder)
    code, said = command("--restore", source / "whole.zip", "--out", tmp_path)
    assert (code, "holds the engagement corner-cafe already" in said) == (1, True)
    assert not (tmp_path / "landings" / "corner-cafe").exists()


def test_a_report_whose_words_were_purged_is_verified_as_far_as_it_goes_and_the_day_is_said(
    source: Path, tmp_path: Path
) -> None:
    assert command("--restore", source / "whole.zip", "--out", tmp_path)[0] == 0
    file = tmp_path / "engagements" / "corner-cafe" / "engagement.toml"
    with opened(file, tmp_path) as (plan, store):
        place, before = published(plan, store)
        assert {each.well for each in before} == {True}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(erase, "render_all", lambda made: {"report.json": render(made).encode()})
            assert purged(plan, store, date(2026, 2, 2)).reviews == 60
        (held,) = [each for each in store.publications(plan.name) if each.state == "draft"]
        again = plan.settings.home / held.path
        assert again != place, "its quotes are gone, so it was re-issued"
        checks = {each.what: each for each in verified(again, store.publications(plan.name), store, plan.name)}
    assert checks["purged"].well is None and "60 reviews were purged on 2026-02-02" in checks["purged"].says
    assert {name: each.says for name, each in checks.items() if each.well is False} == {}


def published(plan: Plan, store: Store) -> tuple[Path, list[Check]]:
    """A report that is published as its JSON alone, and what verifying it says."""
    landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
    findings, reviews, sources = measured(plan, store, landings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "render_all", lambda made, paper: {})
        patch.setattr(release, "screen", lambda made: {})
        made = release.reported.fn(plan, findings, reviews, sources, Stage("report"))[0]
    forms = {"report.json": render(made).encode()}
    out = publish(forms, root=plan.settings.publications, engagement=plan.name, audit_id="2024-b")
    path = out.path.relative_to(plan.settings.home).as_posix()
    held = {"audit": out.audit, "revision": 1, "state": "draft", "path": path, "files": out.files}
    store.save_publication(plan.name, StoredPublication(report_digest=digest(made), **held))
    return out.path, verified(out.path, store.publications(plan.name), store, plan.name)
