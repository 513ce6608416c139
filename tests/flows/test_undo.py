"""What a person said is taken back by name and reason: it counts no more, and stays known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from audits.analysis.corrections import CORRECTED, applied, theme_names
from audits.analysis.labels import evaluate
from audits.analysis.values import Statement
from audits.store import open_store
from audits.store.records import StoredCorrection, Tombstone
from flows import labelling
from flows.commands.said import Said
from flows.commands.undo import UndoError, undone
from spiders.mentions import mentions
from tests.audits.analysis.made import review, says

REVIEW = review(1)
SLOW, RUDE, AGAIN = (
    says(REVIEW, text, gap)._replace(start=at, end=at + len(text))
    for at, text, gap in ((0, "So slow.", "queue"), (10, "Rude staff.", "conduct"), (30, "So slow.", "queue"))
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Said]:
    plan = SimpleNamespace(name="x")
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        yield Said(plan=plan, store=store, reviews={REVIEW.key: REVIEW}, statements=[SLOW, RUDE, AGAIN])  # type: ignore[arg-type]


def say(here: Said, of: Statement, label: str, who: str, part: str = "correct") -> None:
    here.store.save_corrections("x", [labelling.said(of, [label], part=part, who=who)])  # type: ignore[arg-type]


def undo(here: Said, words: str | None = None, theme: str | None = None, reason: str | None = "misread") -> str:
    return undone(here, None if theme else REVIEW.key, words, theme, who="cara", reason=reason)[1]


def read_as(here: Said) -> list[tuple[str, bool]]:
    found = applied(here.statements, here.store.corrections("x")).statements
    return [(one.gaps[0].gap, CORRECTED in one.flags) for one in found]


def test_a_correction_that_is_taken_back_leaves_the_statement_to_the_model_and_stays_known(here: Said) -> None:
    say(here, RUDE, "safety", "ann")
    assert read_as(here)[1] == ("safety", True)
    told = undo(here)
    assert "safety, which ann said" in told and "reads the statement by the model" in told
    assert read_as(here)[1] == ("conduct", False)
    (kept,) = here.store.corrections("x", withdrawn=True)
    assert (kept.who, kept.label, kept.withdrawn_by, kept.withdrawn_why) == (
        "ann",
        {"gaps": ["safety"]},
        "cara",
        "misread",
    )
    ((_, event, who, detail),) = here.store.logged("x")
    assert (event, who, detail["said_by"], detail["reason"]) == ("correction-withdrawn", "cara", "ann", "misread")
    assert detail["label"] == {"gaps": ["safety"]}


def test_what_was_taken_back_raises_and_lowers_no_leak_and_may_be_said_anew(here: Said) -> None:
    def moved() -> tuple[dict[str, int], dict[str, int]]:
        found = evaluate(applied(here.statements, here.store.corrections("x")), ("safety", "conduct", "queue"))
        return dict(found.raised), dict(found.lowered)

    say(here, RUDE, "safety", "ann")
    assert moved() == ({"safety": 1}, {"conduct": 1})
    undo(here)
    assert moved() == ({}, {})
    say(here, RUDE, "fees", "ann")
    assert moved() == ({}, {"conduct": 1})
    every = here.store.corrections("x", withdrawn=True)
    assert sorted((each.label["gaps"], each.withdrawn_by) for each in every) == [(["fees"], None), (["safety"], "cara")]


def test_the_last_word_is_taken_back_and_the_one_before_it_counts_again(here: Said) -> None:
    say(here, RUDE, "fees", "ben", "random")
    say(here, RUDE, "safety", "ann")
    assert "What ben said before counts again: fees" in undo(here, "rude")
    assert read_as(here)[1] == ("fees", True)
    undo(here, "rude")
    assert read_as(here)[1] == ("conduct", False)


def test_the_statement_is_named_by_its_words_where_several_were_spoken_of(here: Said) -> None:
    for one in (SLOW, RUDE, AGAIN):
        say(here, one, "fees", "ann")
    for words in (None, "s", "polite"):
        with pytest.raises(UndoError, match=r"So slow\.: fees, by ann"):
            undo(here, words)
    undo(here, "so slow.")
    assert read_as(here) == [("queue", False), ("fees", True), ("queue", False)]


def test_a_correction_whose_words_are_gone_is_taken_back_by_them_or_as_the_only_one(here: Said) -> None:
    gone = SLOW._replace(text="Nobody came.", start=90, end=102)
    for words in (None, "Nobody came."):
        say(here, gone, "fees", "ann")
        assert "fees, which ann said" in undo(here, words)
        assert here.store.corrections("x") == []


def test_a_theme_that_lost_its_name_again_is_named_by_the_audit(here: Said) -> None:
    facts = {"part": "correct", "theme": "t"}
    for at, (who, name) in enumerate((("ann", "On hold"), ("ben", "Rings"))):
        here.store.save_corrections("x", [StoredCorrection(who=who, at=str(at), label={"name": name}, **facts)])  # type: ignore[arg-type]
    assert "What ann said before counts again: 'On hold'" in undo(here, theme="t")
    assert theme_names(here.store.corrections("x")) == {"t": "On hold"}
    assert "names the theme by itself" in undo(here, theme="t")
    assert theme_names(here.store.corrections("x")) == {}


def test_nothing_is_taken_back_without_a_reason_or_where_nobody_said_anything(here: Said) -> None:
    with pytest.raises(UndoError, match="--undo --reason"):
        undo(here, reason=" ")
    for theme in ("t", None):
        with pytest.raises(UndoError, match="--list"):
            undo(here, theme=theme)
    with pytest.raises(UndoError, match="of a REVIEW's statement"):
        undone(here, None, None, None, who="cara", reason="misread")
    assert here.store.logged("x") == []


def test_who_is_forgotten_is_gone_from_what_was_taken_back_too(here: Said) -> None:
    say(here, RUDE, "safety", "ann")
    undo(here, reason="Grizelda rang us")
    facts = {"who": "ann", "at": "1", "label": {"name": "n"}, "part": "correct", "theme": "t"}
    here.store.save_corrections("x", [StoredCorrection(**facts)])  # type: ignore[arg-type]
    undo(here, theme="t", reason="Grizelda rang us")
    stone = Tombstone(digest=REVIEW.key, kind="review", reason="asked", at="2024-02-02")
    assert [row["withdrawn_why"] for row in here.store.held_of("x", [stone])["corrections"]] == ["Grizelda rang us"]
    here.store.erase("x", [stone], mentions(["Grizelda"]))
    (left,) = here.store.corrections("x", withdrawn=True)
    assert (left.theme, left.withdrawn_why) == ("t", "[name] rang us")
    assert {detail["reason"] for _, _, _, detail in here.store.logged("x")} == {"[name] rang us"}
