"""A statement's factor names the rule that fired; culture takes two signs, and a stage is the one that words name."""

from __future__ import annotations

from audits.analysis.factors import culture_signs, factor
from audits.analysis.gaps import frame
from audits.analysis.stages import stage


def test_without_other_words_a_gap_has_its_usual_factor_and_stage() -> None:
    for gap in frame().gaps:
        assert factor("it was bad", gap.slug) == (gap.factor, f"the usual factor of {gap.slug}")
        assert stage("it was bad", gap.slug) == gap.stage


def test_words_move_the_factor_and_are_named() -> None:
    assert factor("the till system crashed so we all stood there", "queue").name == "technology"
    found = factor("the fitter was careless and scratched it", "core-quality")
    assert found.name == "people"
    assert "careless" in found.rule


def test_one_sign_is_not_culture_and_two_of_different_kinds_are() -> None:
    assert culture_signs("the manager came") == ("those in charge",)
    assert factor("the manager came", "queue").name == "process"
    assert factor("the manager blamed me for their mistake", "resolution").name == "culture"


def test_a_named_moment_of_the_journey_wins_over_the_usual_one() -> None:
    assert stage("the lady at check-in was rude", "conduct") == "arrive"
    assert stage("the showroom salesman was rude", "conduct") == "buy"
    assert stage("the helpline would not let me leave", "exit") == "leave"
