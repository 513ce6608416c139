"""The engagement file: who is audited, against whom, from which sources; read whole or refused with every reason."""

from audits.engagement.canon import audit_period, canonical, digest
from audits.engagement.load import EngagementError, load, missing, parse
from audits.engagement.register import refusals
from audits.engagement.schema import Business, Competitor, Engagement, Kpi, Listing, Source
from audits.engagement.wording import Problem

__all__ = [
    "Business",
    "Competitor",
    "Engagement",
    "EngagementError",
    "Kpi",
    "Listing",
    "Problem",
    "Source",
    "audit_period",
    "canonical",
    "digest",
    "load",
    "missing",
    "parse",
    "refusals",
]
