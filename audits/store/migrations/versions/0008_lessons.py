"""What an engagement's labels taught its reading has a table."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    exact = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.create_table(
        "lessons",
        *(sa.Column(each, sa.String(collation=exact), primary_key=True) for each in ("engagement", "model", "digest")),
        sa.Column("at", sa.String(collation=exact), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
    )
