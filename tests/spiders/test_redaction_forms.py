"""Every form that a rule knows is found, and what only looks like one stays: what a mutation of the rules meets."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.redaction_cases import cases
from spiders.privacy import redact
from spiders.redact.contacts import CONTACTS
from spiders.redact.issued import ISSUED_NUMBERS
from spiders.redact.numbers import NUMBERS
from spiders.redact.places import PLACES
from spiders.redact.plates import PLATES
from spiders.redact.rules import applied

FORMS = Path(__file__).parent / "redaction_forms.tsv"


def forms() -> list[tuple[str, str, str]]:
    """(text or reply, what was written, what is left of it)."""
    with FORMS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [(kind, text.replace("\\n", "\n"), left.replace("\\n", "\n")) for kind, text, left in rows]


@pytest.mark.parametrize(("kind", "text", "left"), forms())
def test_a_form_is_read_as_it_is_meant(kind: str, text: str, left: str) -> None:
    assert redact(text, reply=kind == "reply") == left


def test_what_spares_a_text_the_patterns_spares_it_nothing_else() -> None:
    rules = (*CONTACTS, *ISSUED_NUMBERS, *PLATES, *PLACES, *NUMBERS)
    bare = [replace(rule, digits=0, gate=None, near=None, cues=()) for rule in rules]
    for text in [each.text for each in cases()] + [text for _, text, _ in forms()]:
        assert applied(rules, text, digits=sum(each.isdigit() for each in text)) == applied(bare, text, digits=0), text
