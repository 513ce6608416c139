"""A statement's factor names the rule that fired; culture takes two signs, and a stage is the one that words name."""

from __future__ import annotations

from pathlib import Path

from audits.analysis.factors import culture_signs, factor
from audits.analysis.gaps import frame
from audits.analysis.stages import stage

BANK = Path(__file__).resolve().parents[3] / "audits" / "analysis" / "bank"


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


def test_a_word_beyond_ascii_in_which_no_words_are_looked_for_first_changes_no_factor() -> None:
    lines = [
        line.split("\t")[-1] for file in sorted(BANK.glob("*.tsv")) for line in file.read_text("utf-8").splitlines()
    ]
    assert len(lines) > 5000
    for said in lines:
        assert culture_signs(said) == culture_signs(f"{said} né"), said
        assert factor(said, "queue") == factor(f"{said} né", "queue"), said
        assert factor(said, "conduct") == factor(f"{said} né", "conduct"), said
