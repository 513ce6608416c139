"""Which stems and pairs of stems stand in which of many statements."""

from __future__ import annotations

from itertools import combinations

import pytest

from audits.analysis import keyed
from audits.analysis.keyed import Keyed
from audits.analysis.phrases import Key

SAID = (
    "They denied my claim.",
    "The claim was denied. Nobody rang.",
    "They did not answer the phone, the lift was broken",
    "",
    "Claim (again) denied!",
    "The lift was not only slow but broken.",
)


def of(text: str, *names: str) -> set[Key]:
    return set(Keyed([text], names).counted())


def test_two_words_are_one_key_in_either_order() -> None:
    assert of("They denied my claim.") == of("The claim was denied.") == {("deny",), ("claim",), ("claim", "deny")}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The lift, broken", True),
        ("The lift. Broken", False),
        ("The lift (broken)", False),
        ("The lift here was broken", True),
        ("The lift in here was broken", False),
    ],
)
def test_a_pair_stands_in_one_clause_within_four_words(text: str, pair: bool) -> None:
    assert (("broken", "lift") in of(text)) is pair


def test_a_not_denies_two_words_and_is_no_key_alone() -> None:
    found = of("not clean towels here")
    assert ("not", "clean") in found and ("not", "towel") in found and ("not",) not in found
    assert ("not", "towel") not in of("not so clean towels")


def test_a_word_that_says_nothing_alone_is_a_key_beside_another() -> None:
    assert of("Nobody would speak English") >= {("english", "speak")} and ("speak",) not in of("Nobody would speak")


def test_no_key_holds_the_name_of_a_business() -> None:
    assert of("Harbour lift broken", "harbour") == {("lift",), ("broken",), ("broken", "lift")}


def test_rows_are_told_apart_however_many_are_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Keyed(SAID)
    monkeypatch.setattr(keyed, "AT_ONCE", 2)
    parted = Keyed(SAID)
    for found in (whole, parted):
        assert found.counted() == {key: sum(key in of(text) for text in SAID) for key in set().union(*map(of, SAID))}
        for key in found.counted():
            assert found.holders(key).tolist() == [key in of(text) for text in SAID]
            assert found.count(key) == found.holders(key).sum()


def test_keys_of_some_rows_are_counted_among_them_alone() -> None:
    found = Keyed(SAID)
    for rows in combinations(range(len(SAID)), 3):
        held = {key: [row for row in rows if key in of(SAID[row])] for key in found.counted()}
        assert found.shared(rows, 2) == {key: own for key, own in held.items() if len(own) > 1}
        tally = found.tally(rows).tolist()
        assert {found.key(number): count for number, count in enumerate(tally)} == {k: len(v) for k, v in held.items()}


def test_what_nobody_says_is_in_no_row() -> None:
    found = Keyed(SAID)
    for key in (("unheard",), ("claim", "unheard"), ("claim", "lift"), ("not",)):
        assert found.number(key) is None and found.count(key) == 0 and not found.holders(key).any()
    assert Keyed([]).counted() == {} and Keyed([]).shared([], 1) == {}
