"""The owner's answers: who is answered, how late, and whether from the stock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from spiders.sandbox.businesses import LAST_DAY
from spiders.sandbox.people import called
from spiders.sandbox.planted import Plan
from spiders.sandbox.truth import Told, TrueReply
from spiders.sandbox.wording import ReplyLine, replies


def answer(
    plan: Plan, *, rating: int, author: str, told: Sequence[Told], posted: date, rng: Random
) -> TrueReply | None:
    """The reply to one review; None for the unanswered and for an answer that would come after the last day."""
    low, high = plan.replies
    delay = min(60, max(0, round(rng.lognormvariate(1.3, 0.8))))
    on = (posted + timedelta(days=delay)).isoformat()
    if rng.random() > (low if rating <= 3 else high) or on > LAST_DAY:
        return None
    manner = "boilerplate" if rng.random() < plan.boilerplate else "human"
    mood = "sorry" if rating <= 3 else "thanks"
    gaps = {gap for one in told if one.kind == "complaint" for gap in one.gaps}
    line = rng.choice(_fitting(plan, manner, mood, gaps))
    text = line.text.replace("{name}", called(author) or "guest").replace("{business}", plan.name)
    return TrueReply(text=text, posted_on=on, manner=line.manner)


def _fitting(plan: Plan, manner: str, mood: str, gaps: set[str]) -> list[ReplyLine]:
    fits = (plan.industry, "any")
    of_mood = [line for line in replies() if (line.manner, line.mood) == (manner, mood) and line.industry in fits]
    to_the_point = [line for line in of_mood if line.gap in gaps]
    return to_the_point or [line for line in of_mood if line.gap is None]
