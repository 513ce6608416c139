"""The invented businesses and what is planted in them. Every rate an audit is scored against stands here, once."""

from __future__ import annotations

from spiders.sandbox.planted import BetterCompetitor, Campaign, CopiedBurst, Plan, Rise, WorseLocation

FIRST_DAY = "2024-07-01"
LAST_DAY = "2026-06-30"

RISE = Rise(business="vellmoor-hotels", gap="booking", since="2025-09-01", before=0.04, after=0.14)
WORSE = WorseLocation(
    business="vellmoor-hotels", location="Vellmoor Parkway", gap="premises", here=0.24, elsewhere=0.06
)
BETTER = BetterCompetitor(business="brackenhall-inns", gap="fees", theirs=0.015, ours=0.09)
CAMPAIGN = Campaign(business="quillon-mutual", start="2026-02-01", end="2026-04-30", reviews=130)
BURST = CopiedBurst(business="merrow-lane-motors", start="2025-10-11", end="2025-10-14", reviews=14)
HOSTILE_BUSINESS = "copper-samphire"

_HOTEL = {
    "booking": 0.04, "fees": 0.06, "queue": 0.05, "premises": 0.09, "core-quality": 0.06, "conduct": 0.05,
    "notice": 0.03, "reachability": 0.025, "refunds": 0.03, "resolution": 0.03, "price-level": 0.04, "digital": 0.02,
    "billing": 0.02, "order-accuracy": 0.02, "availability": 0.025, "competence": 0.02, "promise": 0.03,
    "onboarding": 0.025, "policy": 0.02, "cancellation": 0.01, "handoffs": 0.01, "custody": 0.01, "selling": 0.01,
    "safety": 0.006, "security": 0.006, "paperwork": 0.01, "exit": 0.005, "decision": 0.01, "timeliness": 0.01,
}  # fmt: skip
_HOTEL_PRAISE = {
    "conduct": 24, "core-quality": 20, "premises": 18, "onboarding": 6, "competence": 5, "resolution": 5, "queue": 3,
    "price-level": 7, "booking": 3, "promise": 3, "notice": 2, "availability": 3, "refunds": 1, "policy": 2,
    "digital": 1, "reachability": 1, "safety": 1, "custody": 1,
}  # fmt: skip

VELLMOOR = Plan(
    slug="vellmoor-hotels",
    name="Vellmoor Hotels",
    industry="hotel",
    reviews=700,
    locations={"Vellmoor Quayside": 0.42, "Vellmoor Cathedral Gate": 0.32, "Vellmoor Parkway": 0.26},
    complaints=_HOTEL | {"booking": RISE.before, "fees": BETTER.ours, "premises": WORSE.elsewhere, "queue": 0.06},
    praise=_HOTEL_PRAISE,
    replies=(0.55, 0.2),
    boilerplate=0.7,
    foreign=0.02,
)

