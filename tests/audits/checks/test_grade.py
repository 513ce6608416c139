"""The evidence of a listing has a grade, and every letter lost has a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audits.checks.grade import Read, graded
from audits.store.records import StoredReview

WELL = Read(verdict="complete", scope="full", held=False, as_of="2024-02-01", declared_total=120, average=3.0)


def review(number: int, **changed: object) -> StoredReview:
    given: dict[str, object] = {
        "key": f"{number:016x}", "business": "B", "listing": "b", "site": "s", "location": None, "url": None,
        "rating": float(1 + number % 5), "rating_raw": None, "title": None, "text": f"Number {number}.",
        "language": "en", "posted_on": f"2023-{1 + number % 12:02}-10", "posted_precision": "day",
        "experienced_on": None, "verified": None, "invited": None, "author_key": None, "content_hash": "c",
        "weak_id": False, "first_seen": "", "last_seen": "", "source": None, "reply_text": None, "reply_on": None,
    }  # fmt: skip
    return StoredReview(**(given | changed))  # type: ignore[arg-type]  # fields vary by test


def many(**changed: object) -> list[StoredReview]:
    return [review(number, **changed) for number in range(120)]


def test_a_full_reading_that_agrees_with_the_site_is_an_a() -> None:
    assert graded(WELL, many()) == graded(WELL, many())
    assert graded(WELL, many()).letter == "A"


@pytest.mark.parametrize(
    ("read", "rows", "letter", "says"),
    [
        (replace(WELL, verdict="partial"), many(), "B", "not read to its end"),
        (replace(WELL, declared_total=500), many(), "B", "120 of the 500 reviews"),
        (replace(WELL, as_of=None), many(), "B", "when it was collected"),
        (replace(WELL, average=4.6), many(), "B", "average 3.0 stars, the site says 4.6"),
        (WELL, many()[:12], "C", "only 12 reviews"),
        (WELL, many(weak_id=True), "C", "100% of its reviews came without an id"),
        (WELL, many(posted_on=None), "C", "100% of its reviews have no date"),
        (WELL, many(text="The same words."), "C", "repeat another’s words, also such short ones as"),
        (WELL, many(invited=True), "C", "100% of its reviews were invited, as the site marks them."),
        (
            WELL,
            [*many(invited=True)[:30], *many()[30:]],
            "C",
            "The site tells of 30 of its reviews whether they were invited: 100% of these were.",
        ),
        (WELL, [*many(), review(1, posted_on="2021-01-01")], "B", "No review of it is held from "),
        (replace(WELL, verdict="partial", as_of=None), many(weak_id=True), "D", "came without an id"),
        (replace(WELL, held=True), many(), "D", "not let through"),
        (replace(WELL, verdict="drifted"), many(), "D", "not let through"),
        (WELL, [], "D", "No review"),
        (replace(WELL, verdict="empty"), [], "A", "no reviews"),
    ],
)
def test_each_weakness_costs_a_letter_and_says_why(
    read: Read, rows: list[StoredReview], letter: str, says: str
) -> None:
    grade = graded(read, rows)
    assert (grade.letter, says in " ".join(grade.reasons)) == (letter, True), grade


@pytest.mark.parametrize(
    ("read", "letter", "says"),
    [
        (replace(WELL, emptier=("url", "title")), "B", "Filled much less often than in earlier runs: url, title."),
        (
            replace(WELL, breaks=("From May it was 90.", "From July it was 300.")),
            "B",
            "evenly. From July it was 300 (and 1 ",
        ),
        (replace(WELL, foreign=0.1), "B", "10% of the texts"),
        (replace(WELL, foreign=0.4), "C", "40% of the texts"),
    ],
)
def test_what_does_not_compare_costs_a_letter(read: Read, letter: str, says: str) -> None:
    grade = graded(read, many())
    assert (grade.letter, says in " ".join(grade.reasons)) == (letter, True), grade


def test_the_weightiest_reason_stands_first() -> None:
    grade = graded(replace(WELL, scope="file", as_of=None), many(weak_id=True))
    assert grade.reasons[0].startswith("100% of its reviews came without an id")
    assert grade.reasons[-1].startswith("It is a file")


def test_months_without_a_review_are_named() -> None:
    held = graded(WELL, [*many(posted_on="2023-01-05"), review(1, posted_on="2022-03-01")])
    assert "No review of it is held from April to December 2022." in held.reasons
