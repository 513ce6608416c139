"""How sure a leak is, in a word that its figures bear out."""

from __future__ import annotations

from audits.analysis.intervals import share
from audits.analysis.sureness import sureness


def _of(hits: int, n: int) -> tuple[str, str]:
    level, words, _ = sureness(share(hits, n, evidence=[str(key) for key in range(hits)]), 0.8, None)
    return level, words


def test_many_reviews_with_a_narrow_range_are_sure() -> None:
    told = "107 reviews report it; most say it plainly; the range that chance leaves is narrow."
    assert _of(107, 1024) == ("high", told)


def test_a_range_of_a_quarter_of_all_reviews_is_not_called_narrow_because_the_share_is_large() -> None:
    level, words = _of(33, 55)
    assert level == "medium" and words.endswith("the range that chance leaves is wide.")
