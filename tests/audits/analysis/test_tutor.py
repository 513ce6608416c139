"""The larger model reads some complaints of an engagement, and what it says of them moves the reading of all."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode

import numpy as np
import pytest

from audits.analysis import line as lines
from audits.analysis.assign import Scored, scored_slices
from audits.analysis.line import Line
from audits.analysis.model import OUTSIDE, model
from audits.analysis.quarters import GROUP, MOST, packed, whole
from audits.analysis.reader import Reader, reader
from audits.analysis.slices import sliced
from audits.analysis.train import told
from audits.analysis.tutor import FILE, line, tutor
from benchmarks.invented import FOLDER
from tests.audits.analysis.made import FAILING_APP


@pytest.fixture(scope="module")
def scored() -> Scored:
    """Complaints about an app, as they are read before anything was learnt."""
    return scored_slices([each for at, text in enumerate(FAILING_APP) for each in sliced(str(at), "", None, text, 1.0)])


@pytest.fixture(scope="module")
def rows(scored: Scored) -> list[int]:
    return [row for row, vector in enumerate(scored.vectors) if vector]


@pytest.fixture(scope="module")
def drawn(scored: Scored, rows: list[int]) -> Line:
    return line(scored, rows)


@pytest.fixture(scope="module")
def larger() -> Reader:
    return tutor()


def test_the_digest_that_stands_in_the_version_is_that_of_the_file() -> None:
    held = json.loads(FILE.with_suffix(".json").read_text(encoding="utf-8"))
    assert held == {"sha256": hashlib.sha256(FILE.read_bytes()).hexdigest()}


def test_it_scores_a_text_alike_alone_and_in_any_company(larger: Reader) -> None:
    texts = FAILING_APP[:40]
    together = larger.logits(texts)
    for at in (0, 7, 39):
        alone = tutor().logits([texts[at]])
        assert all(np.array_equal(one[0], each[at]) for one, each in zip(alone, together, strict=True))


def test_it_names_the_process_of_plain_complaints(larger: Reader) -> None:
    plain = {
        "They charged me twice for one order.": "billing",
        "The driver was rude to my mother.": "conduct",
        "Nobody answered the phone for an hour.": "reachability",
        "The beast of a queue took two hours to clear.": "queue",
    }
    _, gaps = larger.logits(list(plain))
    assert [model().gaps[at] for at in gaps.argmax(axis=1)] == list(plain.values())


def test_what_it_says_of_complaints_makes_the_reading_of_them_better_by_their_labels() -> None:
    told_of = [
        row for review in told(FOLDER) for row in review if row.industry == "telecom" and row.kind == "complaint"
    ]
    one = [row for row in told_of if len(row.gaps) == 1 and row.gaps[0] not in OUTSIDE]
    scored = scored_slices([each for at, row in enumerate(one) for each in sliced(str(at), "", None, row.text, 1.0)])
    rows = [row for row, vector in enumerate(scored.vectors) if vector]
    right = [model().gaps.index(one[int(scored.slices[row].review)].gaps[0]) for row in rows]
    before = scored.scores.gaps[rows]
    after = line(scored, rows).moved([scored.vectors[row] for row in rows], before)
    surely = [np.log(each[np.arange(len(rows)), right]).mean() for each in (before, after)]
    assert len(rows) > 100 and surely[1] > surely[0] + 0.1


def test_a_complaint_is_moved_alike_in_any_company(scored: Scored, rows: list[int], drawn: Line) -> None:
    held, before = [scored.vectors[row] for row in rows[:50]], scored.scores.gaps[rows[:50]]
    together = drawn.moved(held, before)
    alone = np.concatenate([drawn.moved([one], before[at : at + 1]) for at, one in enumerate(held)])
    assert np.array_equal(together, alone)
    assert np.allclose(together.sum(axis=1), 1, atol=1e-5)


def test_the_line_that_is_kept_is_the_line_and_holds_no_words(drawn: Line) -> None:
    again = lines.of(json.loads(json.dumps(drawn.plain())))
    assert again.digest == drawn.digest
    assert set(drawn.plain()) == {"weights", "scale", "level"}
    assert drawn.weights.shape == (384, len(reader().gaps))
    assert len(b64encode(drawn.digest)) < 20_000


def test_weights_in_four_bits_come_back_within_half_a_step_of_what_they_were() -> None:
    weight = np.random.default_rng(3).normal(size=(8, 4 * GROUP)).astype(np.float32)
    codes, steps = packed(weight)
    exact, scale = whole(codes, steps)
    again = exact * scale[:, None]
    allowed = np.repeat(steps.astype(np.float32), GROUP, axis=1) * 0.51 + scale[:, None] * 0.51
    assert (np.abs(again - weight) <= allowed).all()
    assert codes.nbytes * 2 == weight.size and np.abs(exact).max() == 127 and (codes & 15).max() <= 2 * MOST
