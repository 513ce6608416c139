"""A workspace begins with the empty history of runs that its environment keeps, and never loses one that it has."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from flows import blank
from flows.settings import Settings, read


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A new workspace in an environment that keeps an empty history."""
    kept = tmp_path / "kept.db"
    with sqlite3.connect(kept) as made:
        made.execute("create table flow_run (id text)")
    monkeypatch.setattr(blank, "blank", lambda: kept)
    settings = read(tmp_path / "home")
    settings.prefect_home.mkdir(parents=True)
    return settings


def test_a_new_workspace_begins_with_a_copy(workspace: Settings, tmp_path: Path) -> None:
    blank.begun(workspace)
    assert (workspace.prefect_home / blank.HISTORY).read_bytes() == (tmp_path / "kept.db").read_bytes()


def test_a_history_that_is_there_stays(workspace: Settings) -> None:
    (workspace.prefect_home / blank.HISTORY).write_bytes(b"mine")
    blank.begun(workspace)
    assert (workspace.prefect_home / blank.HISTORY).read_bytes() == b"mine"


def test_a_database_that_is_named_elsewhere_is_left_to_prefect(
    workspace: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", "postgresql+asyncpg://x")
    blank.begun(workspace)
    assert not (workspace.prefect_home / blank.HISTORY).exists()


def test_the_environment_keeps_what_prefect_built_and_nothing_in_it() -> None:
    """Made with the environment (`make .venv/ready`); every table but the revision's is empty."""
    if not blank.blank().is_file():
        blank.built()
    with sqlite3.connect(blank.blank()) as kept:
        tables = [name for (name,) in kept.execute("select name from sqlite_master where type = 'table'")]
        full = {name for name in tables if kept.execute(f'select 1 from "{name}" limit 1').fetchone()}
    assert "flow_run" in tables and full == {"alembic_version"}
