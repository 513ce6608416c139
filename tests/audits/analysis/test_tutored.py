"""What the project wrote lies near a statement as the tutor sees both, turned into few numbers or not."""

from __future__ import annotations

import numpy as np
import pytest

from audits.analysis.meaning import stepped, unit, unpacked
from audits.analysis.model import KINDS, model
from audits.analysis.train import everything
from audits.analysis.tutor import tutor
from audits.analysis.tutored import FILE, WIDTH, packed, said
from audits.analysis.written import Said, written

TEXTS = (
    "The card reader at the till would not take any card.",
    "Not one person at the branch ever picked up when I rang.",
    "They cut the deposit without a word of why.",
    "The staff were lovely and explained everything.",
)


@pytest.fixture(scope="module")
def near() -> Said:
    return said(tutor().vectors(TEXTS))


def test_a_statement_beside_those_written_of_a_gap_is_mostly_of_it(near: Said) -> None:
    assert model().gaps[int(near.gaps[1].argmax())] == "reachability" and near.gaps[1].max() > 0.8
    assert [KINDS[at] for at in near.kinds.argmax(axis=1)] == ["complaint", "complaint", "complaint", "praise"]
    assert all(np.allclose(part.sum(axis=1), 1, atol=1e-5) for part in near)


def test_it_holds_every_written_statement_in_the_order_in_which_their_labels_are_kept() -> None:
    rows = everything()
    with np.load(FILE) as arrays:
        assert len(arrays["vectors"]) == len(rows) == len(written().steps)
        kept = unit(stepped(arrays["vectors"].tobytes(), len(rows)))
        turn = arrays["turn"].astype(np.float32)
    at = [7, len(rows) // 2, len(rows) - 1]
    again = unit(unpacked(tutor().vectors([rows[row].text for row in at])) @ turn)
    assert (np.sum(again * kept[at], axis=1) > 0.95).all()
    assert np.median(again @ kept.T) < 0.3


def test_few_numbers_hold_most_of_what_lies_in_a_few_directions() -> None:
    random = np.random.default_rng(5)
    few = random.normal(size=(300, 40)) @ random.normal(size=(40, 768)) + 0.01 * random.normal(size=(300, 768))
    vectors = unit(few.astype(np.float32))
    pairs, turn = packed(vectors)
    assert pairs.shape == (300, WIDTH // 2) and turn.shape == (768, WIDTH)
    again = unit(stepped(pairs.tobytes(), 300)) @ unit(vectors @ turn.astype(np.float32)).T
    assert np.abs(again - vectors @ vectors.T).max() < 0.1
