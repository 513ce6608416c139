"""A second language is a file: whatever the report's forms print in our own words comes out of the one catalogue."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from audits import catalogue
from audits.analysis.comparable import comparable
from audits.analysis.flow import Arrivals, breaks
from audits.catalogue.extracted import TEMPLATE, faults, template
from audits.catalogue.forms import count, day, decimal, listed, months, plural
from audits.report.html import environment
from audits.report.model import Piece
from audits.report.pieces import pieces
from audits.report.words import stars
from tests.audits.analysis.made import panel
from tests.audits.report.pseudo import OTHER, pseudo

FORTY, ROSE = np.full(12, 40), np.array([4] * 6 + [24] * 6)
"""Reviews of a year, and how many of them were invited."""


def test_the_committed_catalogue_is_what_code_templates_and_files_say() -> None:
    with TEMPLATE.open("rb") as file:
        committed = {message.id for message in read_po(file) if message.id}
    found = {message.id for message in template() if message.id}
    assert sorted(map(str, found ^ committed)) == [], "run `make catalogue`"


def test_numbers_dates_and_lists_are_of_the_language_that_is_spoken(other: str) -> None:
    with catalogue.speaking(other):
        assert (count(1234), decimal(0.5, 1), day("2026-06-30")) == ("1.234", "0,5", "30 Ιουνίου 2026")
        assert (listed(["1", "2"]), months("2026-03", "2026-08")) == (
            "1 και 2",
            f"{pseudo('from')} Μάρτιος {pseudo('to')} Αύγουστος 2026",
        )
        assert (plural(1, "%(n)s review", "%(n)s reviews"), stars(2.0)) == (
            f"1 {pseudo('review')}",
            f"2 {pseudo('stars')}",
        )
    assert (count(1234), day("2026-06-30"), listed(["1", "2", "3"])) == ("1,234", "30 June 2026", "1, 2 and 3")


def test_what_breaks_a_comparison_is_told_in_the_language_that_is_spoken(other: str) -> None:
    asked = Arrivals(
        business="", start=24_264, **dict.fromkeys(("volume", "rated", "five", "marked"), FORTY), invited=ROSE
    )
    none = replace(panel([0], {}), business="")
    with catalogue.speaking(other):
        (broken,) = breaks(asked)
        why = comparable(panel([3], {}), none)
    assert isinstance(why, str)
    assert not [told for told in (broken.sentence, why) if re.search("[a-z]{2}", told)]


def test_a_page_that_was_written_in_one_language_is_written_in_another_one_afterwards(other: str) -> None:
    words = environment().from_string('{{ "rising"|trend }} {{ "draft"|told }} {{ "2026-06-30"|day }}')
    assert words.render() == "rising draft 30 June 2026"
    with catalogue.speaking(other):
        assert words.render() == f"{pseudo('rising')} {pseudo('draft')} 30 Ιουνίου 2026"


def test_a_language_without_a_file_is_refused_with_those_that_there_are(other: str) -> None:
    with pytest.raises(catalogue.LanguageError, match="no language 'xx'; there are: en, el"), catalogue.speaking("xx"):
        pass


def test_every_file_of_a_language_fills_in_what_its_messages_fill_in() -> None:
    for name in catalogue.languages()[1:]:
        assert not faults(name)


def test_a_translation_that_loses_a_number_or_breaks_the_page_is_named(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    translated = Catalog(locale=OTHER)
    translated.add("%(n)s a month", "1")
    translated.add("Signal", '"1')
    translated.add("Stars", "1")
    with (tmp_path / f"{OTHER}.po").open("wb") as out:
        write_po(out, translated)
    assert faults(OTHER) == ["'%(n)s a month': fills in other values", "'Signal': holds other marks of a page"]


def test_a_sentence_keeps_the_evidence_of_its_numbers_in_any_order() -> None:
    number = Piece(text="12", evidence="E1")
    assert pieces("%(b)s, %(a)s.", a=number, b="2") == (Piece(text="2, "), number, Piece(text="."))
