"""What may be a complaint is read between its neighbours in the text, and nothing else is changed by them."""

from __future__ import annotations

import numpy as np

from audits.analysis.assign import assign_texts, statements_of
from audits.analysis.model import model
from audits.analysis.nearby import APART, LONGEST, beside
from audits.analysis.pieces import AFTER, BEFORE, Within, pieces
from audits.analysis.pieces import LONGEST as READ
from audits.analysis.reader import reader, scores

SITE = "The site would not take my card. Four times. In the end the page froze and I gave up."


def test_a_statement_stands_between_its_neighbours() -> None:
    whole = "One here. Two here. Three here."
    spans = [(0, 9), (10, 19), (20, 31)]
    assert [beside(whole, spans, at) for at in range(3)] == [
        Within("", "One here.", " Two here."),
        Within("One here. ", "Two here.", " Three here."),
        Within("Two here. ", "Three here.", ""),
    ]


def test_what_is_long_or_far_off_is_no_neighbour() -> None:
    long, far = "a" * (LONGEST + 1), " " * (APART + 1)
    assert beside(f"{long} short", [(0, LONGEST + 1), (LONGEST + 2, LONGEST + 7)], 1) == Within("", "short", "")
    assert beside(f"near{far}short", [(0, 4), (5 + APART, 10 + APART)], 1) == Within("", "short", "")


def test_a_statement_is_read_with_the_nearest_pieces_of_its_neighbours_and_never_too_many() -> None:
    words = "the lift stood still"
    framed = pieces().framed(Within("far off " * READ, words, " and more" * READ))
    alone = pieces().numbers(words)
    assert len(framed.numbers) == len(alone) + BEFORE + AFTER
    assert framed.numbers[framed.start : framed.end] == alone[1:-1]
    assert framed.numbers[framed.start - 2 : framed.start] == pieces().numbers("far off")[1:-1]
    assert pieces().framed(Within("", words, "")).numbers == alone
    long = pieces().framed(Within("far off", words * READ, "and more"))
    assert (len(long.numbers), long.start, long.end) == (READ, 1, READ - 1)


def test_a_statement_of_signs_alone_is_judged_by_what_stands_beside_it() -> None:
    framed = pieces().framed(Within("Nobody came. ", "\N{ANGRY FACE}", " Nobody rang."))
    assert (framed.start, framed.end) in ((0, len(framed.numbers)), (4, 5))
    empty = pieces().framed(Within("Nobody came. ", "", ""))
    assert (empty.start, empty.end) == (0, len(empty.numbers))
    kinds, gaps = reader().logits([Within("Nobody came. ", "\N{ZERO WIDTH JOINER}", "")])
    assert np.isfinite(kinds).all() and np.isfinite(gaps).all()


def test_words_that_name_nothing_are_about_what_is_said_beside_them() -> None:
    alone = statements_of(None, "Four times.", 1.0)[0]
    within = next(one for one in statements_of(None, SITE, 1.0) if one.text == "Four times.")
    assert [score.gap for score in within.gaps] in ([], ["digital"])
    gap = model().gaps.index("digital")
    read, bare = (
        reader().logits([text])[1][0]
        for text in (Within("The site would not take my card. ", "Four times.", ""), "Four times.")
    )
    assert read[gap] - read.mean() > bare[gap] - bare.mean()
    assert [score.gap for score in alone.gaps] != ["digital"]


def test_what_surely_is_no_complaint_is_not_changed_by_its_neighbours() -> None:
    texts = ["The staff were kind and patient."]
    around = [Within("They kept us in a queue for an hour. ", texts[0], "")]
    still = np.zeros(len(texts), np.float32)
    found, alone = scores(texts, still, around), scores(texts, still)
    assert alone.kinds[0, 0] < reader().nearby_from
    assert (found.gaps == alone.gaps).all() and (found.kinds == alone.kinds).all()


def test_a_review_is_read_the_same_whatever_other_reviews_are_read_with_it() -> None:
    others = [(None, "Ten days and no driver. Nobody rang. Twice!", 1.0), (None, "Lovely. Thanks.", 5.0)]
    assert [one.gaps for one in assign_texts([*others, (None, SITE, 1.0)])[2]] == [
        one.gaps for one in statements_of(None, SITE, 1.0)
    ]
