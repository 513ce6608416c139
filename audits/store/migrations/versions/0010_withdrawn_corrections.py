"""A correction that was withdrawn stays, with who withdrew it, when and why."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    exact = "C" if op.get_bind().dialect.name == "postgresql" else None
    for name in ("withdrawn_by", "withdrawn_at", "withdrawn_why"):
        op.add_column("corrections", sa.Column(name, sa.String(collation=exact), nullable=True))
