"""The sandbox's collection of statements is large, varied, labelled and about nobody."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from spiders.sandbox import wording

GAPS = (
    "promise", "selling", "fees", "price-level", "booking", "onboarding", "paperwork", "queue", "timeliness",
    "cancellation", "order-accuracy", "custody", "core-quality", "availability", "conduct", "competence",
    "reachability", "resolution", "handoffs", "digital", "billing", "refunds", "exit", "decision", "policy",
    "premises", "safety", "security", "notice",
)  # fmt: skip
KINDS: tuple[wording.Kind, ...] = ("praise", "neutral", "vague", "outside-control", "other-business")


def everything() -> list[wording.Line]:
    return [*wording.complaints(), *(line for kind in KINDS for line in wording.lines(kind))]


@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_has_28_complaints_or_more_in_four_industries_or_more(gap: str) -> None:
    own = [line for line in wording.complaints() if line.gaps[0] == gap]
    assert len(own) >= 28
    assert len({line.industry for line in own} - {"any"}) >= 4
    assert any(line.industry == "any" for line in own)


def test_every_label_is_a_gap_of_the_frame() -> None:
    assert {gap for line in [*everything(), *wording.titles()] for gap in line.gaps} <= set(GAPS)
    assert {reply.gap for reply in wording.replies()} <= {None, *GAPS}


def test_praise_neutral_vague_and_replies_are_plentiful() -> None:
    assert len(wording.lines("praise")) >= 250
    assert all(line.gaps for line in wording.lines("praise"))
    assert len(wording.lines("neutral")) >= 100
    assert len(wording.lines("vague")) >= 60
    assert len(wording.replies()) >= 40
    assert {reply.manner for reply in wording.replies()} == {"boilerplate", "human"}


def test_no_statement_is_written_twice_or_nearly_so() -> None:
    bigrams = {line.text: _bigrams(line.text) for line in everything()}
    assert len(bigrams) == len(everything())
    holders = defaultdict(list)
    for text, pairs in bigrams.items():
        for pair in pairs:
            holders[pair].append(text)
    shared = Counter(two for texts in holders.values() if len(texts) < 60 for two in combinations(sorted(texts), 2))
    alike = [two for two, count in shared.items() if count > 0.5 * len(bigrams[two[0]] | bigrams[two[1]])]
    assert alike == []


def test_no_statement_holds_an_address_a_link_or_a_telephone_number() -> None:
    texts = [line.text for line in everything()] + [reply.text for reply in wording.replies()]
    assert [text for text in texts if re.search(r"@|https?:|www\.|\d[\d ]{8,}", text)] == []


def _bigrams(text: str) -> set[tuple[str, str]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(["^", *words], [*words, "$"], strict=True))
