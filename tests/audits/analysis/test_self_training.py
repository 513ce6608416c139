"""What is usual in an engagement weighs in where a complaint's own words leave doubt, and nowhere else."""

from __future__ import annotations

import json

import pytest

from audits.analysis import own as owns
from audits.analysis import self_training, tutor
from audits.analysis.assign import assign, assign_texts, reading
from audits.analysis.labels import read_as
from audits.analysis.model import model, model_version
from audits.analysis.own import Own
from audits.analysis.self_training import ENOUGH, LEAST, learnt, learnt_texts
from audits.analysis.usual import WHOLE, Usual
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from tests.audits.analysis.made import FAILING_APP, review

DOUBTFUL = "Nothing happens when I press it."
PLAIN = {
    "They charged me twice for one order.": "billing",
    "The driver was rude to my mother.": "conduct",
    "Nobody answered the phone for an hour.": "reachability",
    "I could not book a slot.": "booking",
}


def said(text: str, own: Own | None = None) -> Statement:
    ((found,),) = assign_texts([(None, text, 1.0)], own=own)
    return found


@pytest.fixture(scope="module")
def held() -> list[StoredReview]:
    """A shop whose app fails in three hundred ways."""
    return [review(at, text=text, rating=1.0, content_hash=f"c{at}") for at, text in enumerate(FAILING_APP)]


@pytest.fixture(scope="module")
def own(held: list[StoredReview]) -> Own:
    found = learnt(held)
    assert found.line is not None and found.usual is not None
    return found


@pytest.fixture(scope="module")
def usual(own: Own) -> Usual:
    assert own.usual is not None
    return own.usual


def test_a_doubtful_complaint_is_read_as_what_is_usual_near_it(own: Own) -> None:
    assert read_as(said(DOUBTFUL)) == ("core-quality",)
    assert read_as(said(DOUBTFUL, own)) == ("digital",)
    card = "It would not take my card."
    assert said(card, own).gaps[0].confidence > said(card).gaps[0].confidence + 0.2


def test_what_is_said_plainly_is_read_as_before_however_unusual(own: Own, usual: Usual) -> None:
    for text, gap in PLAIN.items():
        before, after = said(text), said(text, Own(usual=usual))
        assert read_as(after) == read_as(before) == read_as(said(text, own)) == (gap,)
        assert after.gaps[0].confidence < before.gaps[0].confidence
        assert (after.complaint, after.vector) == (before.complaint, before.vector)


def test_praise_and_facts_stay_what_they_are(own: Own) -> None:
    for text in ("Such a kind driver, and the app is lovely.", "I ordered two lamps in May."):
        before, after = (assign_texts([(None, text, 5.0)], own=each)[0] for each in (None, own))
        assert [(one.outside, one.gaps) for one in after] == [(one.outside, one.gaps) for one in before] != []


def test_the_order_of_reviews_changes_nothing_and_copies_count_once(held: list[StoredReview], own: Own) -> None:
    copies = [one._replace(key=f"copy-{at}") for at, one in enumerate(held[:20] * 10)]
    assert learnt(held[::-1]).digest == own.digest
    texts = [(None, one.text, one.rating) for one in held]
    assert learnt_texts(texts[::-1] + texts).digest == learnt_texts(texts).digest
    copied = learnt([*held, *copies]).usual
    assert own.usual and copied and copied.told.sum() == pytest.approx(own.usual.told.sum(), rel=0.05)


def test_a_statement_is_read_alike_in_any_company(held: list[StoredReview], own: Own) -> None:
    together = assign(held[:60], own=own)
    assert together == [one for each in held[:60][::-1] for one in assign([each], own=own)][::-1]


def test_what_is_kept_reads_as_it_did_and_its_digest_stands_in_the_version(own: Own) -> None:
    again = owns.of(json.loads(json.dumps(own.plain())))
    assert again.digest == own.digest and said(DOUBTFUL, again) == said(DOUBTFUL, own)
    assert said(DOUBTFUL, own).model == reading(own) == f"{model_version()}+{own.digest}"
    assert reading(Own()) == reading(None) == model_version()


def test_where_few_complain_the_tutor_alone_is_heard_and_where_hardly_anybody_does_nothing_is_learnt(
    held: list[StoredReview],
) -> None:
    few = learnt(held[: ENOUGH // 2])
    assert few.usual is None and few.line is not None
    card = "It would not take my card."
    assert said(card, few).gaps[0].confidence > said(card).gaps[0].confidence + 0.1
    assert learnt(held[: tutor.ENOUGH - 1]) == Own()
    assert learnt_texts([(None, "A lovely lamp.", 5.0)]) == learnt([]) == Own()


def test_what_hardly_anybody_told_is_not_usual_however_often_they_told_it() -> None:
    few = [(None, " ".join(FAILING_APP[at::4]), 1.0) for at in range(LEAST - 1)]
    found = learnt_texts(few)
    assert found.usual is None and found.line is not None


def test_what_is_kept_are_means_over_groups_and_no_ones_words(usual: Usual) -> None:
    assert usual.told.shape == (len(usual.middles), len(model().gaps))
    # A complaint counts half at least, and a group of fewer than LEAST is left out.
    assert usual.told.sum(axis=1).min() >= LEAST / 2 * WHOLE
    assert set(Own(usual=usual).plain()["usual"]) == {"middles", "told"}


def test_a_sample_is_drawn_whatever_the_order_and_no_larger_than_asked(
    held: list[StoredReview], usual: Usual, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [f"key-{number}" for number in range(500)]
    assert self_training.sampled(keys, 40) == self_training.sampled(reversed(keys), 40)
    assert len(self_training.sampled(keys, 40)) == 40 and self_training.sampled(keys, 40) != keys[:40]
    monkeypatch.setattr(self_training, "SHOWN", 250)
    some = learnt(held).usual
    assert some is not None
    assert some.told.sum() <= 250 * WHOLE * 1.001 < usual.told.sum() * 1.001
