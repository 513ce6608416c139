"""The larger model reads some complaints of an engagement, and what it says of them moves the reading of all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from audits.analysis import line as lines
from audits.analysis.assign import Scored, scored_slices
from audits.analysis.encoder import DATA
from audits.analysis.line import Line
from audits.analysis.model import OUTSIDE, model
from audits.analysis.own import Own
from audits.analysis.quarters import GROUP, MOST, packed, rounded, whole
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
def drawn(scored: Scored) -> Line:
    found = line(scored)
    assert found is not None
    return found


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
    rows = np.flatnonzero(scored.complaints).tolist()
    right = [model().gaps.index(one[int(scored.slices[row].review)].gaps[0]) for row in rows]
    before = scored.scores.gaps[rows]
    after = scored.moved(Own(line=line(scored))).scores.gaps[rows]
    surely = [np.log(each[np.arange(len(rows)), right]).mean() for each in (before, after)]
    assert len(rows) > 100 and surely[1] > surely[0] + 0.1


def test_a_complaint_is_moved_alike_in_any_company(scored: Scored, rows: list[int], drawn: Line) -> None:
    held = [scored.vectors[row] for row in rows[:50]]
    before = scored.scores.kinds[rows[:50]], scored.scores.gaps[rows[:50]]
    together = drawn.moved(held, *before)
    alone = [drawn.moved([one], *(each[at : at + 1] for each in before)) for at, one in enumerate(held)]
    for each, apart, was in zip(together, zip(*alone, strict=True), before, strict=True):
        assert np.array_equal(each, np.concatenate(apart)) and not np.allclose(each, was, atol=0.01)
        assert np.allclose(each.sum(axis=1), 1, atol=1e-5)


def test_what_it_says_of_whether_they_complain_makes_the_reading_of_that_better_by_their_labels() -> None:
    told_of = [row for review in told(FOLDER) for row in review if row.industry == "telecom"]
    scored = scored_slices([each for at, row in enumerate(told_of) for each in sliced(str(at), "", None, row.text, 3)])
    rows = [row for row, vector in enumerate(scored.vectors) if vector]
    complain = np.array([told_of[int(scored.slices[row].review)].kind == "complaint" for row in rows])
    right = [(one.complaints[rows] == complain).mean() for one in (scored, scored.moved(Own(line=line(scored))))]
    assert len(rows) > 200 and right[1] > right[0]


def test_how_often_both_models_agree_moves_every_confidence_and_no_gap(scored: Scored, drawn: Line) -> None:
    assert 0.5 < drawn.agreed < 1
    seldom, often = (scored.read(Own(line=replace(drawn, agreed=agreed))) for agreed in (0.5, 0.9))
    both = [(one, other) for one, other in zip(seldom, often, strict=True) if one.outside is None and one.gaps]
    assert len(both) > 100
    for one, other in both:
        assert [gap.gap for gap in one.gaps] == [gap.gap for gap in other.gaps]
        assert all(gap.confidence < surer.confidence for gap, surer in zip(one.gaps, other.gaps, strict=True))
    assert replace(drawn, agreed=0.5).digest != drawn.digest


def test_the_line_that_is_kept_is_the_line_and_holds_no_words(drawn: Line) -> None:
    again = lines.of(json.loads(json.dumps(drawn.plain())))
    assert again.digest == drawn.digest
    assert set(drawn.plain()) == {"weights", "scale", "level", "agreed"}
    assert drawn.weights.shape == (384, len(reader().kinds) + len(reader().gaps))
    assert len(json.dumps(drawn.plain())) < 25_000


def test_weights_in_four_bits_come_back_within_half_a_step_of_what_they_were() -> None:
    weight = np.random.default_rng(3).normal(size=(8, 4 * GROUP)).astype(np.float32)
    codes, steps = packed(weight)
    exact, scale = whole(codes, steps)
    again = exact * scale[:, None]
    allowed = np.repeat(steps.astype(np.float32), GROUP, axis=1) * 0.51 + scale[:, None] * 0.51
    assert (np.abs(again - weight) <= allowed).all()
    assert codes.nbytes * 2 == weight.size and np.abs(exact).max() <= 127 and (codes & 15).max() <= 2 * MOST


def test_whole_numbers_leave_room_for_the_sum_of_two_products_in_sixteen_bits() -> None:
    weight = np.random.default_rng(4).normal(size=(50, 384)).astype(np.float32)
    weight[0, :2], weight[1], weight[2, :2] = (4, 4), 0, (-5, -4)
    weight[1, :2] = (4, -4)
    exact, scale = rounded(weight)
    assert np.abs(exact * scale[:, None] - weight).max() <= 0.501 * scale.max()
    assert _beside(exact) <= 128 < _beside(np.rint(weight * 127 / np.abs(weight).max(axis=1, keepdims=True)))
    assert exact[1, 0] == 127 == -exact[1, 1]


def test_both_models_come_to_the_same_sums_on_a_processor_that_adds_two_products_in_sixteen_bits() -> None:
    with np.load(FILE) as held:
        tables = [name.removesuffix(":turned") for name in held if name.endswith(":turned")]
        unpacked = [whole(held[f"{name}:turned"], held[f"{name}:steps"])[0] for name in tables]
        inside = _tables(held["graph"].tobytes())
    sentence_model = _tables((DATA / "reader.onnx").read_bytes())
    assert (len(sentence_model), len(unpacked), len(inside)) == (25, 48, 1)
    assert max(_beside(each) for each in (*sentence_model, *unpacked, *inside)) <= 128


def _beside(rows: Any) -> int:
    """The largest sum of two neighbours of a row, the first and second, the third and fourth, and so on."""
    exact = np.asarray(rows, np.int64)
    return int(np.abs(exact[:, ::2] + exact[:, 1::2]).max())


def _tables(graph: bytes) -> list[Any]:
    """The tables of whole numbers that a graph multiplies by, a row an output; what it looks words up in is none."""
    (inner,) = (part for field, part in _fields(graph) if field == 7)
    found = []
    for tensor in [list(_fields(part)) for field, part in _fields(inner) if field == 5]:
        dims = [part for field, part in tensor if field == 1]
        raw = [part for field, part in tensor if field == 9]
        if (2, 3) in tensor and len(dims) == 2 and raw and dims[0] < 4_000:
            found.append(np.frombuffer(raw[0], np.int8).reshape(dims).T)
    return found


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """Number and content of each field of a protocol buffer: whole numbers and byte strings."""

    def number(at: int) -> tuple[int, int]:
        value = shift = 0
        while True:
            value |= (message[at] & 127) << shift
            at, shift = at + 1, shift + 7
            if message[at - 1] < 128:
                return value, at

    at = 0
    while at < len(message):
        key, at = number(at)
        size = {1: 8, 5: 4}.get(key & 7, 0)
        value, at = (0, at) if size else number(at)
        if key & 7 == 2:
            size, value = value, message[at : at + value]
        yield key >> 3, value
        at += size
