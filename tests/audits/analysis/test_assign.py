"""Reviews become statements: sliced exactly, the same in any company, in bounded time."""

from __future__ import annotations

import time

import pytest

from audits.analysis.assign import BATCH, assign, assign_texts, statements_of
from audits.analysis.complaints import THRESHOLD
from audits.analysis.model import model_version
from audits.analysis.reader import reader
from audits.analysis.slices import analysed
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from tests.audits.analysis import made

BLANK = made.review(0, day=None, rating=None, text=None, language=None)
TEXTS = [
    "The ferry left two hours late and nobody told us. The crew were kind though!",
    "Cancelled at the dock, no rebooking, and the desk was shut.",
    "Lovely crossing, spotless cabins.",
    "They charged my card twice; I have emailed four times. Never again.",
    "Tout était parfait, une très belle traversée avec un équipage charmant et souriant.",
    "",
]


def review(number: int, text: str | None, title: str | None = None, rating: float | None = None) -> StoredReview:
    return BLANK._replace(key=f"{number:016x}", content_hash=f"h{number}", text=text, title=title, rating=rating)


REVIEWS = [review(number, text, rating=float(1 + number % 5)) for number, text in enumerate(TEXTS * 8)]


def test_each_statement_is_an_exact_slice_of_its_field() -> None:
    titled = [*REVIEWS, review(900, "The cabin was damp. The bed was fine.", title="Damp, and dear")]
    by_key = {one.key: one for one in titled}
    found = assign(titled)
    assert {statement.field for statement in found} == {"title", "text"}
    for statement in found:
        source = by_key[statement.review]
        whole = source.title if statement.field == "title" else source.text
        assert whole is not None
        assert whole[statement.start : statement.end] == statement.text
        assert statement.content == source.content_hash
        assert statement.model == model_version()


def test_a_review_gives_the_same_statements_in_any_order_and_alone() -> None:
    def by_review(found: list[Statement]) -> dict[str, list[Statement]]:
        return {one.key: [each for each in found if each.review == one.key] for one in REVIEWS}

    whole = by_review(assign(REVIEWS))
    assert by_review(assign(REVIEWS[::-1])) == whole
    for one in REVIEWS[:6]:
        assert assign([one]) == whole[one.key]


def test_a_review_in_another_language_is_not_read() -> None:
    french = review(1, TEXTS[4])
    assert not analysed(french)
    assert assign([french]) == []
    assert not analysed(review(2, None))
    assert analysed(review(3, "Great"))


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    assign(REVIEWS, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (len(REVIEWS), len(REVIEWS))
    assert BATCH > 0


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("We stood in the queue for two hours before anyone served us.", "queue"),
        ("Nobody answers the phone, I was on hold for an hour.", "reachability"),
        ("They charged me twice for the same order.", "billing"),
        ("The receptionist was rude and dismissive.", "conduct"),
        ("They lost my suitcase.", "custody"),
        ("The flight was cancelled and they left us to find our own way.", "cancellation"),
        ("The website keeps crashing when I try to log in.", "digital"),
        ("They refuse to give me my refund.", "refunds"),
        ("My claim was rejected without a proper reason.", "decision"),
        ("The room was dirty and the shower was broken.", "premises"),
        ("They make it impossible to cancel the subscription.", "exit"),
        ("The premium went up by forty percent at renewal, which is far too much.", "price-level"),
    ],
)
def test_a_plain_complaint_is_given_its_process(text: str, gap: str) -> None:
    (statement,) = statements_of(None, text)
    assert gap in [score.gap for score in statement.gaps], statement


def test_a_complaint_keeps_what_it_means_and_nothing_else_does() -> None:
    (said,) = assign_texts([(None, "They charged my card twice. A lovely warm room with a view of the sea.", None)])
    assert [bool(one.vector) for one in said] == [one.complaint >= THRESHOLD for one in said] == [True, False]
    (read,) = reader().read([("", said[0].text, " ", said[1].text)])
    assert said[0].vector == read[0].vector


def test_confidence_is_ordered_and_no_gap_stands_twice() -> None:
    for statements in assign_texts([(None, text, None) for text in TEXTS]):
        for statement in statements:
            sure = [score.confidence for score in statement.gaps]
            assert sure == sorted(sure, reverse=True)
            assert len({score.gap for score in statement.gaps}) == len(sure) <= 2


def test_complaints_without_a_gap_are_vague_or_open() -> None:
    (statement,) = statements_of(None, "Worst company ever, absolutely terrible.")
    assert statement.complaint >= 0.5
    assert statement.gaps == ()
    assert statement.outside in ("vague", None)


@pytest.mark.parametrize("text", ["", " ", "!!!", "\n\n", "👍"])
def test_an_empty_text_has_no_statement(text: str) -> None:
    assert statements_of(None, text) == []
    assert statements_of(text, None) == []


@pytest.mark.parametrize("unit", ["late and rude. ", "x", "slow "])
def test_a_huge_text_is_read_in_bounded_time(unit: str) -> None:
    started = time.process_time()
    statements_of(None, (unit * 100_000)[:100_000])
    assert time.process_time() - started < 8


def test_a_grave_case_that_is_praised_was_handled_well() -> None:
    (one,) = statements_of(None, "When my mother had a seizure the lovely staff looked after her wonderfully.")
    assert one.outside == "praise"
    assert "handled" in one.flags
    assert "grave" not in one.flags
