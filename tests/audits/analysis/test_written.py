"""What the project wrote has a say in what a statement is about, and says the same of it in any company."""

from __future__ import annotations

import numpy as np

from audits.analysis.model import KINDS, model
from audits.analysis.reader import reader
from audits.analysis.written import SHARE, about, kind, said

TEXTS = (
    "The card reader at the till would not take any card.",
    "Nobody at the branch picks up the telephone.",
    "They cut the deposit without a word of why.",
)


def test_what_is_written_says_the_same_of_a_statement_alone_and_among_others() -> None:
    held = reader().vectors(TEXTS)
    for part in range(2):
        together = said([*held, *held[::-1]])[part]
        assert np.allclose(together.sum(axis=1), 1, atol=1e-5)
        for at, vector in enumerate(held):
            alone = said([vector])[part][0]
            assert (alone == together[at]).all() and (alone == together[-1 - at]).all()


def test_a_statement_beside_those_written_of_a_gap_is_mostly_of_it() -> None:
    (row,) = said(reader().vectors(TEXTS[1:2])).gaps
    assert model().gaps[int(row.argmax())] == "reachability" and row.max() > 0.8


def test_what_is_written_moves_a_doubtful_answer_and_not_a_sure_one() -> None:
    names = list(model().gaps)
    near = said(reader().vectors(TEXTS[1:2]))
    doubtful, sure = (np.full((1, len(names)), (1 - top) / (len(names) - 1), np.float32) for top in (0.2, 0.999))
    doubtful[0, names.index("queue")] = 0.2
    sure[0, names.index("queue")] = 0.999
    assert 0 < SHARE < 1
    assert names[int(about(doubtful, near).argmax())] == "reachability"
    assert names[int(about(sure, near).argmax())] == "queue"
    assert said([]).gaps.shape == (0, len(names))


def test_plain_praise_is_written_of_as_praise() -> None:
    near = said(reader().vectors(["The staff were lovely and explained everything.", TEXTS[1]]))
    assert [KINDS[at] for at in near.kinds.argmax(axis=1)] == ["praise", "complaint"]
    even = np.full((2, 3), 1 / 3, np.float32)
    praised, blamed = kind(even, near)
    assert praised[0] < 1 / 3 < blamed[0]
