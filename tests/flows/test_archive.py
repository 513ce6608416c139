"""An engagement goes into one file and comes out of it elsewhere as it was, with the same report; or not at all."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audits.analysis.values import Findings
from audits.publish import publish
from audits.report.cover import SourceLine
from audits.report.json import digest, render
from audits.store import open_store
from audits.store.records import StoredPublication, StoredReview
from audits.store.store import Store
from audits.verify import Check, verified
from flows import erase, release
from flows.admit import admitted
from flows.analyse import analysed, assessed, likened, read_anew
from flows.cli import app
from flows.console import Stage
from flows.files import exported
from flows.mappings import Mappings
from flows.plan import Plan, planned
from flows.retention import purged
from spiders.items import Landing
from tests.audits.store.databases import DIALECTS, empty
from tests.flows.command import KEY
from tests.flows.engagements import engagement


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which an export was checked, taken in and published."""
    folder = tmp_path_factory.mktemp("source")
    file = engagement(folder / "brief")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TELLTALE_KEY", KEY)
        report(file, folder / "home")
    publish({"report.json": b"{}"}, root=folder / "home" / "publications", engagement="corner-cafe", audit_id="2024-a")
    assert archived(file, folder / "home", folder / "whole.zip") == 0
    return folder


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)


def command(*words: str | Path) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["archive", *map(str, words)], env={"TELLTALE_KEY": KEY})
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.output


def archived(file: Path, home: Path, to: Path) -> int:
    return command(file, "--to", to, "--out", home)[0]


@contextmanager
def opened(file: Path, home: Path) -> Iterator[tuple[Plan, Store]]:
    plan = planned(file, home=home)
    with open_store(plan.settings.store_url) as store:
        yield plan, store


def report(file: Path, home: Path) -> str:
    """The digest of the report that an audit of the file in this workspace makes."""
    with opened(file, home) as (plan, store), pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "screen", lambda made: {})
        patch.setattr(release, "render_all", lambda made, paper: {})  # the forms are renderings of the report alone
        store.declare(plan.engagement)
        landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
        findings, reviews, sources = measured(plan, store, landings)
        return digest(release.reported.fn(plan, findings, reviews, sources, Stage("report"))[0])


def measured(
    plan: Plan, store: Store, landings: list[Landing]
) -> tuple[Findings, list[StoredReview], tuple[SourceLine, ...]]:
    """The landings taken in, read and measured, as the audit flow does it."""
    sources, held = admitted.fn(plan, store, landings, {}, Stage("check"))
    reviews = assessed(plan, sources, held)
    read_anew(plan, store, reviews, Stage("analyse"))
    with likened(plan, sources, reviews) as likeness:
        return analysed.fn(plan, store, sources, reviews, likeness, Stage("analyse"))[0], reviews, sources


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


def changed(source: Path, to: Path, name: str, body: bytes, called: str | None = None) -> Path:
    """The archive with one member's body, or name, changed."""
    with zipfile.ZipFile(source / "whole.zip") as whole, zipfile.ZipFile(to, "w") as into:
        for each in whole.namelist():
            manifest = each == "manifest.json" and called
            held = whole.read(each).replace(name.encode(), called.encode()) if manifest and called else whole.read(each)
            into.writestr(called or each if each == name else each, body if each == name and not called else held)
    return to


@pytest.mark.parametrize(
    ("name", "called", "says"),
    [
        ("rows/reviews.jsonl", None, "digests differ"),
        ("rows/reviews.jsonl", "../../reviews.jsonl", "outside the workspace"),
        ("rows/reviews.jsonl", "/etc/reviews.jsonl", "outside the workspace"),
        ("engagement/own.csv", "landings/another/own.csv", "not of the engagement"),
    ],
)
def test_a_damaged_or_hostile_archive_restores_nothing(
    source: Path, tmp_path: Path, name: str, called: str | None, says: str
) -> None:
    file = changed(source, tmp_path / "bad.zip", name, b"{}\n", called)
    code, said = command("--restore", file, "--out", tmp_path / "home")
    assert (code, says in said) == (1, True), said
    assert not list((tmp_path / "home").rglob("*.csv"))
    with open_store(f"sqlite:///{tmp_path / 'home' / 'store.db'}") as store:
        assert store.reviews("corner-cafe") == []


@pytest.mark.parametrize(
    ("link", "target"),
    [("landings/another/2024/x", "elsewhere"), ("store.db", "y"), ("publications/another/latest", "2024-a")],
)
def test_a_link_of_another_engagement_or_place_restores_nothing(
    source: Path, tmp_path: Path, link: str, target: str
) -> None:
    with zipfile.ZipFile(source / "whole.zip") as whole, zipfile.ZipFile(tmp_path / "bad.zip", "w") as into:
        for each in whole.namelist():
            body = whole.read(each)
            if each == "manifest.json":
                manifest = json.loads(body)
                body = json.dumps(manifest | {"links": {link: target}}).encode()
            into.writestr(each, body)
    code, said = command("--restore", tmp_path / "bad.zip", "--out", tmp_path / "home")
    assert (code, f"{link} in the archive is not of the engagement corner-cafe" in said) == (1, True), said
    assert not (tmp_path / "home" / link).is_symlink()
    assert not (tmp_path / "home" / "landings" / "corner-cafe").exists()


def test_an_archive_that_somebody_locked_with_a_password_is_refused_in_a_sentence(source: Path, tmp_path: Path) -> None:
    body = bytearray((source / "whole.zip").read_bytes())
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):  # both headers of every member
        at = body.find(mark)
        while at >= 0:
            body[at + flags] |= 1
            at = body.find(mark, at + 4)
    (tmp_path / "locked.zip").write_bytes(body)
    code, said = command("--restore", tmp_path / "locked.zip", "--out", tmp_path / "home")
    assert (code, "locked with a password" in said) == (1, True), said


def test_an_archive_that_could_not_be_written_leaves_no_part_of_it(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.archive.os.fsync", full)
    assert archived(source / "brief" / "engagement.toml", source / "home", tmp_path / "whole.zip") == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_archive_or_a_damaged_one_is_refused_in_a_sentence(source: Path, tmp_path: Path) -> None:
    body = bytearray((source / "whole.zip").read_bytes())
    at = 30 + int.from_bytes(body[26:28], "little") + int.from_bytes(body[28:30], "little")  # past the first header
    body[at : at + 8] = b"\xff" * 8
    for held, says in ((b"PK\x03\x04 and then nothing", "not an archive"), (body, "it is damaged")):
        (tmp_path / "x.zip").write_bytes(held)
        code, said = command("--restore", tmp_path / "x.zip", "--out", tmp_path / "home")
        assert (code, says in said) == (1, True)
    assert command("--out", tmp_path)[0] == 1


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
