"""Each measure that a target may name is held against it the way it is meant, from thirty reviews on."""

from __future__ import annotations

import pytest

from audits.analysis.given import Given, Target
from audits.analysis.measures import Aim, Measures
from audits.analysis.values import Figure, NotObservable
from audits.store.records import StoredReview
from tests.audits.analysis.made import measured, neutral, review, says


def aimed(rows: list[StoredReview], failing: int = 0, **target: object) -> Aim:
    statements = [says(one, "We queued.", "queue") if at < failing else neutral(one) for at, one in enumerate(rows)]
    given = Given(targets=(Target(by="2024-06-30", **target),))  # type: ignore[arg-type]
    found = measured(rows, statements, given=given).measures
    assert isinstance(found, Measures)
    (aim,) = found.progress.targets
    return aim


def some(count: int, **changes: object) -> list[StoredReview]:
    return [review(at, day="2024-05-10", **changes) for at in range(count)]


@pytest.mark.parametrize(("share", "reach"), [(0.3, "reached"), (0.2, "cannot tell"), (0.1, "not reached")])
def test_fewer_complaints_reach_a_target(share: float, reach: str) -> None:
    aim = aimed(some(200), 40, measure="complaints", value=share)
    assert isinstance(aim.now, Figure) and (aim.now.value, aim.now.n) == (0.2, 200) and aim.reach == reach


@pytest.mark.parametrize(("share", "reach"), [(0.9, "not reached"), (0.8, "cannot tell"), (0.7, "reached")])
def test_more_replies_reach_a_target(share: float, reach: str) -> None:
    rows = [one._replace(reply_text="Thank you." if at < 160 else None) for at, one in enumerate(some(200))]
    aim = aimed(rows, 100, measure="replies", value=share)
    assert isinstance(aim.now, Figure) and (aim.now.value, aim.now.n) == (0.8, 200) and aim.reach == reach


def test_a_target_is_told_from_thirty_reviews_on() -> None:
    assert isinstance(aimed([*some(30), *_before(30)], gap="queue", value=0.2).now, Figure)
    assert isinstance(aimed([*some(29), *_before(30)], gap="queue", value=0.2).now, NotObservable)


def _before(count: int) -> list[StoredReview]:
    return [review(500 + at, day="2023-05-10") for at in range(count)]
