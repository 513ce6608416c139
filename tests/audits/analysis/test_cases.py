"""Under fifty reviews cases are told, those alone that were read plainly, and nothing is ranked."""

from __future__ import annotations

from pathlib import Path

from audits.analysis.values import GapScore, NotObservable
from tests.audits.analysis.made import measured, neutral, review, says

RIVAL = "Birch Lodge"
METHOD = Path(__file__).parents[3] / "docs" / "method.md"
TEXTS = {
    "booking": ("Our booking was lost.", "They had no booking for us.", "The booking had vanished."),
    "premises": ("The lift was broken.", "A broken lift and a dirty room.", "The lift was broken again."),
    "conduct": ("The manager was rude.", "A rude manager sent us away.", "Such a rude manager."),
}


def test_under_fifty_reviews_there_are_cases_and_no_ranking() -> None:
    held = [review(at, rating=2.0) for at in range(49)]
    statements = [neutral(one) for one in held]
    statements += [says(one, "The lift was broken.", "premises") for one in held[:20]]
    statements += [says(one, "Hidden charges.", "fees") for one in held[20:21]]
    found = measured(held, statements)
    assert found.thin
    assert [leak.gap for leak in found.leaks] == ["fees", "premises"]
    assert isinstance(found.decomposition, NotObservable)
    assert all(isinstance(leak.stars, NotObservable) for leak in found.leaks)
    assert all(isinstance(leak.direction, NotObservable) for leak in found.leaks)
    assert {leak.sureness for leak in found.leaks} == {"low"}
    assert found.ties == ()


def test_a_case_is_told_only_where_its_process_was_read_plainly() -> None:
    held = [review(at, rating=2.0) for at in range(20)]
    vague = says(held[1], "It was not to my liking at all.", "fees")._replace(
        gaps=(GapScore(gap="fees", confidence=0.55),)
    )
    surely = (GapScore(gap="fees", confidence=0.9),)
    mild = says(held[2], "There was a charge for the terrace.", "fees", complaint=0.74)._replace(gaps=surely)
    told = says(held[0], "Hidden charges.", "fees", complaint=0.75)._replace(gaps=surely)
    found = measured(held, [*(neutral(one) for one in held), told, vague, mild])
    (leak,) = found.leaks
    assert leak.share.evidence == (held[0].key,)
    assert [one.review for one in leak.statements] == [held[0].key]
    assert found.outside["doubtful"] == 2


def test_praise_is_told_as_a_case_only_where_it_is_plain() -> None:
    held = [review(at, rating=4.0) for at in range(20)]
    kind = says(held[0], "The staff were lovely.", "conduct", complaint=0.01, outside="praise")
    plain = says(held[1], "I opened the account in May.", "onboarding", complaint=0.12, outside="praise")._replace(
        gaps=(GapScore(gap="onboarding", confidence=0.8),)
    )
    sure = kind._replace(gaps=(GapScore(gap="conduct", confidence=0.9),))
    found = measured(held, [*(neutral(one) for one in held), sure, plain])
    assert [(strength.gap, strength.share.evidence) for strength in found.strengths] == [("conduct", (held[0].key,))]
