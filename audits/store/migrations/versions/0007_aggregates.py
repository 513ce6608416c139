"""What was only counted has a table; a staged review and the stored one bear a digest of all that they say."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    exact = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.add_column("reviews", sa.Column("digest", sa.String(collation=exact), nullable=True))
    for name in ("review_key", "digest", "source"):
        op.add_column("staged", sa.Column(name, sa.String(collation=exact), nullable=True))
    op.create_table(
        "aggregates",
        *(sa.Column(each, sa.String(collation=exact), primary_key=True) for each in ("engagement", "listing", "gap")),
        *(sa.Column(each, sa.String(collation=exact), primary_key=True) for each in ("month", "stars")),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.String(collation=exact), nullable=True),
        sa.Column("model", sa.String(collation=exact), nullable=False),
    )
