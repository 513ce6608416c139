"""A student taught on an audit's own statements comes nearer to both stages, and is the same in any order and batch."""

from __future__ import annotations

import numpy as np

from audits.analysis.adaptation import adapted
from audits.analysis.assign import assign_texts
from audits.analysis.model import model, model_version
from audits.analysis.reader import scores
from audits.analysis.train import bank

TEXTS = [row.text for row in bank()[::23]]
STILL = np.zeros(len(TEXTS), np.float32)


def test_it_comes_nearer_to_both_stages_than_the_student_is() -> None:
    both, alone = scores(TEXTS, STILL), model().scores(TEXTS, STILL)
    taught = adapted(TEXTS)[0].scores(TEXTS, STILL)
    complains = both.kinds[:, 0] >= 0.5

    def apart(gaps: np.ndarray) -> float:
        return float(np.abs(gaps - both.gaps)[complains].sum(axis=1).mean())

    assert apart(taught.gaps) < 0.9 * apart(alone.gaps)


def test_it_is_the_same_for_any_order_and_reads_the_same_in_any_batch() -> None:
    one, digest = adapted(TEXTS[:80])
    other, again = adapted(TEXTS[:80][::-1])
    assert digest == again
    whole = one.scores(TEXTS, STILL).gaps
    assert (np.concatenate([other.scores([text], STILL[:1]).gaps for text in TEXTS[:20]]) == whole[:20]).all()


def test_what_it_reads_carries_what_it_learnt_in_the_version() -> None:
    taught = adapted(TEXTS[:80])
    ((statement,),) = assign_texts([(None, "The parcel came a week late", None)], taught)
    assert statement.model == f"{model_version()}+{taught[1]}"


def test_without_statements_nothing_is_learnt() -> None:
    assert adapted([])[0] is model()
