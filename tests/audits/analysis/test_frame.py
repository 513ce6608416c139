"""The frame holds every gap, whole, in words that a client may be given."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib import resources

import pytest

from audits.analysis.gaps import FrameError, Gap, frame, parse

SLUGS = """
promise selling fees price-level booking onboarding paperwork queue timeliness cancellation order-accuracy custody
core-quality availability conduct competence reachability resolution handoffs digital billing refunds exit decision
policy premises safety security notice
"""
STAGES = ["before", "buy", "arrive", "use", "support", "leave"]
FORBIDDEN = re.compile(
    r"\b(fake|suppress\w*|incentiv\w*|discount for a review|buy(ing)? reviews|only (ask|invite) happy|gat(e|ing))\b",
    re.I,
)


def words_of(gap: Gap) -> list[str]:
    books = [gap.playbook, gap.records]
    return [gap.title, gap.failed, gap.fix] + [getattr(book, field.name) for book in books for field in fields(book)]


def text() -> str:
    return resources.files("audits.analysis").joinpath("gaps.toml").read_text(encoding="utf-8")


def test_the_frame_holds_the_29_gaps_in_order() -> None:
    assert list(frame().slugs) == SLUGS.split()
    assert [gap.code for gap in frame().gaps] == [f"G{number:02}" for number in range(1, 30)]


def test_a_border_names_the_gap_on_its_other_side() -> None:
    for gap in frame().gaps:
        assert all(rule.endswith(".") and ": " in rule for rule in gap.borders.values())


def test_every_stage_of_the_journey_is_used_and_in_order() -> None:
    assert list(frame().stages) == STAGES
    assert {gap.stage for gap in frame().gaps} == set(STAGES)


@pytest.mark.parametrize("gap", frame().gaps, ids=lambda gap: gap.slug)
def test_a_gap_is_whole(gap: Gap) -> None:
    assert all(len(words) > 5 for words in words_of(gap)) and gap.owner and gap.kpi
    assert gap.factor in {"process", "people", "technology", "commercial"}
    assert len(gap.cues_in) >= 6 and len(gap.cues_out) >= 2 and len(gap.borders) >= 2
    assert all(cue == cue.lower() for cue in gap.cues_in + gap.cues_out)
    assert all(1 < len(phrase.split()) <= 16 for phrase in gap.aliases.values())


@pytest.mark.parametrize("gap", frame().gaps, ids=lambda gap: gap.slug)
def test_each_step_of_a_playbook_is_two_or_three_sentences(gap: Gap) -> None:
    for step in (gap.playbook.first, gap.playbook.next, gap.playbook.structural):
        assert 2 <= len(re.findall(r"[.?!](?= |$)", step)) <= 3, step


@pytest.mark.parametrize("gap", frame().gaps, ids=lambda gap: gap.slug)
def test_no_advice_to_steer_hide_or_pay_for_reviews(gap: Gap) -> None:
    assert not [words for words in words_of(gap) if FORBIDDEN.search(words)]


@pytest.mark.parametrize(
    ("trade", "industry"),
    [
        ("Pet insurance", "insurer"),
        ("hotel", "hotel"),
        ("Car-dealer", "car-dealer"),
        ("Airport lounges", "airline"),
        ("Car insurance", "insurer"),
        ("Alchemy", None),
    ],
)
def test_a_trade_is_known_by_its_own_name(trade: str, industry: str | None) -> None:
    assert frame().industry(trade) == industry


def test_an_unknown_gap_is_named_with_a_suggestion() -> None:
    with pytest.raises(LookupError, match="did you mean 'refunds'"):
        frame().gap("refund")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('stage = "before"', 'stage = "sometime"', "promise: stage: 'sometime'"),
        ('slug = "selling"', 'slug = "promise"', "'promise' stands twice"),
        ('owner = "Sales"\n', "", "selling: .*owner"),
        ("[gaps.borders]\ntimeliness", "[gaps.borders]\nlateness", "promise: 'lateness'"),
        ('telecom = ["telecom"', 'telephone = ["telecom"', "trades: must name every industry"),
        ('version = "1.0"', "version = ", "gaps.toml: "),
        ("[outside]", "[beyond]", "outside: missing"),
    ],
)
def test_a_broken_frame_is_refused_with_gap_key_and_reason(old: str, new: str, says: str) -> None:
    assert old in text()
    with pytest.raises(FrameError, match=says):
        parse(text().replace(old, new, 1))
