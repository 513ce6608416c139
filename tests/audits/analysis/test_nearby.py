"""A complaint that names no process is read with its neighbours in the text, and nothing else is changed by them."""

from __future__ import annotations

import numpy as np

from audits.analysis.assign import assign_texts, statements_of
from audits.analysis.nearby import APART, LONGEST, beside, scores_beside
from audits.analysis.reader import reader, scores

SITE = "The site would not take my card. Four times. In the end the page froze and I gave up."


def test_a_statement_stands_between_its_neighbours() -> None:
    whole = "One here. Two here. Three here."
    spans = [(0, 9), (10, 19), (20, 31)]
    assert [beside(whole, spans, at) for at in range(3)] == ["One here. Two here.", whole, "Two here. Three here."]


def test_what_is_long_or_far_off_is_no_neighbour() -> None:
    long, far = "a" * (LONGEST + 1), " " * (APART + 1)
    assert beside(f"{long} short", [(0, LONGEST + 1), (LONGEST + 2, LONGEST + 7)], 1) == "short"
    assert beside(f"near{far}short", [(0, 4), (5 + APART, 10 + APART)], 1) == "short"


def test_words_that_name_nothing_are_about_what_is_said_beside_them() -> None:
    alone = statements_of(None, "Four times.", 1.0)[0]
    within = next(one for one in statements_of(None, SITE, 1.0) if one.text == "Four times.")
    assert [score.gap for score in within.gaps] == ["digital"]
    assert [score.gap for score in alone.gaps] != ["digital"]
    assert within.complaint == alone.complaint


def test_neither_a_sure_gap_nor_what_is_no_complaint_is_changed_by_its_neighbours() -> None:
    texts = ["In the end the page froze and I gave up.", "The staff were kind and patient."]
    around = [f"They kept us in a queue for an hour. {text}" for text in texts]
    still = np.zeros(len(texts), np.float32)
    found, alone = scores_beside(texts, around, still), scores(texts, still)
    assert alone.gaps[0].max() >= reader().nearby_below and alone.kinds[1, 0] < 0.5
    assert (found.gaps == alone.gaps).all() and (found.kinds == alone.kinds).all()


def test_a_review_is_read_the_same_whatever_other_reviews_are_read_with_it() -> None:
    others = [(None, "Ten days and no driver. Nobody rang. Twice!", 1.0), (None, "Lovely. Thanks.", 5.0)]
    assert [one.gaps for one in assign_texts([*others, (None, SITE, 1.0)])[2]] == [
        one.gaps for one in statements_of(None, SITE, 1.0)
    ]
