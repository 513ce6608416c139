"""Connections: one writer at a time, readers never wait, every transaction begins where it says it does."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from audits.store import StoreError

BUSY_SECONDS = 600
"""How long a writer waits for those before it: an ingest of 100,000 reviews takes half a minute."""
CACHE_KIB = 32_768
"""Of SQLite's pages in memory, a connection: with its usual 2 MiB, reading a million reviews takes a quarter longer."""
WRITERS = 7_311_835
"""The advisory lock of PostgreSQL that a writer holds until its transaction ends; any number that stays."""


def connected(url: str) -> Engine:
    """An engine for the URL. A password in it is never printed."""
    try:
        parsed = make_url(url)
        lite = parsed.get_backend_name() == "sqlite"
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")  # the one driver that is installed
        arguments = {"timeout": BUSY_SECONDS} if lite else {}
        engine = create_engine(
            parsed, connect_args=arguments, json_serializer=compact, hide_parameters=True, pool_pre_ping=not lite
        )
    except (ArgumentError, ImportError, ValueError):
        raise StoreError(
            "The store's address is not a database URL that can be used here, such as sqlite:////folder/store.db."
        ) from None
    if lite:
        event.listen(engine, "connect", _prepared)
        event.listen(engine, "begin", _begun)
    return engine


def compact(value: Any) -> str:
    """JSON as the store writes it: the same value is the same text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _prepared(connection: Any, _record: Any) -> None:
    """Take BEGIN from the driver, which skips it before reads and DDL; let readers and the writer pass each other."""
    connection.isolation_level = None
    waits, holds = f"busy_timeout = {BUSY_SECONDS * 1000}", f"cache_size = -{CACHE_KIB}"
    for setting in (waits, holds, "journal_mode = WAL", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {setting}")


def _begun(connection: Connection) -> None:
    """A writer takes the lock at once: a read that later wants to write would fail instead of waiting."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _alone(connection: Connection) -> None:
    """What BEGIN IMMEDIATE is to SQLite: writers of one PostgreSQL store follow each other, and none is turned back.

    What the writer reads afterwards holds all that the one before it wrote, since every statement sees what was
    committed when it began; unique keys stand behind that.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the store throughout."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    try:
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
    except OperationalError as wrong:
        raise StoreError(f"The store {named(engine)} could not be read: {_said(wrong)}.") from None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: everything in it is written, or nothing."""
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            _alone(connection)
            yield connection
    except OperationalError as wrong:
        raise StoreError(f"The store {named(engine)} could not be written: {_said(wrong)}.") from None


def overwritten(engine: Engine) -> None:
    """Write the SQLite file anew: a deleted row otherwise stays in its free pages, and in the log of what was written.

    PostgreSQL cleans its own pages in time; its autovacuum is on unless somebody turned it off.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        for order in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.cursor().execute(order).fetchall()
    except sqlite3.OperationalError as wrong:
        raise StoreError(f"It is erased, but the store's file still holds traces ({wrong}). Run it again.") from None
    finally:
        raw.close()


def named(engine: Engine) -> str:
    """Which store it is: the file, or host and database; never who opens it with which password."""
    url = engine.url
    return str(url.database) if engine.dialect.name == "sqlite" else f"{url.host or 'localhost'}/{url.database}"


def _said(wrong: DBAPIError) -> str:
    """The database's own words in one line; they name the host and the file, never a password."""
    return " ".join(str(wrong.orig).split()).rstrip(".")
