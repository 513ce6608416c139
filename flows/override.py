"""What the checks hold is let through where the engagement file says so, by whom, why and until when."""

from __future__ import annotations

from datetime import date

from audits.checks import reasons
from audits.checks.gate import Gate, held, let_through
from audits.engagement import Engagement


def overridden(engagement: Engagement, listing: str, gate: Gate, today: date) -> Gate:
    """The gate of a listing, let through where an override holds today; one that has expired is said."""
    if not gate.held:
        return gate
    written = [each for each in engagement.overrides if each.listing == listing]
    if not written:
        return gate
    last = max(written, key=lambda each: each.expires)
    if last.expires < today:
        note = reasons.OVERRIDE_EXPIRED(who=last.by, day=last.expires)
        return Gate(
            verdict=held(gate.verdict, note),
            results=gate.results,
            quarantined=gate.quarantined,
            sentences=(*gate.sentences, note),
        )
    return let_through(gate, reasons.LET_THROUGH(who=last.by, day=last.expires, why=last.reason.rstrip(".")))


__all__ = ["overridden"]
