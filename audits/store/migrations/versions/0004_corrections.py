"""What people said of statements and themes has a table."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = ("engagement", "id")
NEEDED = ("part", "who", "at")
OPTIONAL = ("review", "theme", "field", "text_sha256")


def upgrade() -> None:
    exact = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.create_table(
        "corrections",
        *(sa.Column(name, sa.String(collation=exact), primary_key=True) for name in KEY),
        *(sa.Column(name, sa.String(collation=exact), nullable=False) for name in NEEDED),
        *(sa.Column(name, sa.String(collation=exact), nullable=True) for name in OPTIONAL),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("label", sa.JSON(), nullable=True),
    )
