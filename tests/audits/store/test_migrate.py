"""A store is made, upgraded or refused; never opened half understood (ACCEPTANCE d35)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from audits.store import StoreError, open_store
from audits.store.engine import connected
from audits.store.migrate import HEAD, MIGRATIONS, migrate, revision
from audits.store.tables import metadata
from tests.audits.store.conftest import engagement_of


def test_the_revisions_make_the_tables_that_the_code_uses(url: str) -> None:
    engine = connected(url)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert revision(connection) == HEAD


def test_the_newest_revision_is_the_one_that_a_current_store_is_told_by() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_every_table_is_keyed_by_engagement() -> None:
    for table in metadata.tables.values():
        assert table.c.engagement.nullable is False
        assert table.name == "audit_log" or next(iter(table.primary_key)).name == "engagement"


def test_a_file_that_is_not_a_store_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("this is not a database, it is a letter to one")
    with pytest.raises(StoreError, match=r"store.db cannot be opened: .*not a database.* Restore it") as wrong:
        open_store(f"sqlite:///{tmp_path / 'store.db'}")
    assert str(tmp_path / "store.db") in str(wrong.value)


def test_a_folder_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no folder"):
        open_store(f"sqlite:///{tmp_path / 'nowhere' / 'store.db'}")


@pytest.mark.parametrize(
    "address",
    ["postgresql//u:secret@host", "sqlite://u:secret@/x.db", "nosuch://u:secret@h/x", "postgresql://u:secret/a@h:x/d"],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_its_password(address: str) -> None:
    with pytest.raises(StoreError, match="not a database URL") as caught:
        open_store(address)
    assert "secret" not in str(caught.value)


def test_readers_and_the_writer_do_not_wait_for_each_other(url: str, tmp_path: Path) -> None:
    with open_store(url) as store, store._engine.connect() as reader:
        if store._engine.dialect.name == "sqlite":
            assert reader.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        reader.execute(text("SELECT count(*) FROM reviews"))
        store.declare(engagement_of(tmp_path))


def test_workers_that_open_a_new_store_at_once_build_it_once(url: str) -> None:
    code = f"from audits.store import open_store; open_store({url!r}).close()"
    workers = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(3)]
    ends = [(worker.communicate()[1].decode(), worker.returncode) for worker in workers]
    assert ends == [("", 0)] * 3


def test_the_store_is_not_imported_until_it_is_opened() -> None:
    code = "import sys, audits.store, audits.store.records; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
