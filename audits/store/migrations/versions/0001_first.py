"""The tables of the first audit.

Written out here and not taken from `audits.store.tables`, which moves on while this revision stays. A column is a word:
`name[:type]`, then `!` for a part of the primary key or `?` where it may be NULL; without a type it is a string.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TYPES = {"str": sa.String, "text": sa.Text, "int": sa.Integer, "float": sa.Float, "bool": sa.Boolean, "json": sa.JSON}
SEEN = "first_seen last_seen landing"
DATED = "posted_on? posted_precision? posted_raw?"
TABLES = {
    "engagements": "engagement! title? confidential:bool canonical:text sha256",
    "businesses": "engagement! name! industry? audited:bool",
    "locations": "engagement! business! name!",
    "listings": "engagement! name! business site way url? location?",
    "audit_log": "id:int! engagement at? event who? detail:json?",
    "runs": (
        "engagement! landing! listing site way path as_of? scope verdict held:bool reason stop_reason ingested:bool "
        "reviews:int rejects:int declared_total:int? average:float? pages_fetched:int pages_failed:json? "
        "parser_version redactor_version files:json? problems:json? mapping:json? "
        "period? attempt:int? started_at? ended_at?"
    ),
    "pages": "engagement! id! landing url sha256 fetched_at? status:int?",
    "staged": "engagement! landing! row:int! review:text",
    "gate_results": "engagement! landing! expectation! success:bool observed:float?",
    "quarantined": "engagement! landing! row:int! reason review:text",
    "reviews": (
        f"engagement! key! listing site_id weak_id:bool content_hash reply_hash? url? location? language? {DATED} "
        "experienced_on? updated_on? author_key? verified:bool? invited:bool? recommended:bool? "
        f"subratings:json? attributes:json? source? {SEEN}"
    ),
    "review_versions": (
        "engagement! review! content_hash! listing rating:float? rating_raw? rating_scale? title:text? text:text? "
        f"redactor_version {SEEN}"
    ),
    "replies": f"engagement! review! reply_hash! listing text:text {DATED} {SEEN}",
    "statements": "engagement! model! content_hash! wording! spans:json?",
    "assignments": "engagement! model! content_hash! wording! statement:int! gap! rank:int confidence:float",
    "signals": "engagement! review! name! content_hash value:float",
    "themes": "engagement! id! gap name quote:text quote_review reviews:json?",
    "audits": (
        "engagement! id! as_of outcome model report_digest canonical:text canonical_sha256 refusals:json? "
        "landings:json? started_at? ended_at?"
    ),
    "findings": "engagement! audit! gap! rank:int leak:json?",
    "publications": "engagement! audit! revision:int! state path report_digest files:json? published_at?",
}
BY_LISTING = ("runs", "reviews", "review_versions", "replies")


def upgrade() -> None:
    for name, words in TABLES.items():
        op.create_table(name, *(_column(name, word) for word in words.split()))
    for name in BY_LISTING:
        op.create_index(f"ix_{name}_engagement_listing", name, ["engagement", "listing"])


def _column(table: str, word: str) -> sa.Column[Any]:
    name, _, kind = word.rstrip("!?").partition(":")
    counted = (table, name) == ("audit_log", "id")
    return sa.Column(name, TYPES[kind or "str"](), primary_key="!" in word, nullable="?" in word, autoincrement=counted)
