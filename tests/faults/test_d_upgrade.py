"""ACCEPTANCE d35: a store of every earlier revision is upgraded without losing a row; a newer one is refused."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from audits.store import StoreError, open_store
from audits.store.engine import connected, writing
from audits.store.migrate import HEAD, MIGRATIONS, revision
from audits.store.tables import metadata
from tests.audits.store.conftest import engagement_of

CONFIG = Config()
CONFIG.set_main_option("script_location", str(MIGRATIONS))
REVISIONS = sorted(script.revision for script in ScriptDirectory.from_config(CONFIG).walk_revisions())
SAID = "They never called me back – „nie“."


def of_type(column: Any, number: int) -> object:
    """A value that a column of this type takes, another for each row; the first row has NULL where that may be."""
    if column["nullable"] and number == 0:
        return None
    kind = column["type"]
    if isinstance(kind, sa.JSON):
        return {"Stäff": 4.0 + number}
    if isinstance(kind, sa.Boolean):
        return number % 2 == 0
    if isinstance(kind, sa.Float):
        return 1.5 + number
    if isinstance(kind, sa.Integer):
        return number + 1
    return f"{SAID} {column['name']} {number}"


def filled(engine: sa.Engine) -> dict[str, list[dict[str, Any]]]:
    """Three rows in every table as it is at this revision; what was written."""
    given: dict[str, list[dict[str, Any]]] = {}
    known = sa.MetaData()
    known.reflect(engine)
    inspector = sa.inspect(engine)
    with engine.begin() as connection:
        for name, table in known.tables.items():
            if name == "alembic_version":
                continue
            columns = inspector.get_columns(name)
            given[name] = [{each["name"]: of_type(each, number) for each in columns} for number in range(3)]
            connection.execute(table.insert(), given[name])
    return given


def at(engine: sa.Engine, wanted: str) -> None:
    with writing(engine) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, wanted)


@pytest.mark.parametrize("earlier", REVISIONS[:-1])
def test_every_row_of_an_earlier_revision_is_there_after_the_upgrade(url: str, earlier: str) -> None:
    engine = connected(url)
    at(engine, earlier)
    given = filled(engine)
    open_store(url).close()
    with engine.connect() as connection:
        assert revision(connection) == HEAD
        for name, rows in given.items():
            table = metadata.tables[name]
            columns = [table.c[each] for each in rows[0] if each in table.c]
            held = [dict(row._mapping) for row in connection.execute(sa.select(*columns))]
            assert sorted(map(repr, held)) == sorted(
                repr({column.name: row[column.name] for column in columns}) for row in rows
            )
    engine.dispose()


def test_what_was_read_before_an_upgrade_is_counted_after_it_as_what_is_read_then(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audits.store.write.AT_ONCE", 3)
    engine = connected(url)
    at(engine, "0008")
    before = [
        {"engagement": f"e{at // 9}", "model": f"m{at // 3 % 3}", "content_hash": f"c{at % 3}", "wording": f"w{at}"}
        for at in range(20)
    ]
    spans = [
        ["text", 0, 9, 1 / 3, None, 2, ["leaving"], "c2Vlbg=="],
        ["text", 9, 12, 0.9, "praise", 0, [], ""],
        ["text", 12, 20, 0.8, "vague", 1, [], ""],
    ]
    gaps = [(0, "queue", 1, 0.25), (0, "fees", 0, 2 / 3), (1, "conduct", 0, 0.9)]
    columns = ("statement", "gap", "rank", "confidence")
    with engine.begin() as connection:
        known = sa.MetaData()
        known.reflect(connection)
        texts = [row | {"spans": spans[: number % 4]} for number, row in enumerate(before)]
        connection.execute(known.tables["statements"].insert(), texts)
        given = [
            row | dict(zip(columns, gap, strict=True))
            for number, row in enumerate(before)
            for gap in gaps
            if gap[0] < number % 4
        ]
        connection.execute(known.tables["assignments"].insert(), given)
    open_store(url).close()
    scored = [[1 / 3, None, 2, [["fees", 2 / 3], ["queue", 0.25]]], [0.9, "praise", 0, [["conduct", 0.9]]]]
    scored += [[0.8, "vague", 1, []]]
    table = metadata.tables["scores"]
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
    engine.dispose()
    by_wording = {row["wording"]: row for row in found}
    assert len(by_wording) == len(found) == 15, "a text in which nothing was found has no row"
    for number, row in enumerate(before):
        if number % 4:
            assert by_wording[row["wording"]] == row | {"given": scored[: number % 4]}


def test_an_upgrade_that_breaks_halfway_leaves_the_store_as_it_was(url: str) -> None:
    engine = connected(url)
    at(engine, REVISIONS[0])
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE grades (in_the_way INTEGER)"))
    with pytest.raises(StoreError, match="grades"):
        open_store(url)
    with engine.connect() as connection:
        assert revision(connection) == REVISIONS[0]
        assert not sa.inspect(connection).has_table("absences")
    engine.dispose()


def test_texts_of_a_postgresql_store_compare_by_code_point(url: str) -> None:
    open_store(url).close()
    engine = connected(url)
    if engine.dialect.name == "sqlite":
        assert engine.connect().exec_driver_sql("SELECT 'Z' < 'a' AND 'a-b' < 'aa'").scalar() == 1
        return
    with engine.connect() as connection:
        found = connection.execute(
            sa.text(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
                "AND data_type IN ('character varying', 'text') AND table_name <> 'alembic_version' "
                "AND collation_name IS DISTINCT FROM 'C'"
            )
        ).all()
    engine.dispose()
    assert found == []


def test_a_store_of_a_newer_version_is_refused_with_a_sentence(url: str) -> None:
    open_store(url).close()
    engine = connected(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"revision 9999.*newer one"):
        open_store(url)


def test_a_store_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'store.db'}").close()
    with (
        open_store(f"sqlite:///file:{tmp_path / 'store.db'}?mode=ro&uri=true") as store,
        pytest.raises(StoreError, match="could not be written"),
    ):
        store.declare(engagement_of(tmp_path))


def test_a_correction_of_an_earlier_store_learns_of_which_content_it_was_said(url: str) -> None:
    engine = connected(url)
    at(engine, "0010")
    texts = {"edited": ("So slow.", "So quick, now."), "masked": ("Ask [name].",), "lost": ("One.", "Two.")}
    with engine.begin() as connection:
        for review, versions in texts.items():
            for number, words in enumerate(versions):
                connection.execute(
                    text(
                        "INSERT INTO review_versions (engagement, review, content_hash, listing, text, "
                        "redactor_version, first_seen, last_seen, landing) "
                        "VALUES ('x', :of, :hash, 'l', :words, '1', :day, :day, 'l')"
                    ),
                    {"of": review, "hash": f"{review} {number}", "words": words, "day": f"2024-01-0{number + 1}"},
                )
            digest = sha256(b"So slow.").hexdigest()
            connection.execute(
                text(
                    'INSERT INTO corrections (engagement, id, part, review, field, start, "end", text_sha256, who, at) '
                    "VALUES ('x', :of, 'correct', :of, 'text', 0, 8, :digest, 'ann', '2024-01-01')"
                ),
                {"of": review, "digest": digest},
            )
    with open_store(url) as store:
        held = {each.review: each.content_hash for each in store.corrections("x")}
    assert held == {"edited": "edited 0", "masked": "masked 0", "lost": None}
