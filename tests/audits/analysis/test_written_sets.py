"""The sets that measure the readings were written before tuning and stay as they were; the readings keep to them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict

import pytest

from audits.analysis.train import bank
from benchmarks.challenge import DATA, READINGS, complains, is_grave, read, table

FROZEN = {
    "challenge": "22eb87822e71e4ab98a6012ca70164f4b0ae5efe51f3dc644721d43c4a2e3ef1",
    "harm": "05f37c9af9bb853a425d9f3d46de78b107d198b2eaff3598503e6f1d15d4f531",
    "readings": "b6ae65821b6d51aefad5bb5e8e701c9817bab8d9c650a73c8f6a9b3fea2183e4",
}
LEAST = {
    "severity": 0.7, "factor": 0.9, "stage": 0.9, "outlook": 0.9, "grave": 0.57, "recovery": 0.75, "care": 0.85,
    "contact": 0.9,
}  # fmt: skip
CHALLENGE_RIGHT = 0.58
HARM_FOUND, HARM_INVENTED = 0.45, 0.2


@pytest.mark.parametrize("name", FROZEN)
def test_a_written_set_is_as_it_was_frozen(name: str) -> None:
    assert hashlib.sha256((DATA / f"{name}.tsv").read_bytes()).hexdigest() == FROZEN[name]


def test_the_challenge_is_large_and_as_many_complain_as_do_not_in_each_turn() -> None:
    rows = table("challenge")
    assert len(rows) >= 300
    for turn in {row["turn"] for row in rows}:
        counted = Counter(row["expected"] for row in rows if row["turn"] == turn)
        assert abs(counted["complaint"] - counted["none"]) <= 4


def test_every_reading_has_at_least_thirty_rows() -> None:
    counted = Counter(row["reading"] for row in table("readings"))
    assert set(counted) == set(READINGS)
    assert min(counted.values()) >= 30


def test_no_written_statement_stands_in_the_bank() -> None:
    known = {row.text.casefold().strip(" .!") for row in bank()}
    ours = {row["text"].casefold().strip(" .!") for name in FROZEN for row in table(name)}
    assert known & ours == set()


def test_the_readings_keep_to_what_was_written() -> None:
    rows = table("readings")
    right: dict[str, list[bool]] = defaultdict(list)
    for row, statements in zip(rows, read(rows), strict=True):
        right[row["reading"]].append(row["expected"] in READINGS[row["reading"]](row, statements))
    assert {name: sum(each) / len(each) for name, each in right.items() if sum(each) / len(each) < LEAST[name]} == {}


def test_complaints_are_told_apart_where_words_mislead() -> None:
    rows = table("challenge")
    right = [complains(one) == (row["expected"] == "complaint") for row, one in zip(rows, read(rows), strict=True)]
    assert sum(right) / len(right) >= CHALLENGE_RIGHT


def test_harm_that_was_done_is_grave_more_often_than_not_and_what_befell_otherwise_seldom() -> None:
    rows = table("harm")
    told = [is_grave(each) for each in read(rows)]
    done = [one for one, row in zip(told, rows, strict=True) if row["expected"] == "grave"]
    other = [one for one, row in zip(told, rows, strict=True) if row["expected"] == "none"]
    assert sum(done) / len(done) >= HARM_FOUND
    assert sum(other) / len(other) <= HARM_INVENTED
