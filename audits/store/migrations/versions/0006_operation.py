"""Periods that were run, alerts and sendings have tables."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = {
    "periods": (
        ("engagement", "period"),
        ("started_at", "process"),
        ("ended_at", "outcome"),
        ("attempt",),
        ("detail",),
    ),
    "alerts": (
        ("engagement", "id"),
        ("kind", "subject", "says", "raised_at", "seen_at"),
        ("ended_at", "sent_at", "acknowledged_at", "acknowledged_by"),
        (),
        (),
    ),
    "sendings": (("engagement", "audit", "recipient", "at"), ("digest", "outcome"), (), ("revision",), ()),
}


def upgrade() -> None:
    exact = "C" if op.get_bind().dialect.name == "postgresql" else None
    for name, (keys, needed, optional, numbers, bags) in TABLES.items():
        op.create_table(
            name,
            *(sa.Column(each, sa.String(collation=exact), primary_key=True) for each in keys),
            *(sa.Column(each, sa.String(collation=exact), nullable=False) for each in needed),
            *(sa.Column(each, sa.String(collation=exact), nullable=True) for each in optional),
            *(sa.Column(each, sa.Integer(), nullable=False) for each in numbers),
            *(sa.Column(each, sa.JSON(), nullable=True) for each in bags),
        )
