"""The gold set is drawn by chance and kept without text, labelled twice, and what was agreed measures the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audits.analysis import resemblance
from audits.analysis.gaps import frame
from audits.analysis.values import GapScore, Statement
from benchmarks import gold, gold_agree, gold_draw, gold_read, gold_score, gold_surely
from benchmarks.gold_agree import NONE, OTHER
from benchmarks.gold_score import Read
from benchmarks.gold_sets import Review

LINES = "The clerk was rude to us. We queued an hour and nobody served us. The soup came cold from the kitchen."


def invented(rows: int = 60) -> Iterator[Review]:
    for row in range(rows):
        yield Review(
            set="inns", file="a.csv", row=row, business=f"inn {row % 7}", title="Never again, I say",
            text=f"On day {row} we came. {LINES}", stars=5.0 if row % 3 == 0 else 2.0, low=row % 3 > 0,
        )  # fmt: skip


def test_the_same_seed_draws_the_same_places_whatever_else_is_there() -> None:
    others = [Review(set="bars", file="b.csv", row=0, business="bar", text=LINES, low=True)]
    drawn = gold_draw.draw(invented(), each=20, good=3)
    assert drawn == gold_draw.draw([*others, *invented()], each=20, good=3)[-20:]
    assert drawn != gold_draw.draw(invented(), each=20, good=3, seed=1)
    assert len({one.id for one in drawn}) == 20


def test_so_many_are_of_good_reviews_and_the_rest_of_bad_ones() -> None:
    drawn = gold_draw.draw(invented(), each=20, good=3)
    assert sum(one.row % 3 == 0 for one in drawn) == 3


def test_where_sentences_are_labelled_only_the_bad_ones_of_a_review_are_likely() -> None:
    start = LINES.index("We")
    review = Review(set="bars", file="b", row=0, business="0", text=LINES, low=True, low_places=((start, start + 30),))
    (one,) = gold_draw.draw([review], each=9, good=3)
    assert LINES[one.start : one.end].startswith("We queued")


def test_a_business_is_in_one_part_only_and_the_parts_are_alike_in_size() -> None:
    drawn = gold_draw.draw(invented(), each=60, good=10)
    assert len({(one.business, one.part) for one in drawn}) == 7
    sizes = Counter(one.part for one in drawn)
    largest = max(Counter(one.business for one in drawn).values())
    assert abs(sizes["dev"] - sizes["test"]) <= largest


def test_what_was_drawn_is_read_back_and_holds_no_word_of_the_reviews(tmp_path: Path) -> None:
    drawn = gold_draw.draw(invented(), each=20, good=3)
    gold_draw.write(tmp_path / "s.tsv", drawn)
    assert gold_draw.read(tmp_path / "s.tsv") == drawn
    assert not {"inn", "clerk", "soup"} & set((tmp_path / "s.tsv").read_text().split())


def test_a_labeller_sees_the_statement_between_its_neighbours_the_title_before_the_first() -> None:
    drawn = gold_draw.draw(invented(), each=60, good=10)
    shown = {row[4].split(".")[0]: row for row in gold_draw.sample(drawn, invented())}
    assert shown["We queued an hour and nobody served us"][3:] == tuple(
        part.strip() + "." for part in LINES.split(".")[:3]
    )
    first = next(row for said, row in shown.items() if said.startswith("On day"))
    assert first[3] == "Never again, I say" and first[5] == "The clerk was rude to us."


def test_kappa_is_what_is_left_over_chance() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert gold_agree.kappa(pairs) == pytest.approx(0.4)
    assert gold_agree.kappa([("a", "a")] * 3) is None


def test_agreement_counts_a_gap_in_either_place_and_disputes_by_the_main_label() -> None:
    first = {"1": ("queue", "conduct"), "2": (NONE,), "3": ("fees",), "4": (OTHER,)}
    second = {"1": ("conduct", "queue"), "2": (NONE,), "3": ("fees",), "4": (NONE,)}
    assert gold_agree.disputes(first, second) == ["1", "4"]
    lines = gold_agree.agreement(first, second, ["queue", "fees", "safety"])
    assert lines[0] == "4 statements, 2 disputes; 0.750 share a label"
    told = {line[:26].strip(): line.split()[-3:] for line in lines[1:]}
    assert told["queue"] == ["1", "1.000", "1.00"] and "safety" not in told
    assert told["complaint or not"] == ["3", "0.750", "0.50"]


def test_resolved_says_whose_label_it_was_which_rules_came_twice_and_what_is_open() -> None:
    first = {"1": ("queue",), "2": ("fees",), "3": (NONE,)}
    second = {"1": ("notice",), "2": (NONE,), "3": (OTHER,)}
    final = {"1": ("queue",), "2": (NONE,), "3": (NONE,)}
    lines = gold_agree.resolved(first, second, final, {"1": "a wait", "2": "a wait"})
    assert lines == ["resolved for the first: 1", "resolved for the second: 1", "open: 1", "   2  a wait"]


@pytest.mark.parametrize("line", ["x\tqueues\t", "x\t\t", "x\tnone\tqueue"])
def test_a_label_that_the_frame_does_not_know_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "l.tsv").write_text(f"id\tgap1\tgap2\n{line}\n")
    with pytest.raises(ValueError, match=r"l\.tsv: x"):
        gold_agree.read(tmp_path / "l.tsv", frame().slugs)


def test_the_kept_labels_are_whole_and_every_dispute_has_its_rule() -> None:
    drawn = gold_draw.read(gold.STATEMENTS)
    first, second, final = (gold_agree.read(path, frame().slugs) for path in (gold.FIRST, gold.SECOND, gold.AGREED))
    assert len(drawn) >= 600 and len({one.set for one in drawn}) >= 6
    assert {one.id for one in drawn} == set(first) == set(second) == set(final)
    assert set(gold_agree.whys(gold.AGREED)) == set(gold_agree.disputes(first, second))
    alike = [one for one in first if first[one][0] == second[one][0]]
    assert all(final[one][0] == first[one][0] for one in alike)


def spoken(start: int, end: int, **said: object) -> Statement:
    return Statement(review="r", content="", field="text", start=start, end=end, text="", **said)  # type: ignore[arg-type]


def test_a_place_is_found_again_where_the_splitting_has_changed() -> None:
    place = gold_draw.Drawn(id="1", set="s", file="f", row=0, field="text", start=10, end=30, business="b", part="dev")
    statements = [spoken(0, 14, complaint=0.0), spoken(14, 40, complaint=1.0)]
    assert gold_score.nearest(place, statements) is statements[1]


def test_an_audit_reads_the_whole_review_and_each_place_is_held_against_its_label() -> None:
    review = Review(set="inns", file="a", row=4, business="b", text=LINES, stars=1.0, low=True)
    at = LINES.index("We")
    place = gold_draw.Drawn(
        id="1", set="inns", file="a", row=4, field="text", start=at, end=at + 38, business="b", part="dev"
    )  # fmt: skip
    (read,) = gold_score.readings([place], [review], {"1": ("queue",)})
    assert read.said[0] == "queue" and read.right and 0.3 <= (read.confidence or 0) <= 1


def test_what_is_no_complaint_and_what_names_no_gap_are_labels_of_their_own() -> None:
    place = gold_draw.Drawn(id="1", set="s", file="f", row=0, field="text", start=0, end=5, business="b", part="dev")
    fees = (GapScore(gap="fees", confidence=0.8),)
    said = [
        spoken(0, 5, complaint=0.1, gaps=fees, outside="praise"), spoken(0, 5, complaint=0.9, outside="vague"),
        spoken(0, 5, complaint=0.9), spoken(0, 5, complaint=0.9, gaps=fees),
    ]  # fmt: skip
    assert [gold_score._read(place, one, (NONE,)).said for one in said] == [(NONE,), (OTHER,), (OTHER,), ("fees",)]


def test_scores_count_either_gap_and_say_what_the_wrong_ones_were() -> None:
    read = [
        Read(set="inns", label=("queue", "conduct"), said=("conduct",), confidence=0.9),
        Read(set="inns", label=("queue",), said=("fees",), confidence=0.5),
        Read(set="inns", label=("queue",), said=(NONE,)),
        Read(set="bars", label=(NONE,), said=("fees",), confidence=0.5),
        Read(set="bars", label=(OTHER,), said=(OTHER,)),
    ]
    assert gold_score.rates(read, "queue") == (3, 0, 0) and gold_score.rates(read, "conduct") == (1, 1, 1)
    assert gold_score.calibration(read) == pytest.approx((0.1 + 1.0) / 3)
    text = "\n".join(gold_score.score(read, ["queue", "conduct", "fees", "safety"]))
    assert "read right, of all                        5   0.400" in text
    assert "compatible gap, of those with one         3   0.333" in text
    assert "another gap / vague / none   1 / 0 / 1" in text
    assert "safety" not in text


def test_an_interval_holds_its_share_and_narrows_with_more_statements() -> None:
    few, many = gold_score.interval([True, False] * 10), gold_score.interval([True, False] * 200)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]


def test_what_is_shown_by_itself_is_ranked_by_weights_of_the_other_trades() -> None:
    def answer(at: int, trade: str) -> gold_surely.Answer:
        right = at % 3 > 0
        return gold_surely.Answer(trade=trade, gap="fees" if right else "exit", parts=(0.5, 0.9), right=right)

    rows = [answer(at, trade) for trade in gold_surely.TRADES.values() for at in range(30)]
    lines = {line[:34].strip(): line.split()[-4:] for line in gold_surely.measured(rows)[3:5]}
    assert lines["surely, fitted without the trade"][:3] == ["1.000"] * 3
    assert float(lines["confidence x complaint"][0]) < 1


def test_a_gap_that_is_misread_more_often_is_less_sure_by_the_same_scores() -> None:
    rows = [
        gold_surely.Answer(trade="inns", gap=gap, parts=(0.7, 0.9), right=at % 10 < often)
        for gap, often in (("exit", 3), ("queue", 9))
        for at in range(40)
    ]
    fit = gold_surely.fitted(rows)
    leaving, waiting, new = fit.chance([rows[0], rows[-1], replace(rows[0], gap="fees")])
    assert leaving < new < waiting and leaving > 0.3 and waiting < 0.9
    same = np.full(2, 0.8)
    one, other = resemblance.chance(same, same, ["exit", "reachability"])
    assert one < other


def test_the_weights_in_the_package_are_those_of_the_kept_verdicts_and_the_dev_part() -> None:
    kept = resemblance.weights()
    assert kept["answers"] >= 650 and kept["claim"] > kept["complaint"] > 0


def test_the_kept_verdicts_hold_places_and_no_text(tmp_path: Path) -> None:
    for path in gold_read.files():
        rows = gold_read.verdicts(path)
        assert len(rows) == gold_read.COUNT and set(rows[0]) == {*gold_read.KEPT, "verdict", "instead"}
        known = {"", NONE, OTHER, *frame().slugs}
        assert {row["instead"] for row in rows} <= known
        assert all(bool(row["instead"]) == (row["verdict"] != "right") for row in rows)
    (tmp_path / "read_x.tsv").write_text("id\tverdict\nx\tfine\n")
    with pytest.raises(ValueError, match="'fine' is no verdict"):
        gold_read.verdicts(tmp_path / "read_x.tsv")
