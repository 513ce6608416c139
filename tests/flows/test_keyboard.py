"""Whoever labels by keyboard may go back, and loses nothing by leaving in whichever way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from audits.store import open_store
from flows.commands.keyboard import asked
from flows.commands.said import Said
from tests.audits.analysis.made import review, says

REVIEWS = [review(number, text=f"{'Before it. ' * 60}Nobody rang {number}. {'After it. ' * 60}") for number in range(4)]
ROWS = [
    says(one, f"Nobody rang {number}.", "queue")._replace(start=660, end=660 + len(f"Nobody rang {number}."))
    for number, one in enumerate(REVIEWS)
]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Said]:
    plan = SimpleNamespace(name="x")
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        yield Said(plan=plan, store=store, reviews={one.key: one for one in REVIEWS}, statements=ROWS)  # type: ignore[arg-type]


def typed(here: Said, monkeypatch: pytest.MonkeyPatch, *keys: str | BaseException) -> list[object]:
    """What is kept of each statement, in their order, after these lines were typed."""
    given = iter(keys)

    def line(_: str) -> str:
        key = next(given)
        if isinstance(key, BaseException):
            raise key
        return key

    monkeypatch.setattr("builtins.input", line)
    try:
        asked(here, [(one, "random") for one in ROWS], "ann")
    finally:
        assert next(given, None) is None
    labels = {each.review: dict(each.label) for each in here.store.corrections("x")}
    return [labels.get(one.review) for one in ROWS]


def test_the_last_answer_is_mended_by_going_back_and_what_is_passed_over_there_stays(
    here: Said, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = typed(here, monkeypatch, "fees", "p", "u", "u", "u", "queue", "s", "v", "q")
    assert kept == [{"gaps": ["queue"]}, {"outside": "praise"}, {"outside": "vague"}, None]
    said = capsys.readouterr().out
    assert "labelled praise; s keeps that" in said and "labelled fees; s keeps that" in said
    assert "3 labels kept, by ann." in said
    ((_, event, who, detail),) = here.store.logged("x")
    assert (event, who, detail) == ("labelled", "ann", {"labels": 3})


def test_what_was_labelled_before_ctrl_c_is_kept_counted_and_logged(
    here: Said, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        typed(here, monkeypatch, "fees", "rubbish", "", KeyboardInterrupt())
    assert "1 labels kept, by ann." in capsys.readouterr().out
    assert [detail for *_, detail in here.store.logged("x")] == [{"labels": 1}]
    assert len(here.store.corrections("x")) == 1
    assert typed(here, monkeypatch, EOFError())[0] == {"gaps": ["fees"]}


def test_of_a_long_review_that_part_is_shown_in_which_the_statement_stands(
    here: Said, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(here, monkeypatch, "q")
    (shown,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  in: ")]
    assert "before it. Nobody rang 0. after it." in shown.replace("Before", "before").replace("After", "after")
    assert shown.startswith("  in: … ") and shown.endswith(" …") and len(shown) < 420
