"""What may be a complaint is read among its neighbours in the text, and nothing else is changed by them."""

from __future__ import annotations

import numpy as np

from audits.analysis.assign import assign_texts, statements_of
from audits.analysis.model import model
from audits.analysis.nearby import APART, LONGEST, joined, passages
from audits.analysis.pieces import LONGEST as READ
from audits.analysis.pieces import pieces
from audits.analysis.reader import reader, scores

SITE = "The site would not take my card. Four times. In the end the page froze and I gave up."


def test_statements_that_stand_together_are_joined_by_what_stands_between() -> None:
    assert joined("One here. Two here, but three here.", [(0, 9), (10, 18), (24, 35)]) == [None, " ", ", but "]
    assert joined("", []) == []


def test_what_stands_far_off_begins_a_passage() -> None:
    for gap, begins in ((APART, False), (APART + 1, True)):
        assert (joined(f"near{' ' * gap}short", [(0, 4), (4 + gap, 9 + gap)])[1] is None) is begins


def test_a_long_text_is_parted_evenly_between_statements() -> None:
    spans = [(at, at + 99) for at in range(0, 1_000, 100)]
    begins = [at for at, between in enumerate(joined("a" * 1_000, spans)) if between is None]
    lengths = [end - start for start, end in zip(begins, [*begins[1:], len(spans)], strict=True)]
    assert max(lengths) - min(lengths) <= 1
    assert max(lengths) * 100 <= LONGEST
    assert joined("a" * 3_000, [(0, 2_000), (2_001, 2_005)]) == [None, None]


def test_only_what_may_complain_and_its_neighbours_are_read() -> None:
    between = [None, " ", " ", " ", " ", None, " "]
    assert passages([1], between) == [[0, 1, 2]]
    assert passages([0, 4], between) == [[0, 1], [3, 4]]
    assert passages([1, 3], between) == [[0, 1, 2, 3, 4]]
    assert passages([5], between) == [[5, 6]]
    assert passages([], between) == []


def test_each_statement_of_a_passage_has_its_own_pieces() -> None:
    framed = pieces().framed(("", "the lift stood still", ", and ", "nobody came"))
    alone = pieces().numbers("the lift stood still, and nobody came")
    assert framed.numbers == alone
    (start, middle), (then, end) = framed.places
    assert alone[start:middle] == pieces().numbers("the lift stood still")[1:-1]
    assert alone[then:end] == pieces().numbers("nobody came")[1:-1]


def test_a_passage_is_read_up_to_its_limit_and_what_has_no_piece_of_its_own_by_all_of_it() -> None:
    framed = pieces().framed(("", "the lift stood still " * READ, " ", "nobody came", "", "\N{ZERO WIDTH JOINER}"))
    assert len(framed.numbers) == READ
    assert framed.places == ((1, READ - 1), (0, READ), (0, READ))
    (read,) = reader().read([("", "Nobody came.", " ", "\N{ZERO WIDTH JOINER}")])
    assert all(np.isfinite(one.logits).all() for one in read)


def test_words_that_name_nothing_are_about_what_is_said_beside_them() -> None:
    alone = statements_of(None, "Four times.", 1.0)[0]
    within = next(one for one in statements_of(None, SITE, 1.0) if one.text == "Four times.")
    assert [score.gap for score in within.gaps] in ([], ["digital"])
    gap = model().gaps.index("digital")
    (among,) = reader().read([("", "The site would not take my card.", " ", "Four times.")])
    read, bare = reader().honest(among[1:])[1][0], reader().logits(["Four times."])[1][0]
    assert read[gap] - read.mean() > bare[gap] - bare.mean()
    assert [score.gap for score in alone.gaps] != ["digital"]


def test_what_surely_is_no_complaint_is_not_changed_by_its_neighbours() -> None:
    texts = ["Rude staff, and they kept us in a queue for an hour.", "The staff were kind and patient."]
    still = np.zeros(len(texts), np.float32)
    found, alone = scores(texts, still, [None, " "]), scores(texts, still)
    assert alone.kinds[1, 0] < reader().screen
    assert (found.gaps[1] == alone.gaps[1]).all() and (found.kinds[1] == alone.kinds[1]).all()
    assert found.seen[0] and not found.seen[1]


def test_a_review_is_read_the_same_whatever_other_reviews_are_read_with_it() -> None:
    others = [(None, "Ten days and no driver. Nobody rang. Twice!", 1.0), (None, "Lovely. Thanks.", 5.0)]
    together, alone = assign_texts([*others, (None, SITE, 1.0)])[2], statements_of(None, SITE, 1.0)
    assert [(one.gaps, one.vector) for one in together] == [(one.gaps, one.vector) for one in alone]
