"""An archive that is damaged, locked or meant to harm restores nothing, and says why."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from audits.store import open_store
from tests.flows.archives import archived, command, whole
from tests.flows.command import KEY


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which an export was checked, taken in and published."""
    return whole(tmp_path_factory.mktemp("source"))


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)


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
