"""Names bear capitals where customers mostly write them."""

from __future__ import annotations

from audits.analysis.capitals import capitalised


def test_a_name_bears_the_capitals_that_most_customers_give_it_inside_a_sentence() -> None:
    texts = [
        "The Sunday rate doubled.",
        "Our sunday rate was a joke.",
        "What a Sunday rate! Rate of what?",
        "Rate: a lot",
    ]
    assert capitalised("sunday rate", texts) == "Sunday rate"
    assert capitalised("broken tv", ["TV was dead", "the TV flickers", "tv broken"]) == "broken TV"


def test_what_is_all_in_capitals_or_opens_a_sentence_says_nothing_of_a_word() -> None:
    assert capitalised("cold soup", ["COLD SOUP", "Soup was cold. Soup again", "Cold Soup"]) == "cold soup"


def test_a_long_word_in_capitals_is_shouted() -> None:
    assert capitalised("double rate", ["They want DOUBLE the rate", "a DOUBLE rate"]) == "double rate"
    assert capitalised("nhs rate", ["The NHS rate"]) == "NHS rate"
