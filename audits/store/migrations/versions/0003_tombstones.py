"""What was erased on request leaves a tombstone, so that the next collecting does not bring it back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    c = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.create_table(
        "tombstones",
        *(sa.Column(name, sa.String(collation=c), primary_key=True) for name in ("engagement", "digest")),
        *(sa.Column(name, sa.String(collation=c), nullable=False) for name in ("kind", "reason", "at")),
    )
