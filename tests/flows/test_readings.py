"""Of what is not shown an audit holds no words: it is counted by what its statements score."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.analysis.heard import Said, Unquoted
from audits.analysis.values import GapScore, Statement
from audits.store import open_store
from audits.store.records import StoredCorrection, StoredReview
from audits.store.store import Store
from flows.learn import version
from flows.readings import corrected
from spiders.items import Dated
from tests.audits.store.conftest import engagement_of, ingested, landing, review

SLUG = "north-dental"
SPAN = ("2024-01-01", "2024-12-31")


def _said(of: StoredReview) -> Statement:
    return Statement(
        review=of.key,
        content=of.content_hash,
        field="text",
        start=0,
        end=4,
        text=(of.text or "")[:4],
        complaint=0.9,
        gaps=(GapScore(gap="conduct", confidence=0.5),),
        severity=1,
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    opened.declare(engagement_of(tmp_path))
    old = Dated(on="2023-06-01", precision="day", raw="1 June 2023")
    ingested(opened, landing("l1"), review("new"), review("old", posted=old), review("marked", posted=old))
    ingested(opened, landing("l2", listing="south"), review("theirs"))
    held = opened.reviews(SLUG)
    opened.save_statements(SLUG, version(opened, SLUG), held, [_said(each) for each in held])
    return opened


def _of(said: Said) -> str:
    """The review that it was said in."""
    return said[0].review if isinstance(said, list) else said.review


def test_only_what_an_audit_may_show_comes_with_its_words(store: Store) -> None:
    reviews = store.reviews(SLUG)
    _, others = corrected(store, SLUG, reviews, "North Dental", SPAN)
    came = {_of(each): type(each) for each in others}
    assert {each.title: came[each.key] for each in reviews} == {
        "Title new": list,
        "Title old": Unquoted,
        "Title marked": Unquoted,
        "Title theirs": Unquoted,
    }


def test_what_a_person_said_of_an_early_review_is_heard_all_the_same(store: Store) -> None:
    reviews = store.reviews(SLUG)
    (marked,) = (each for each in reviews if each.title == "Title marked")
    label = StoredCorrection(
        part="correct",
        review=marked.key,
        field="text",
        start=0,
        end=4,
        text_sha256="0" * 64,
        content_hash=marked.content_hash,
        theme=None,
        label={"gaps": ["fees"]},
        who="kim",
        at="2024-03-01",
    )
    store.save_corrections(SLUG, [label])
    said, others = corrected(store, SLUG, reviews, "North Dental", SPAN)
    assert [[score.gap for score in each.gaps] for each in said.statements] == [["fees"]]
    assert marked.key not in set(map(_of, others))
