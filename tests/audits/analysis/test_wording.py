"""Phrases that could name a matter are whole: nouns with what describes them, what was done, and what was not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from audits.analysis.wording import worded


def phrases(text: str) -> set[str]:
    return {phrase for _, phrase in worded(text)}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The staff were so rude", "rude staff"),
        ("They denied my claim", "claim denied"),
        ("My claim was denied", "claim denied"),
        ("The lift was not working", "lift not working"),
        ("they don't answer the phone", "not answering the phone"),
        ("They never answered the phone", "phone not answered"),
        ("There was no hot water", "no hot water"),
        ("No value for money at all", "no value for money"),
        ("It's impossible to cancel the policy", "impossible to cancel the policy"),
        ("They refuse to pay the bill", "refusing to pay the bill"),
        ("It was not worth the price", "not worth the price"),
        ("A lack of communication throughout", "lack of communication"),
        ("They keep raising the premium", "raising the premium"),
    ],
)
def test_a_statement_gives_the_phrase_that_a_manager_would_say(text: str, phrase: str) -> None:
    assert phrase in phrases(text)


def test_no_phrase_is_a_broken_piece_of_a_sentence() -> None:
    found = phrases("Curtains that actually black out, and claims are non existent, so reach out on phone")
    assert not {"curtains that actually black", "claims are non", "on phone", "reach"} & found


def test_an_adjective_that_only_strengthens_another_describes_nothing() -> None:
    assert "dead porter" not in phrases("The porter was dead slow") and "slow porter" in phrases(
        "The porter was dead slow"
    )


def test_no_phrase_is_about_somebody_of_the_reviewers_own_or_an_amount() -> None:
    assert not any("daughter" in phrase for phrase in phrases("My daughter was scared by the porter"))
    assert "bit of notice" not in phrases("A bit of notice would be nice")


def test_two_ways_to_say_the_same_share_their_stems() -> None:
    (one,) = (stems for stems, phrase in worded("They denied my claims") if phrase == "claims denied")
    (other,) = (stems for stems, phrase in worded("The claim was denied") if phrase == "claim denied")
    assert one == other


def test_a_deed_that_is_only_meant_names_nothing_that_was_done() -> None:
    assert "covering the roof" not in phrases("They would cover the roof") | phrases("They do not cover the roof")


def test_no_phrase_holds_the_name_of_a_business() -> None:
    assert not any("quillon" in phrase for _, phrase in worded("The Quillon claim was denied", {"quillon"}))


def test_tones_and_phrases_are_had_in_one_process_in_any_order_and_without_nltk() -> None:
    tone, phrase = "polarity.tone('An awful hour.')", "list(wording.worded('They denied my claim.'))"
    for first, second in ((tone, phrase), (phrase, tone)):
        told = f"from audits.analysis import polarity, wording; {first}; {second}"
        told += "; import sys; print('nltk' in sys.modules)"
        ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
        assert ran.stdout == "False\n"


def test_what_nobody_did_is_a_phrase_with_the_word_that_its_verb_needs() -> None:
    said = "Nobody has picked up, no one ever replied, nobody thought to tell us, nobody was rude, nobody on the desk."
    told = [phrase for _, phrase in worded(said) if phrase.startswith("nobody")]
    assert told == ["nobody picked up", "nobody replied", "nobody thought to tell"]
    assert len({stems for stems, phrase in worded("Nobody replied. They never replied.") if "replied" in phrase}) == 1