PLANS: tuple[Plan, ...] = (
    VELLMOOR,
    Plan(
        slug="brackenhall-inns",
        name="Brackenhall Inns",
        industry="hotel",
        reviews=380,
        complaints=_HOTEL | {"fees": BETTER.theirs, "price-level": 0.05},
        praise=_HOTEL_PRAISE | {"price-level": 10},
        replies=(0.8, 0.5),
        boilerplate=0.3,
        foreign=0.015,
    ),
    Plan(
        slug="tidewell-hotel-group",
        name="Tidewell Hotel Group",
        industry="hotel",
        reviews=340,
        complaints=_HOTEL | {"conduct": 0.08, "core-quality": 0.08},
        praise=_HOTEL_PRAISE,
        replies=(0.3, 0.3),
        foreign=0.02,
    ),
    Plan(
        slug="ostrey-house",
        name="Ostrey House",
        industry="hotel",
        reviews=300,
        complaints=_HOTEL | {"queue": 0.08, "availability": 0.05},
        praise=_HOTEL_PRAISE | {"promise": 6},
        replies=(0.1, 0.05),
    ),
    Plan(
        slug="copper-samphire",
        name="Copper Samphire",
        industry="restaurant",
        reviews=250,
        complaints={
            "queue": 0.12, "core-quality": 0.14, "conduct": 0.08, "order-accuracy": 0.07, "price-level": 0.08,
            "booking": 0.05, "premises": 0.05, "availability": 0.05, "fees": 0.04, "billing": 0.03, "policy": 0.02,
            "timeliness": 0.03, "safety": 0.02, "cancellation": 0.02, "competence": 0.02, "promise": 0.02,
        },
        praise={"core-quality": 40, "conduct": 25, "premises": 10, "queue": 6, "price-level": 8, "booking": 4,
                "order-accuracy": 2, "safety": 2, "competence": 3},
        foreign=0.012,
    ),
    Plan(
        slug="hallowby-dental",
        name="Hallowby Dental & Skin",
        industry="clinic",
        reviews=220,
        complaints={
            "queue": 0.12, "booking": 0.08, "conduct": 0.09, "reachability": 0.09, "core-quality": 0.06, "fees": 0.06,
            "paperwork": 0.06, "notice": 0.05, "cancellation": 0.05, "handoffs": 0.04, "competence": 0.04,
            "selling": 0.04, "availability": 0.04, "onboarding": 0.02, "safety": 0.02, "security": 0.01,
        },
        praise={"conduct": 35, "core-quality": 25, "competence": 15, "notice": 8, "queue": 6, "booking": 5,
                "premises": 5, "onboarding": 3, "price-level": 2},
        replies=(0.6, 0.4),
    ),
    Plan(
        slug="merrow-lane-motors",
        name="Merrow Lane Motors",
        industry="car",
        reviews=240,
        complaints={
            "timeliness": 0.11, "core-quality": 0.12, "fees": 0.07, "selling": 0.08, "notice": 0.08, "conduct": 0.06,
            "promise": 0.05, "paperwork": 0.05, "decision": 0.04, "custody": 0.03, "resolution": 0.06,
            "reachability": 0.06, "competence": 0.04, "availability": 0.03, "price-level": 0.04, "handoffs": 0.03,
        },
        praise={"core-quality": 20, "conduct": 30, "timeliness": 15, "price-level": 10, "selling": 8, "notice": 10,
                "competence": 8, "custody": 2, "paperwork": 2, "resolution": 4},
    ),
    Plan(
        slug="quillon-mutual",
        name="Quillon Mutual",
        industry="insurer",
        reviews=280,
        complaints={
            "decision": 0.16, "timeliness": 0.09, "price-level": 0.12, "reachability": 0.1, "notice": 0.07,
            "paperwork": 0.06, "policy": 0.05, "exit": 0.05, "billing": 0.05, "refunds": 0.04, "handoffs": 0.06,
            "resolution": 0.05, "digital": 0.05, "competence": 0.05, "selling": 0.03, "onboarding": 0.03,
            "security": 0.015, "promise": 0.03, "conduct": 0.04, "fees": 0.02,
        },
        praise={"decision": 25, "timeliness": 15, "conduct": 20, "onboarding": 10, "reachability": 8, "competence": 8,
                "digital": 8, "price-level": 8, "notice": 5, "paperwork": 2, "exit": 1},
        replies=(0.7, 0.15),
        boilerplate=0.8,
    ),
    Plan(
        slug="tamsin-and-rook",
        name="Tamsin & Rook Homewares",
        industry="shop",
        reviews=300,
        complaints={
            "timeliness": 0.11, "core-quality": 0.07, "order-accuracy": 0.07, "custody": 0.06, "refunds": 0.08,
            "reachability": 0.06, "notice": 0.06, "digital": 0.05, "promise": 0.05, "availability": 0.05,
            "billing": 0.03, "fees": 0.03, "cancellation": 0.03, "resolution": 0.04, "exit": 0.02, "policy": 0.02,
            "selling": 0.02, "security": 0.015, "price-level": 0.03, "handoffs": 0.02,
        },
        praise={"timeliness": 25, "core-quality": 30, "order-accuracy": 5, "conduct": 10, "refunds": 8, "digital": 6,
                "price-level": 10, "promise": 5, "notice": 5, "custody": 4, "resolution": 5, "availability": 3},
        replies=(0.4, 0.1),
    ),
    Plan(slug="pender-lane-locks", name="Pender Lane Locksmiths", industry="home", reviews=0),
)  # fmt: skip


def base_rate(plan: Plan, gap: str, posted_on: str, location: str | None) -> float:
    """The planted share of reviews that complain of `gap`, at this business, day and location."""
    if (plan.slug, gap) == (RISE.business, RISE.gap):
        return RISE.after if posted_on >= RISE.since else RISE.before
    if (plan.slug, gap, location) == (WORSE.business, WORSE.gap, WORSE.location):
        return WORSE.here
    return plan.complaints[gap]
