"""An empty database a test: a SQLite file, or a schema of its own in the PostgreSQL that the test run was given."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

DIALECTS = ("sqlite", "postgresql")
SERVER = "TELLTALE_TEST_POSTGRES"


@contextmanager
def empty(dialect: str, folder: Path) -> Iterator[str]:
    """The URL of a database that holds nothing, and that is gone afterwards."""
    if dialect == "sqlite":
        yield f"sqlite:///{folder / f'{uuid.uuid4().hex}.db'}"
        return
    server = os.environ.get(SERVER)
    if not server:
        pytest.skip(f'no PostgreSQL to test on: eval "$(.ci/postgres start)" sets {SERVER}')
    schema = f"t{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        options = f"-csearch_path={schema}"
        yield make_url(server).update_query_dict({"options": options}).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text("SET lock_timeout = '20s'"))
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()
