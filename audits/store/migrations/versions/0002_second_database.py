"""Texts of a PostgreSQL store compare by code point; absences, releases, checks of an audit and grades have tables."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = {
    "absences": "engagement! review! since! listing returned?",
    "releases": "engagement! id! listing reason who why at",
    "audit_checks": "engagement! audit! expectation! success:bool observed:float?",
    "grades": "engagement! audit! listing! grade reasons:json?",
}
TYPES = {"": sa.String, "float": sa.Float, "bool": sa.Boolean, "json": sa.JSON}


def upgrade() -> None:
    for name, words in TABLES.items():
        op.create_table(name, *(_column(word) for word in words.split()))
    op.create_index("ix_absences_engagement_listing", "absences", ["engagement", "listing"])
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        _by_code_point(connection)


def _column(word: str) -> sa.Column[object]:
    name, _, kind = word.rstrip("!?").partition(":")
    return sa.Column(name, TYPES[kind](), primary_key="!" in word, nullable="?" in word)


def _by_code_point(connection: sa.Connection) -> None:
    """Every text column of every table takes COLLATE "C": the order of ids and dates is not the server's to choose."""
    inspector = sa.inspect(connection)
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        texts = [each for each in inspector.get_columns(table) if isinstance(each["type"], sa.String)]
        kinds = {each["name"]: "TEXT" if isinstance(each["type"], sa.Text) else "VARCHAR" for each in texts}
        changes = [f'ALTER COLUMN "{name}" TYPE {kind} COLLATE "C"' for name, kind in kinds.items()]
        if changes:
            op.execute(f'ALTER TABLE "{table}" {", ".join(changes)}')
