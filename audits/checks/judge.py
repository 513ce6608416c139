"""From expectations, volume and bad rows to one gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from audits.checks import reasons
from audits.checks.frame import as_frame
from audits.checks.gate import Gate, held, lowered
from audits.checks.marks import Marks
from audits.checks.rows import counted, latest_day, quarantined
from audits.checks.suite import Consequence, staged_suite
from audits.checks.validate import met, observed
from audits.checks.volume import Volume, against_declared, against_history
from audits.store.records import PastRun
from spiders.items import Landing, Verdict


def judged(
    landing: Landing,
    rows: Sequence[Marks],
    history: Sequence[PastRun],
    always_present: frozenset[str],
    by: date | None = None,
) -> Gate:
    """The gate of a landing. Of nothing where nothing was due there is nothing to expect, and nothing is imported."""
    if not rows and _nothing_due(landing.verdict):
        return Gate(verdict=landing.verdict)
    latest = latest_day(landing.as_of or (by.isoformat() if by else None))
    aside = quarantined(rows, latest)
    gate = _expected(landing, rows, history, always_present, latest)
    unique = len({row.id for row in rows})
    for volume in (against_declared(landing, unique), against_history(landing, len(rows), history)):
        if volume is not None:
            gate = _weighed(gate, volume)
    return replace(gate, quarantined=tuple(aside), sentences=(*gate.sentences, *counted(aside)))


def _nothing_due(verdict: Verdict) -> bool:
    return verdict.name not in ("complete", "partial") or verdict.scope == "incremental"


def _expected(
    landing: Landing,
    rows: Sequence[Marks],
    history: Sequence[PastRun],
    always_present: frozenset[str],
    latest: date | None,
) -> Gate:
    suite = staged_suite(
        rows=len(rows),
        minimum=1,
        latest=latest,
        always_present=always_present,
        history=[run for run in history if run.landing != landing.id],
    )
    frame = as_frame(rows)
    successes = met(suite, frame)
    verdict, sentences = _not_empty(landing.verdict, rows)
    for expected, success in zip(suite, successes, strict=True):
        if not success:
            verdict = _lowered(verdict, expected.consequence, expected.sentence, landing)
            sentences.append(expected.sentence)
    results = tuple((each.name, success, observed(each, frame)) for each, success in zip(suite, successes, strict=True))
    return Gate(verdict=verdict, results=results, sentences=tuple(sentences))


def _not_empty(verdict: Verdict, rows: Sequence[Marks]) -> tuple[Verdict, list[str]]:
    if verdict.name != "empty" or not rows:
        return verdict, []
    sentence = reasons.NOT_EMPTY(n=len(rows))
    return lowered(verdict, "drifted", sentence), [sentence]


def _lowered(verdict: Verdict, consequence: Consequence, sentence: str, landing: Landing) -> Verdict:
    """No cards where the site counts some is a changed layout, not a failed run (ACCEPTANCE b16)."""
    if consequence == "noted":
        return verdict
    if consequence == "held":
        return held(verdict, sentence)
    if consequence == "failed" and landing.reviews == 0 and landing.declared_total:
        return lowered(verdict, "drifted", sentence)
    return lowered(verdict, consequence, sentence)


def _weighed(gate: Gate, volume: Volume) -> Gate:
    results = (*gate.results, (volume.name, volume.success, volume.ratio))
    if volume.success:
        return replace(gate, results=results)
    verdict = gate.verdict
    if volume.name == "volume:declared":
        verdict = lowered(verdict, "partial", volume.sentence)
    elif verdict.scope == "full":
        # A file holds what its sender put into it: a shorter one is worth a line, not a stop.
        verdict = held(verdict, volume.sentence)
    return replace(gate, verdict=verdict, results=results, sentences=(*gate.sentences, volume.sentence))
