"""The redactor is measured on cases that were written and frozen before its rules."""

from __future__ import annotations

from hashlib import sha256

import pytest

from benchmarks.redaction_cases import CASES, KINDS, LATER, Score, cases, scored, wrong
from spiders.privacy import redact

FROZEN = "86692f553c48d97d390436342468a6a43ac6f16a8ce9f5df4ba86ae4bcc95d36"
FROZEN_LATER = "0260c9a93bae217ad51f45188f74233fd5fa672262f1d3165bf79338962f8e17"


def test_the_cases_are_those_that_were_frozen_before_the_rules() -> None:
    assert sha256(CASES.read_bytes()).hexdigest() == FROZEN
    assert sha256(LATER.read_bytes()).hexdigest() == FROZEN_LATER


def test_there_are_enough_cases_of_every_kind_and_of_none_at_all() -> None:
    held = cases()
    assert len(held) >= 400 and len({each.country for each in held}) >= 10
    assert sum(not each.spans for each in held) >= 100
    assert all(sum(span.kind == kind for each in held for span in each.spans) >= 18 for kind in KINDS)


@pytest.fixture(scope="module")
def whole() -> dict[str, Score]:
    return scored(cases(), redact)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "name"])
def test_what_has_a_form_is_found_and_little_else_is_taken_for_it(whole: dict[str, Score], kind: str) -> None:
    assert whole[kind].recall >= 0.98 and whole[kind].precision >= 0.95


def test_names_are_found_and_words_that_look_like_names_stay(whole: dict[str, Score]) -> None:
    assert whole["name"].recall >= 0.85 and whole["name"].precision >= 0.90


def test_the_part_that_nothing_was_tuned_on_is_read_nearly_as_well() -> None:
    held_out = scored(cases("test"), redact)
    assert min(score.recall for score in held_out.values()) >= 0.95
    assert min(score.precision for score in held_out.values()) >= 0.95


def test_what_is_hidden_or_spaced_is_found_and_its_look_alikes_stay() -> None:
    later = cases(file=LATER)
    assert sum(bool(each.spans) for each in later) >= 60 and sum(not each.spans for each in later) >= 60
    for kind, score in scored(later, redact).items():
        assert score.recall >= 0.85 and (score.precision >= 0.95 or kind == "name"), kind
    assert sum(wrong(each, redact) for each in later if not each.spans) <= 3


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (
            "Grace at the front desk was kind, the grace period not.",
            "[name] at the front desk was kind, the grace period not.",
        ),
        ("Grace period of 30 days.", "Grace period of 30 days."),
        ("Spoke to Ana and Bogdan Ilyich today", "Spoke to [name] and [name] today"),
        ("John Lewis is dearer than Calvin Klein.", "John Lewis is dearer than Calvin Klein."),
        ("We met at Charles Street and St. Mary's Hospital.", "We met at Charles Street and St. Mary's Hospital."),
        ("Our cat Oliver is fine, said Oliver the vet.", "Our cat Oliver is fine, said Oliver the vet."),
        ("Taxi Kennzeichen HH-TX 22 in 20097 Hamburg", "Taxi Kennzeichen [plate] in 20097 Hamburg"),
        ("In TX 78701 and in MA 20000 people", "In TX [address] and in MA 20000 people"),
        ("Artikelnummer 88123, Kundennummer 88123", "Artikelnummer 88123, Kundennummer [order]"),
        ("lots DE90 AAAA BBBB CCCC are spoilt", "lots DE90 AAAA BBBB CCCC are spoilt"),
        ("on 03.04.2024 14 guests, 600 000 000 in the world", "on 03.04.2024 14 guests, 600 000 000 in the world"),
    ],
)
def test_the_words_around_decide_what_a_word_or_number_is(text: str, redacted: str) -> None:
    assert redact(text) == redacted
