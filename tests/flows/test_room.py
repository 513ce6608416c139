"""A run that breaks because the disk is full says so, whatever it was that broke on it."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from audits.store import StoreError
from flows.commands.run import broken
from flows.room import no_room
from flows.server import ServerError, prefect_api
from flows.settings import read


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))


@pytest.mark.usefixtures("full")
def test_what_breaks_on_a_full_disk_is_told_as_one_with_the_next_step(
    tmp_path: Path, api_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", api_url)
    settings = read(tmp_path)
    says = r"the disk is full \(0.0 MB left; LookupError\)\. Make room"
    with pytest.raises(ServerError, match=says), prefect_api(settings):
        raise LookupError("what a server that cannot write answers")
    assert broken(RuntimeError("odd"), settings) == 1
    assert "the disk is full" in capsys.readouterr().err
    assert no_room(settings, StoreError("the store says it itself")) is None


def test_where_there_is_room_an_error_is_told_as_what_it_is(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert no_room(settings, RuntimeError("odd")) is None
    told = no_room(settings, OSError(errno.ENOSPC, "No space left on device"))
    assert told is not None and told.startswith(f"{tmp_path}: the disk is full")
