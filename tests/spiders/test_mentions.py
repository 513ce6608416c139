"""A person's name is found where it is theirs, and a word that is spelt alike is left."""

from __future__ import annotations

import json

import pytest

from spiders.mentions import masked, mentions


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        ("May", "You may ask May. MAY! Maybe not.", "You may ask [name]. [name]! Maybe not."),
        ("may", "It may rain; May's table", "It may rain; [name]'s table"),
        ("Will", "They will pay. Will was kind, as Will is", "They will pay. [name] was kind, as [name] is"),
        ("May", "on 3 May, May 12, from May to June 2026, since May 2024", None),
        ("August", "Rising since August 2025 (7. August), from August 2025", None),
        ("Rose", "Prices rose. Rose said so.", "Prices rose. [name] said so."),
        ("Wendy", "ask wendy or WENDY, not wendyhouse", "ask [name] or [name], not wendyhouse"),
        ("Ed", "Ed measured it, ed too; associated", "[name] measured it, [name] too; associated"),
        ("Mae May", "so mae  may\nand Mae\nMay may", "so [name]\nand [name] may"),
        ("Kurt Straßer", "KURT STRASSER and Kurt&nbsp;Straßer", "[name] and [name]"),
    ],
)
def test_a_name_is_masked_where_it_is_a_name_and_not_where_it_is_a_word_or_a_month(
    name: str, said: str, left: str | None
) -> None:
    assert masked(said, mentions([name])) == (said if left is None else left)


def test_a_name_after_a_line_break_is_found_in_the_line_of_json_that_holds_it() -> None:
    row = json.dumps({"text": "We asked for\nEd\tand got René\nO'Neil, as Edward did"}, ensure_ascii=False)
    assert json.loads(masked(row, mentions(["Ed", "René O'Neil"]))) == {
        "text": "We asked for\n[name]\tand got [name], as Edward did"
    }


def test_a_name_within_the_name_of_a_business_is_the_businesss() -> None:
    said = 'Wendy of wendy\'s café told Wendy. {"business":"Wendy\'s Café"}'
    left = '[name] of wendy\'s café told [name]. {"business":"Wendy\'s Café"}'
    assert masked(said, mentions(["Wendy"], ["Wendy's Café"])) == left
    assert masked("Rose Miller at Rose", mentions(["Rose Miller"], ["Rose"])) == "[name] at Rose"
