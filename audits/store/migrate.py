"""Brings a store to the current revision in one transaction, or refuses it with a sentence."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from audits.store import StoreError
from audits.store.engine import named, reading, writing

HEAD = "0011"
"""The newest revision in `migrations/versions`, repeated here so that opening a current store costs no import."""
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """After this the store is at `HEAD`; raises `StoreError` for a newer store, a broken or a read-only file."""
    try:
        with reading(engine) as connection:
            if revision(connection) == HEAD:
                return
        with writing(engine) as connection:
            _upgrade(connection)
    except DBAPIError as wrong:
        wayout = "Restore it from its last backup, or begin anew in another workspace (--out)."
        raise StoreError(f"The store {named(engine)} cannot be opened: {wrong.orig}. {wayout}") from None


def revision(connection: Connection) -> str | None:
    """The revision that the store is at, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    """Run inside the write lock, so two workers that open a new store at once do not both build it."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = revision(connection)
    if found is not None and found not in known:
        raise StoreError(
            f"The store is at revision {found}, which this version of Telltale does not know: it was written by a "
            "newer one. Use that version, or another workspace."
        )
    command.upgrade(config, "head")
