"""Confidence is a share of right answers, found on what people read; it keeps the order of the scores."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audits.analysis import confidence
from audits.analysis import encoder as encoding
from audits.analysis.assign import assign_texts
from audits.analysis.confidence import SEEN, USUALLY, claimed, easier, honest, slope
from audits.analysis.model import FILES, model_version
from benchmarks import gold_read, gold_sure
from benchmarks.calibration import apart, by_chance
from benchmarks.gold_score import Read
from benchmarks.gold_sure import Answer

TEXTS = [
    "We queued for an hour at the ferry and nobody came.",
    "The fee was never mentioned and the clerk was rude about it.",
    "It was a bit of a mess with the papers.",
    "The skipper was kind and the boat was spotless.",
]


def test_a_surer_score_is_a_surer_confidence_and_claims_less_than_it_did() -> None:
    scores = np.arange(0.0, 1.0001, 0.01)
    told = [honest(float(one)) for one in scores]
    assert all(one < other for one, other in pairwise(told))
    assert honest(0.5) == 0.5
    assert all(0.5 < one < score for one, score in zip(told[51:], scores[51:], strict=True))
    assert told[0] > 0 and told[-1] < 1
    assert all(claimed(honest(score)) == pytest.approx(score, abs=1e-3) for score in (0.3, 0.62, 0.97))


def test_the_more_two_models_agree_the_surer_the_same_score_is_told() -> None:
    assert easier(USUALLY) == 0
    told = [honest(0.62, easier(agreed)) for agreed in (0.61, USUALLY, 0.75, 0.82)]
    assert told == sorted(set(told)) and told[1] == honest(0.62)
    assert claimed(told[2]) > 0.62 > claimed(told[0])


def test_an_agreement_beyond_what_was_ever_seen_counts_as_the_nearest_that_was() -> None:
    assert [easier(0.1), easier(0.99)] == [easier(each) for each in SEEN]


def test_being_honest_changes_no_gap_and_not_what_is_praised(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(None, text, None) for text in TEXTS]
    now = [one for each in assign_texts(texts) for one in each]
    monkeypatch.setattr(confidence, "slope", lambda: 1.0)
    before = [one for each in assign_texts(texts) for one in each]
    assert [[gap.gap for gap in one.gaps] for one in now] == [[gap.gap for gap in one.gaps] for one in before]
    moved = 0
    for one, old in zip(now, before, strict=True):
        for gap, claim in zip(one.gaps, old.gaps, strict=True):
            assert gap.confidence == (claim.confidence if one.outside == "praise" else honest_of(claim.confidence))
            moved += one.outside != "praise"
    assert moved >= 2 and any(one.outside == "praise" and one.gaps for one in now)


def honest_of(claim: float) -> float:
    odds = math.log(claim / (1 - claim)) * json.loads(confidence.FILE.read_text())["slope"]
    return round(1 / (1 + math.exp(-odds)), 4)


def test_another_slope_is_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in FILES:
        (folder / name).symlink_to(encoding.DATA / name)
    (tmp_path / "cues.toml").symlink_to(encoding.DATA.parent / "cues.toml")
    monkeypatch.setattr(encoding, "DATA", folder)
    assert model_version.__wrapped__() == model_version()
    (folder / "confidence.json").unlink()
    (folder / "confidence.json").write_text('{"slope": 0.9}')
    assert model_version.__wrapped__() != model_version()


def test_scores_that_claim_too_much_are_found_out() -> None:
    rng = np.random.default_rng(3)
    true = rng.uniform(0.3, 0.95, 20_000)
    odds = np.log(true / (1 - true)) / 0.6
    rows = [
        Answer(trade=f"t{at % 4}", source="read", claim=1 / (1 + np.exp(-one)), right=bool(rng.random() < sure))
        for at, (one, sure) in enumerate(zip(odds, true, strict=True))
    ]
    assert gold_sure.fitted(rows) == pytest.approx(0.6, abs=0.03)
    right = [one.right for one in rows]
    assert apart(gold_sure.confidence(rows, 0.6), right) < 0.02 < apart(gold_sure.confidence(rows, 1.0), right)
    *_, last = gold_sure.calibrated(rows)
    figures = last.split()
    assert figures[:2] == ["all", "20000"] and float(figures[4]) > 0.05 > float(figures[6])


def test_the_shipped_confidence_is_as_sure_as_the_audits_that_were_read_are_right() -> None:
    read = gold_sure.answers([])
    assert len(read) > 500  # a share of so many is known to .04
    right = [one.right for one in read]
    told, claimed = (apart(sure, right) for sure in ([honest(one.claim) for one in read], [one.claim for one in read]))
    assert told <= 0.04 and told < claimed
    for trade in {one.trade for one in read}:
        without = gold_sure.fitted([one for one in read if one.trade != trade])
        assert without == pytest.approx(slope(), abs=0.25)


def test_the_gold_set_counts_what_was_claimed_and_only_where_a_gap_was_given() -> None:
    gold = [
        Read(set="inns", label=("queue",), said=("queue",), confidence=honest(0.8)),
        Read(set="inns", label=("queue",), said=("none",)),
    ]
    (first, *rest) = gold_sure.answers(gold)
    assert first.right and first.trade == "inns" and first.claim == pytest.approx(0.8, abs=1e-3)
    assert {one.source for one in rest} == {"read"}


def test_of_two_gaps_with_one_right_the_first_is_right_where_it_is_the_one() -> None:
    def right(verdict: str, gaps: str, instead: str) -> bool:
        return gold_read.right_of({"verdict": verdict, "gaps": gaps, "instead": instead, "now": gaps})

    assert right("right", "fees", "") and right("partly", "fees", "billing") and right("partly", "fees exit", "fees")
    assert not right("partly", "exit billing", "billing")
    assert not right("wrong-gap", "fees", "billing") and not right("no-complaint", "fees", "none")


def test_few_answers_lie_apart_from_an_honest_confidence_by_chance() -> None:
    assert by_chance([0.6] * 20) > by_chance([0.6] * 500) > 0
    assert apart([], []) == 0
