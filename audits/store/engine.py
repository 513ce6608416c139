"""Connections: one writer at a time, readers never wait, every transaction begins where it says it does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from audits.store import StoreError

BUSY_SECONDS = 60
"""How long a writer waits for another: the longest ingest takes some seconds."""


def connected(url: str) -> Engine:
    """An engine for the URL. A password in it is never printed."""
    try:
        parsed = make_url(url)
        lite = parsed.get_backend_name() == "sqlite"
        arguments = {"timeout": BUSY_SECONDS} if lite else {}
        engine = create_engine(parsed, connect_args=arguments, json_serializer=_compact, hide_parameters=True)
    except (ArgumentError, ImportError):
        raise StoreError(
            "The store's address is not a database URL that can be used here, such as sqlite:////folder/store.db."
        ) from None
    if lite:
        event.listen(engine, "connect", _prepared)
        event.listen(engine, "begin", _begun)
    return engine


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _prepared(connection: Any, _record: Any) -> None:
    """Take BEGIN from the driver, which skips it before reads and DDL; let readers and the writer pass each other."""
    connection.isolation_level = None
    for setting in (f"busy_timeout = {BUSY_SECONDS * 1000}", "journal_mode = WAL", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {setting}")


def _begun(connection: Connection) -> None:
    """A writer takes the lock at once: a read that later wants to write would fail instead of waiting."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the store throughout."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: everything in it is written, or nothing."""
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection
    except OperationalError as wrong:
        raise StoreError(f"The store could not be written: {wrong.orig}.") from None
