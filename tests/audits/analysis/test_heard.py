"""What is heard of a review counts the same with its words and without them."""

from __future__ import annotations

from audits.analysis.heard import heard
from audits.analysis.kept import statements, unquoted
from audits.store.readings import Reading, Scored
from tests.audits.analysis.made import GAPS, review

SPANS = [
    ["text", 0, 5, 0.91, None, 2, ["leaving"], "c2Vlbg=="],
    ["text", 6, 12, 0.5, None, 1, [], ""],
    ["text", 13, 19, 0.6, "vague", 1, [], ""],
    ["text", 20, 25, 0.7, "outside-control", 3, [], ""],
    ["text", 25, 26, 0.9, "praise", 0, [], ""],
]
GIVEN = ([["queue", 0.7], ["conduct", 0.3]], [["queue", 0.8]], [], [], [["fees", 0.9]])
SCORES = [[*each[3:6], gaps] for each, gaps in zip(SPANS, GIVEN, strict=True)]
READINGS = (
    Reading(review(1), SPANS, SCORES),
    Reading(review(2), [["text", 0, 5, 0.2, "neutral", 0, [], ""]], [[0.2, "neutral", 0, []]]),
)


def test_a_review_whose_words_are_shown_to_nobody_counts_as_one_whose_words_are() -> None:
    quoted = heard([one for each in READINGS for one in statements(each, "m1")], gaps=GAPS)
    counted = heard([unquoted(Scored(each.review, each.scores), "m1") for each in READINGS], gaps=GAPS)
    assert quoted.sums == counted.sums and quoted.models == counted.models == ("m1",)
    queue, conduct = GAPS.index("queue"), GAPS.index("conduct")
    assert counted.sums[review(1).key].hits == ((queue, 2, 0.8), (conduct, 2, 0.3))
    assert quoted.statements and not counted.statements
