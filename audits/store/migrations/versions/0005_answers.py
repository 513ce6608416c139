"""What the client said of findings has a table."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = ("engagement", "audit", "gap")
NEEDED = ("says", "who", "at")
OPTIONAL = ("fixed_on", "comment")


def upgrade() -> None:
    exact = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.create_table(
        "answers",
        *(sa.Column(name, sa.String(collation=exact), primary_key=True) for name in KEY),
        *(sa.Column(name, sa.String(collation=exact), nullable=False) for name in NEEDED),
        *(sa.Column(name, sa.String(collation=exact), nullable=True) for name in OPTIONAL),
    )
