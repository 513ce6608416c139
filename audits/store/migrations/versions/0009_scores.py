"""What an audit counts of a text has a table of its own, so that it is counted without what is only shown."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from audits.store import write

revision = "0009"
down_revision = "0008"

NAMES = ("engagement", "model", "content_hash", "wording")
statements = sa.table("statements", *map(sa.column, (*NAMES, "spans"), (*[sa.String] * len(NAMES), sa.JSON)))
assignments = sa.table("assignments", *map(sa.column, (*NAMES, "statement", "rank", "gap", "confidence")))


def upgrade() -> None:
    connection = op.get_bind()
    exact = "C" if connection.dialect.name == "postgresql" else None
    scores = op.create_table(
        "scores",
        *(sa.Column(each, sa.String(collation=exact), primary_key=True) for each in NAMES),
        sa.Column("given", sa.JSON(none_as_null=True), nullable=True),
        sqlite_with_rowid=False,
    )
    for page in _pages(connection):
        gaps = _gaps(connection, page[0][:4], page[-1][:4])
        rows = [
            dict(zip(NAMES, of, strict=True)) | {"given": _given(spans, gaps.get(tuple(of), {}))}
            for *of, spans in page
            if isinstance(spans, list) and spans
        ]
        write.insert(connection, scores, rows)


def _pages(connection: sa.Connection) -> Iterator[Sequence[Any]]:
    """The texts in the order of their keys, some thousands at a time."""
    asked = sa.select(*_key(statements), statements.c.spans).order_by(*_key(statements)).limit(write.AT_ONCE)
    page = connection.execute(asked).all()
    while page:
        yield page
        page = connection.execute(asked.where(sa.tuple_(*_key(statements)) > _of(page[-1][:4]))).all()


def _key(table: Any) -> list[Any]:
    return [table.c[name] for name in NAMES]


def _of(key: Sequence[str]) -> Any:
    return sa.tuple_(*(sa.literal(part, sa.String()) for part in key))


def _gaps(connection: sa.Connection, first: Sequence[str], last: Sequence[str]) -> dict[Any, dict[int, list[Any]]]:
    """Text → number of a statement in it → its gaps, best first, of the texts from one to another."""
    key = sa.tuple_(*_key(assignments))
    ranked = [assignments.c.statement, assignments.c.gap, assignments.c.confidence]
    asked = sa.select(*_key(assignments), *ranked).where(key >= _of(first), key <= _of(last))
    found: dict[Any, dict[int, list[Any]]] = {}
    for *of, index, gap, confidence in connection.execute(asked.order_by(assignments.c.rank)):
        found.setdefault(tuple(of), {}).setdefault(index, []).append([gap, confidence])
    return found


def _given(spans: Sequence[Sequence[Any]], gaps: dict[int, list[Any]]) -> list[Any]:
    return [
        [complaint, outside, severity, gaps.get(index, [])]
        for index, (_, _, _, complaint, outside, severity, *_) in enumerate(spans)
    ]
