"""What an audit assigned is read by a person, kept without text, and held against what the model says now."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from audits.analysis.confidence import honest
from audits.analysis.values import GapScore
from benchmarks import gold_read
from tests.audits.analysis.made import review
from tests.audits.analysis.test_gold import LINES, spoken


def test_of_an_audit_only_given_gaps_are_drawn_each_between_its_neighbours() -> None:
    fees = (GapScore(gap="fees", confidence=honest(0.8)),)
    texts = ("We came.", "A fee.", "All fine.")
    statements = [
        spoken(at, at + 1, complaint=0.9 if at == 1 else 0.1, gaps=fees)._replace(text=text)
        for at, text in enumerate(texts)
    ]
    (row,) = gold_read.assigned(statements, {"r": review(1, rating=2.0)})
    assert row[5:] == ("fees", "0.80", "2", "We came.", "A fee.", "All fine.")
    many = [spoken(at, at + 1, complaint=0.9, gaps=fees) for at in range(50)]
    drawn = gold_read.assigned(many, {"r": review(1)}, count=20)
    assert len({row[0] for row in drawn}) == 20 and drawn == gold_read.assigned(many, {"r": review(1)}, count=20)


def test_verdicts_are_counted_by_reading_and_by_confidence() -> None:
    rows = [
        {"verdict": "right", "sure": "0.90", "gaps": "fees", "instead": "", "now": "fees"},
        {"verdict": "wrong-gap", "sure": "0.40", "gaps": "fees queue", "instead": "billing", "now": "billing"},
        {"verdict": "wrong-gap", "sure": "0.60", "gaps": "fees", "instead": "billing", "now": "fees"},
        {"verdict": "partly", "sure": "0.75", "gaps": "exit billing", "instead": "billing", "now": ""},
    ]
    lines = {line[:12].strip(): line.split() for line in gold_read.counted({"inns": rows})}
    told = [line.split() for line in gold_read.counted({"inns": rows}) if line.startswith("inns")]
    assert told == [["inns", "4", "1", "1", "2", "0", "0.50"], ["inns", "3", "0.67"]]
    assert lines["sure .7 up"][-1] == "1.00" and lines["below .5"][-1] == "0.00"
    assert "2  fees for billing" in " ".join(gold_read.counted({"inns": rows}))


def test_the_places_of_a_reading_are_read_again_by_the_model_as_it_is() -> None:
    at = LINES.index("We")
    row = dict.fromkeys(gold_read.KEPT, "x") | {"field": "text", "start": str(at), "end": str(at + 38)}
    queue = (GapScore(gap="queue", confidence=honest(0.8)),)
    said = [spoken(0, 10, complaint=0.9), spoken(at, at + 38, complaint=0.9, gaps=queue)]
    said = [one._replace(text=LINES[one.start : one.end]) for one in said]
    now = gold_read._now(gold_read._nearest(row, said))
    assert now["now"] == "queue" and float(now["confidence"]) == pytest.approx(0.8, abs=0.002)
    assert now["complaint"] == "0.900"
    assert set(gold_read._now(said[0]).values()) == {""} == set(gold_read._now(None).values())


def test_the_places_are_found_in_their_set_and_a_lost_one_is_given_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "twitter_us_airline"
    folder.mkdir()
    said = "We stood in line at the desk for two hours, which is unacceptable."
    table = f'airline,airline_sentiment,text\nBlueloop,neutral,"Thanks."\nBlueloop,negative,"{said}"\n'
    (folder / "Tweets.csv").write_text(table, encoding="utf-8")
    place = {"field": "text", "start": "0", "end": str(len(said)), "gaps": "queue", "sure": "0.90", "verdict": "right"}
    rows = [{"id": name, "row": row, **place} for name, row in (("a", "Tweets.csv:1"), ("b", ""))]
    file = tmp_path / "read_airline.tsv"
    with file.open("w", encoding="utf-8", newline="") as out:
        written = csv.DictWriter(out, gold_read.KEPT, delimiter="\t", lineterminator="\n")
        written.writeheader()
        written.writerows(rows)
    assert gold_read.again(tmp_path, file) == "read_airline.tsv: 1 of 1 places found are given a gap"
    found, lost = gold_read.verdicts(file)
    assert found["now"] == "queue" and float(found["complaint"]) > 0.5 and gold_read.right_of(found)
    assert lost["now"] == lost["confidence"] == ""
