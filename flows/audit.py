"""One engagement, end to end: its listings are collected, checked, stored, analysed, reported and published."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from audits.analysis.polarity import ready
from audits.store import open_store
from flows import artifacts
from flows.admit import admitted
from flows.ahead import ahead
from flows.analyse import analysed, as_of, assessed, likened, read_anew
from flows.collect import collected, runner
from flows.console import stage
from flows.material import told as tells
from flows.meanwhile import erased, kept_whole, unforgotten, without_forgotten
from flows.mirror import mirrored, told
from flows.needed import needed
from flows.outcome import Outcome, concluded, grades
from flows.plan import Plan, planned
from flows.release import released, reported
from flows.standing import input_digest, made_by, remembered, spared, unchanged
from flows.sweep import adopted, untagged
from flows.uncollected import uncollected
from flows.watch import watched
from flows.whole import whole


@flow(name="audit", flow_run_name="audit", task_runner=runner)
@untagged()
def audit(
    engagement: str, home: str | None = None, full: bool = False, refit: bool = False, if_material: bool = False
) -> Outcome:
    """Audit the engagement file at `engagement` in the workspace `home`; how it ended and where the report lies.

    With `if_material` a report is made only where a reader of the last one would act on something that changed.
    """
    adopted()
    ready()
    plan = planned(Path(engagement), home=Path(home) if home else None, full=full, refit=refit)
    mirrored(plan.settings, plan.name)
    with uncollected():
        return _audited(plan, if_material=if_material)


def _audited(plan: Plan, *, if_material: bool) -> Outcome:
    """Stage after stage."""
    with open_store(plan.settings.store_url) as store, ahead(plan, store) as early:
        store.declare(plan.engagement)

        with stage("collect") as said:
            landings, failed = collected(plan, store, said)
            said.counted = f"{len(landings)} of {len(plan.engagement.listings)} listings"

        known = erased(plan, store)
        with stage("check") as said, kept_whole(plan, store, known):
            sources, held = admitted(
                whole(plan), whole(store), whole(landings), failed, whole(said), whole(early.begin)
            )

        made_of = input_digest(plan, store, sources, held)
        if (before := unchanged(plan, store, sources, made_of, if_material=if_material)) is not None:
            return before

        with stage("analyse") as said, kept_whole(plan, store, known):
            reviews = assessed(plan, sources, held)
            with likened(plan, sources, reviews) as likeness:
                wanted = needed(plan, store, as_of(plan, sources, reviews), reviews)
                read_anew(plan, store, wanted, said, ahead=early.ended(), learnt=early.learnt, held=len(reviews))
                made_of = input_digest(plan, store, sources, held)
                findings, results = analysed(
                    whole(plan), whole(store), whole(sources), whole(reviews), whole(likeness), whole(said)
                )

        says = tells(findings, reviews, sources, made_by(plan, store))
        outcome = spared(plan, store, sources, says) if if_material else None
        if outcome is None:
            with stage("report") as said:
                report, forms = reported(whole(plan), whole(findings), whole(reviews), whole(sources), whole(said))

            unforgotten(plan, store, known)
            with stage("publish") as said:
                publication = released(whole(plan), whole(report), whole(forms), whole(said))

            outcome = concluded(plan, store, landings, sources, findings, publication, made_of, says)
            store.save_proof(plan.name, publication.audit, results, grades(sources))
            outcome = without_forgotten(plan, store, known, outcome)

        watched(plan, store, findings, reviews, sources)
        remembered(plan, store, outcome, made_of)
        told(plan.settings, plan.name)
        artifacts.shown(outcome, findings, sources)
        return outcome
