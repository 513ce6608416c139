"""What labels say of the model is what a textbook says that such labels say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from audits.analysis.corrections import applied, digest
from audits.analysis.labels import agreed, evaluate
from audits.analysis.values import GapScore, Statement
from audits.store.records import StoredCorrection
from tests.audits.analysis.made import GAPS, review, says


def said(number: int, sure: float | None) -> Statement:
    """A complaint of a queue that the model read with this confidence; None: it read no complaint."""
    gaps = () if sure is None else (GapScore(gap="queue", confidence=sure),)
    return says(
        review(number), f"Words {number}.", complaint=0.9 if gaps else 0.1, outside=None if gaps else "neutral"
    )._replace(gaps=gaps)


def label(of: Statement, name: str, who: str = "ann") -> StoredCorrection:
    told = {"gaps": [name]} if name in GAPS else {"outside": name}
    return StoredCorrection(
        part="random", who=who, at="2024-01-01", label=told, review=of.review, field=of.field, start=of.start,
        end=of.end, text_sha256=digest(of.text), content_hash=of.content,
    )  # fmt: skip


def test_accuracy_and_calibration_are_counted_over_what_each_is_of() -> None:
    held = [said(at, 0.95 if at < 50 else 0.55 if at < 80 else None) for at in range(100)]
    names = ["queue"] * 45 + ["fees"] * 5 + ["queue"] * 9 + ["fees"] * 21 + ["queue"] * 5 + ["neutral"] * 15
    found = evaluate(applied(held, [label(one, name) for one, name in zip(held, names, strict=True)]), GAPS)
    assert found.accuracy and found.complaint and found.gap
    assert (found.accuracy.value, found.accuracy.n) == (0.69, 100)
    assert (found.complaint.value, found.complaint.n) == (0.95, 100)
    assert (found.gap.value, found.gap.n) == (54 / 80, 80)
    assert found.calibration == pytest.approx((abs(50 * 0.95 - 45) + abs(30 * 0.55 - 9)) / 80)
    assert (found.labelled, found.both, found.kappa, found.orphans) == (100, 0, None, 0)


def test_a_confidence_of_one_is_calibrated_with_those_below_it() -> None:
    held = [said(at, 1.0 if at < 10 else 0.92) for at in range(20)]
    rows = [label(one, "queue" if at < 10 else "fees") for at, one in enumerate(held)]
    assert evaluate(applied(held, rows), GAPS).calibration == pytest.approx((10 + 9.2 - 10) / 20)


def test_a_person_s_second_gap_is_right_as_well() -> None:
    held = [said(0, 0.9)]
    two = replace(label(held[0], "fees"), label={"gaps": ["fees", "queue"]})
    found = evaluate(applied(held, [two]), GAPS)
    assert found.accuracy and found.gap and found.accuracy.value == found.gap.value == 1
    assert (found.raised, found.lowered) == ({"fees": 1}, {})


def test_kappa_is_that_of_scikit_learn_also_where_some_was_labelled_by_one_alone() -> None:
    rng = np.random.default_rng(4)
    held = [said(at, 0.9) for at in range(120)]
    ann = rng.choice(["queue", "fees", "praise"], 120, p=[0.6, 0.3, 0.1])
    ben = np.where(rng.random(120) < 0.7, ann, "fees")
    rows = [label(one, name) for one, name in zip(held, ann, strict=True)]
    rows += [label(one, name, "ben") for one, name in zip(held[:100], ben, strict=False)]
    both, same, kappa = agreed(applied(held, rows).held)
    assert both == 100 and same == pytest.approx(float((ann[:100] == ben[:100]).mean()))
    assert kappa == pytest.approx(cohen_kappa_score(ann[:100], ben[:100]))
