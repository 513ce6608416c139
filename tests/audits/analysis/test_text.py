"""Statements are exact slices of the stored text, cut where a reader would cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.analysis.text import LONGEST, repeats, spans, split


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("The tea was cold.The cake was stale!!! Never again", 3),
        ("it was late. nobody rang. we gave up", 3),
        ("We waited... and waited.", 1),
        ("- cold chips\n- sticky table\n* no straws", 3),
        ("1. Late\n2. Wrong size sent", 2),
        ("Lovely room but the lift was broken all week.", 2),
        ("The price was fine, however the parcel never came.", 2),
        ("Paid £12.50 at 5.30 p.m. for two coffees.", 1),
        ("Dr. Okafor was kind, e.g. she rang us herself.", 1),
        ("They wanted Rs. 200 for a bottle of water.", 1),
        ("See www.example.com for the terms.", 1),
        ("It is 3.5 miles away, i.e. a long walk.", 1),
        ('She said "No. Go away. We are shut." to my mother', 1),
        ("Great tea 👍 Cold soup 👎", 2),
        ("Room was small; breakfast was cold and late", 2),
        ("Delivery came late - nobody called to say so", 2),
        ("The rooms were lovely The staff were rude to my mother", 2),
        ("1) late by a day 2) wrong colour sent 3) no reply", 3),
        ("Three faults: 1. the pump leaks. 2. the hose is short. 3. no manual", 4),
        ("We met at The Old Mill and had lunch there", 1),
        ("great beds😍breakfast cold and late😡nobody cared", 3),
        ("the beds were great…the noise was not so great", 2),
    ],
)
def test_a_text_is_cut_into_what_it_says(text: str, statements: int) -> None:
    assert len(said(text)) == statements, said(text)


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("1. Slow service 2. Rude staff 3. Cold food", ["Slow service", "Rude staff", "Cold food"]),
        (
            "Faults: 1. Slow service; 2. Rude staff. Never again",
            ["Faults:", "Slow service", "Rude staff.", "Never again"],
        ),
        ("1) Slow service 2) Rude staff", ["Slow service", "Rude staff"]),
        ("- slow - rude - cold", ["slow", "rude", "cold"]),
        ("* slow * rude * cold", ["slow", "rude", "cold"]),
        ("• slow • rude • cold", ["slow", "rude", "cold"]),
        ("We had room 12. Rude staff.", ["We had room 12.", "Rude staff."]),
        (
            "We had room 1. Rude staff. Then room 2. Cold food",
            ["We had room 1.", "Rude staff.", "Then room 2.", "Cold food"],
        ),
        ("1. Slow service in room 2. Rude staff", ["Slow service in room 2.", "Rude staff"]),
        ("No. 1 or No. 2 of 4.5 stars", ["No. 1 or No. 2 of 4.5 stars"]),
        ("slow - rude - cold", ["slow - rude - cold"]),
        ("- Late - very\n- Rude", ["Late - very", "Rude"]),
        ("- 5 - 10 minutes", ["5 - 10 minutes"]),
    ],
)
def test_the_items_of_a_list_in_one_line_are_statements_without_their_marks(text: str, statements: list[str]) -> None:
    assert said(text) == statements


def test_a_long_run_on_is_cut_where_new_clauses_begin() -> None:
    text = (
        "I booked a table online for six people and we arrived on time in the rain and they said there was no booking "
        "so we had to stand outside for an hour and nobody even offered us a drink"
    )
    assert len(said(text)) >= 3


def test_a_short_sentence_with_and_stays_whole() -> None:
    assert said("The soup was cold and the waiter was rude.") == ["The soup was cold and the waiter was rude."]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "👍👍", "12345", "\n\n- \n"])
def test_what_holds_no_word_is_no_statement(text: str) -> None:
    assert split(text) == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .,!?\n-\"“”'…;:—👍é0AB but and"), max_size=400))
def test_offsets_are_in_order_apart_and_slice_trimmed_text(text: str) -> None:
    last = 0
    for start, end in split(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["late", "cold", "rude", "but", "and then we", "Mr.", "5.30", "ok!", "no;"]), max_size=60)
)
def test_no_word_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    kept = "".join(said(text))
    assert sum(letter.isalpha() for letter in kept) == sum(letter.isalpha() for letter in text)


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "x",
        "a. ",
        "...!",
        '"a. ',
        "👍",
        "a👍",
        " ",
        "\n ",
        " - ",
        "; ",
        "but ",
        "a, and i ",
        " and then i",
        ",",
    ],
)
def test_a_huge_text_is_split_in_bounded_time_and_bounded_pieces(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    started = time.process_time()
    pieces = split(text)
    assert time.process_time() - started < 4
    assert all(end - start <= LONGEST for start, end in pieces)


def test_a_title_that_begins_the_text_is_dropped_and_another_is_kept() -> None:
    assert repeats("Great cove", "Great cover and quick payment.")
    assert repeats("GREAT COVER!", "Great cover - and quick payment.")
    assert repeats("...", "anything")
    assert not repeats("Awful", "Great cover and quick payment.")
    assert [span.field for span in spans("Awful", "They lost it.")] == ["title", "text"]
    assert [span.field for span in spans("They lost", "They lost it.")] == ["text"]
    assert spans(None, None) == []
