"""What the measuring is given beside reviews: from the engagement file, the sites' own figures and the last audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from audits.analysis.corrections import theme_names
from audits.analysis.given import Declared, Given, Intervention, Published, Target
from audits.analysis.told import Answer
from audits.catalogue import gettext
from audits.report.cover import REPLY_DAYS
from audits.store.records import StoredAnswer, StoredReview
from audits.store.store import Store
from flows.plan import Plan


def given(plan: Plan, store: Store, day: str, reviews: Sequence[StoredReview]) -> Given:
    """All that the engagement and the store know before anything is measured; `day` is the audit's own."""
    file, answers = plan.engagement, store.answers(plan.name)
    held = {review.listing for review in reviews}
    return Given(
        industry=file.business.industry,
        confidential=file.confidential,
        locations=file.business.locations,
        interventions=(
            *(
                Intervention(date=each.date.isoformat(), what=each.what, gap=each.gap, location=each.location)
                for each in file.interventions
            ),
            *_fixed(answers),
        ),
        answers=tuple(
            Answer(
                audit=each.audit,
                gap=each.gap,
                says=_says(each.says),
                on=each.fixed_on,
                comment=each.comment or "",
                who=each.who,
            )
            for each in answers
        ),
        targets=tuple(
            Target(value=each.value, by=each.by.isoformat(), gap=each.gap, measure=each.measure)
            for each in file.targets
            if each.measure != REPLY_DAYS
        ),
        last=_last(plan, store, day),
        declared=tuple(
            Declared(listing=name, average=average, total=total)
            for name, (average, total) in sorted(store.declared(plan.name).items())
            if name in held
        ),
        theme_names=theme_names(store.corrections(plan.name)),
        currency=file.money.currency if file.money else None,
        yearly_revenue=file.money.yearly_revenue if file.money else None,
    )


def _fixed(answers: Sequence[StoredAnswer]) -> list[Intervention]:
    """What the client says was put right, each once: it is asked again with every report that still shows the leak."""
    found = {(each.fixed_on, each.gap): each for each in answers if each.fixed_on}
    return [
        Intervention(date=day, what=each.comment or gettext("Put right, says the client"), gap=gap)
        for (day, gap), each in found.items()
        if day
    ]


def _says(word: str) -> Literal["agree", "dispute", "fixed"]:
    return "agree" if word == "agree" else "fixed" if word == "fixed" else "dispute"


def _last(plan: Plan, store: Store, day: str) -> Published | None:
    """The last audit of an earlier day, as far as it recorded what it printed and of which period."""
    found = store.last_audit(plan.name, before=day)
    if found is None:
        return None
    leaks = {gap: leak for gap, leak in found.findings.items() if leak.get("period")}
    if not leaks:
        return None
    first, last = next(iter(leaks.values()))["period"]
    return Published(
        audit=found.id,
        as_of=found.as_of,
        period=(first, last),
        model=found.model,
        shares={gap: leak["share"]["value"] for gap, leak in leaks.items() if leak.get("printed", True)},
    )
