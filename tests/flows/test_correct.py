"""The statement that a correction means is found by its words, or named by all of them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from flows.commands import correct
from tests.audits.analysis.made import review, says


def test_a_statement_whose_words_stand_in_another_is_named_by_all_of_them() -> None:
    one = review(1)
    own = [says(one, text, "fees") for text in ("Never again", "Never again.", "So rude.", "So rude.", "Too dear.")]
    assert correct._meant(own, "never again") == own[:1] and correct._meant(own, "Never again.") == own[1:2]
    assert correct._meant(own, "so rude.") == own[2:4] and correct._meant(own, "dear") == own[4:]
    for unclear in ("again", None, "polite"):
        with pytest.raises(correct.CorrectionError):
            correct._meant(own, unclear)


def test_no_theme_is_given_the_name_of_another_of_its_gap() -> None:
    held = (("a", "queue", "late"), ("b", "queue", "overdue"), ("c", "fees", "estimate"))
    themes = [SimpleNamespace(id=key, gap=gap, name=name) for key, gap, name in held]
    said = [SimpleNamespace(theme="b", label={"name": "Weeks late"})]
    here = SimpleNamespace(
        plan=SimpleNamespace(name="x"), store=SimpleNamespace(themes=lambda _: themes, corrections=lambda _: said)
    )
    for theme, name in (("a", "weeks late "), ("b", "Late")):
        with pytest.raises(correct.CorrectionError, match="give this one another name"):
            correct._theme(here, theme, name, "ann")  # type: ignore[arg-type]
    for theme, name in (("a", "Overdue"), ("a", "Late"), ("c", "late")):
        assert correct._theme(here, theme, name, "ann").label == {"name": name}  # type: ignore[arg-type]
