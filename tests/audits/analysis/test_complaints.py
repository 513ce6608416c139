"""Praise, neutral words and what was put right are no complaints; failings are, whatever the stars say."""

from __future__ import annotations

import pytest

from audits.analysis.assign import statements_of
from audits.analysis.complaints import THRESHOLD


@pytest.mark.parametrize(
    "text",
    [
        "The parcel arrived three weeks late.",
        "Not a hint of an apology for the mould.",
        "Nobody ever answers the phone.",
        "The receptionist was rude to my mother.",
        "They charged me twice and will not refund it.",
        "The room was filthy and smelled of smoke.",
        "The engineer did not turn up.",
        "The staff were not helpful at all.",
    ],
)
@pytest.mark.parametrize("stars", [None, 1.0, 4.0])
def test_a_failing_is_a_complaint_whatever_the_stars(text: str, stars: float | None) -> None:
    (statement,) = statements_of(None, text, stars)
    assert statement.complaint >= THRESHOLD
    assert statement.outside not in ("praise", "neutral")


@pytest.mark.parametrize(
    "text",
    [
        "The staff were lovely and the food was delicious.",
        "Delivery was quick and the driver was friendly.",
        "Used to be slow, now it is really quick.",
        "No complaints at all, great service.",
        "I cannot fault them.",
        "Could not have been easier.",
        "We had no problems with our claim, paid within two days.",
        "Not a bad word to say, excellent from start to finish.",
        "Not a speck of mould in the bathroom.",
        "Never a whiff of smoke in the corridor.",
    ],
)
def test_praise_is_no_complaint(text: str) -> None:
    for statement in statements_of(None, text):
        assert statement.complaint < THRESHOLD, statement
        assert statement.severity == 0
        assert statement.outside in ("praise", "neutral")


def test_a_turn_keeps_the_complaint_that_follows_it() -> None:
    praise, complaint = statements_of(None, "No problems at check-in but the shower was broken for the whole stay.")
    assert praise.complaint < THRESHOLD <= complaint.complaint


def test_stars_move_a_doubtful_statement_towards_what_they_say() -> None:
    text = "It took two weeks."
    low, high = statements_of(None, text, 1.0)[0], statements_of(None, text, 5.0)[0]
    assert low.complaint > high.complaint


@pytest.mark.parametrize(
    "text",
    [
        "We ended up in hospital with food poisoning.",
        "I got food poisoning from the prawns",
        "I was ill for three days after eating here",
        "My son had an allergic reaction to the dessert",
        "I broke my wrist when the chair collapsed",
        "I slipped on the wet stairs and broke my ankle",
        "The guard pushed me to the floor",
        "They prescribed the wrong tablets",
        "I found a needle in the bed",
    ],
)
def test_harm_that_a_firm_did_is_a_grave_complaint_however_plainly_it_is_told(text: str) -> None:
    (statement,) = statements_of(None, text, 1.0)
    assert statement.complaint >= THRESHOLD
    assert statement.severity == 3


@pytest.mark.parametrize(
    "text",
    [
        "My dog got food poisoning in March",
        "We had no food poisoning this time and lovely staff",
        "I fell on black ice",
        "The porter pushed me to the ward in a wheelchair",
        "He was sick after eating a sock",
    ],
)
def test_what_befell_an_animal_or_nobody_is_no_failing(text: str) -> None:
    (statement,) = statements_of(None, text, 4.0)
    assert statement.complaint < THRESHOLD
