"""Severity and flags follow cues that a reader can check."""

from __future__ import annotations

import pytest

from audits.analysis.assign import statements_of
from audits.analysis.gaps import frame
from audits.analysis.severity import GRAVE_GAPS, elsewhere, flags, severity


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("My son ended up in hospital after eating it", "grave"),
        ("I will take you to small claims court", "grave"),
        ("They served everyone else first because of our skin colour", "discrimination"),
        ("They left me out of pocket by hundreds", "grave"),
        ("Two hundred was stolen from my account by their own man", "grave"),
        ("If this is not settled I will go to the local newspaper", "grave"),
        ("We have told the press", "grave"),
        ("The waiter made a racist remark", "discrimination"),
        ("There was no ramp for my wheelchair", "accessibility"),
        ("I have called five times about this", "repeat-contact"),
        ("The manager apologised and they fixed it", "recovery"),
        ("I will never use them again", "leaving"),
        ("We are taking our business elsewhere", "leaving"),
        ("Avoid at all costs", "warning"),
        ("I would not recommend this firm", "warning"),
        ("I would highly recommend them", "recommends"),
        ("Nobody picks up the phone", "channel:phone"),
        ("Their chatbot is useless", "channel:chat"),
        ("I asked on Instagram", "channel:social"),
        ("I was shunted from one team to the next", "handoff"),
        ("The vet listened to my worries", "care:listening"),
        ("He never listened to me", "lack:listening"),
        ("They apologised for the mess", "care:apology"),
        ("There was no apology", "lack:apology"),
        ("They went the extra mile", "care:extra"),
        ("They could not care less", "lack:interest"),
        ("She took the strap off and fixed it at once", "recovery"),
    ],
)
def test_a_cue_raises_its_flag(text: str, flag: str) -> None:
    assert flag in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "The bakery round the corner gave my brother food poisoning",
        "Our previous builder nearly caused a gas leak",
        "Another dealer threatened my father",
    ],
)
def test_harm_that_another_business_did_is_no_grave_case_of_this_one(text: str) -> None:
    assert "grave" not in flags(text)
    (statement,) = statements_of(None, text)
    assert statement.severity < 3
    assert {score.gap for score in statement.gaps}.isdisjoint(GRAVE_GAPS)


@pytest.mark.parametrize(
    "text",
    [
        "Unlike my last dealer you threatened my father",
        "The bakery round the corner is lovely, whereas here I got food poisoning",
        "A man from another company was injured on your stairs",
        "I was injured right across the street from my own house",
        "My son ended up in hospital, as he had at my old surgery",
        "I was injured in the lift and the shop next door called an ambulance",
    ],
)
def test_harm_stays_a_grave_case_where_another_business_is_only_named(text: str) -> None:
    assert "grave" in flags(text)
    assert not elsewhere(text)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("It was not fixed", "recovery"),
        ("Nothing was resolved", "recovery"),
        ("I would not recommend this firm", "recommends"),
        ("I can't recommend it", "recommends"),
        ("It was not dangerous", "grave"),
        ("My bicycle was stolen from my driveway in March", "grave"),
        ("The wax burned my skin", "discrimination"),
        ("There was no newspaper in the lobby and nobody to ask for one", "grave"),
        ("They told me the newspapers were all gone", "grave"),
        ("The trouser press did not work", "grave"),
        ("The social media team answered", "grave"),
        ("A good way to avoid queues", "warning"),
        ("The room was cold", "leaving"),
        ("He never listened to me", "care:listening"),
        ("They never apologised", "care:apology"),
        ("It was not their job to care for him", "care:interest"),
    ],
)
def test_negation_and_other_senses_do_not(text: str, flag: str) -> None:
    assert flag not in flags(text)


def test_severity_runs_from_remark_to_grave() -> None:
    assert severity(0.2, (), ("grave",)) == 0
    assert severity(0.9, ("premises",), ()) == 1
    assert severity(0.9, ("premises",), ("leaving",)) == 2
    assert severity(0.9, ("premises",), ("recovery",)) == 1
    assert severity(0.9, ("safety",), ()) == 3
    assert severity(0.9, ("fees",), ("discrimination",)) == 3
    assert severity(0.9, ("safety",), ("recovery",)) == 2


def test_the_grave_gaps_are_in_the_frame() -> None:
    assert {gap.slug for gap in frame().gaps} >= GRAVE_GAPS
