"""Review cards are cut out before a tree is built, hidden copies are left behind, and a bomb stays bounded."""

from __future__ import annotations

import time

import pytest

from spiders.dom import Card, cards
from spiders.site import UnreadableError

OPENING = r'<div[^<>]*\bclass="[^"]*\breview\b[^<>]*>'


def card(inner: str, of: str = "") -> str:
    return f'<div class="review" {of}>{inner}</div>'


def test_each_card_is_read_by_class_attribute_and_tag() -> None:
    page = (
        "<p>x" + card('<div class="rate"><img alt="4 of 5"></div><div class="rate">b</div>', 'data-id="7"') + card("c")
    )
    first, second = cards(page, OPENING)
    assert first.given("data-id", ".review") == "7" and first.given("alt", ".rate", "img") == "4 of 5"
    assert first.text(".rate") == "b" and first.text("[data-id=7]") == "b"
    assert second.text(".review") == "c" and second.one("img") is None


@pytest.mark.parametrize(
    "hidden", ["<!--{}-->", "<noscript>{}</noscript>", "<template>{}</template>", "<script>{}</script>"]
)
def test_a_hidden_copy_of_a_card_is_not_a_card(hidden: str) -> None:
    assert len(list(cards(card("seen") + hidden.format(card("hidden")) + card("seen"), OPENING))) == 2


def test_a_card_inside_a_card_is_a_part_of_it_and_one_that_never_closes_ends_at_the_next() -> None:
    assert [each.text("div") for each in cards(card("a" + card("b")) + card("c"), OPENING)] == ["a\nb", "c"]
    assert [each.text("div") for each in cards('<div class="review">a<div class="review">b', OPENING)] == ["a", "b"]


def test_words_break_at_blocks_and_leave_out_what_is_not_theirs() -> None:
    held = Card(
        "<div><p>One &amp; only<br>two</p><!-- no --><p>three <b>four</b></p><span class='more'>More</span></div>"
    )
    assert held.text("div", without=(".more",)) == "One & only\ntwo\nthree four"
    assert held.text("div") == "One & only\ntwo\nthree fourMore"


@pytest.mark.parametrize(
    "body",
    [
        card("<div>" * 20_000),
        '<div class="review">' * 20_000,
        card("<b " + " ".join(f"a{n}=1" for n in range(200_000)) + ">x</b>"),
        "<div class='review' " + "a=1 " * 1_000_000 + ">",
        "<div " * 100_000,
        card("<p><i>" * 200_000),
    ],
)
def test_a_hostile_card_ends_within_two_seconds(body: str) -> None:
    started = time.process_time()
    try:
        for each in cards(body, OPENING):
            each.text("div")
            each.one(".review", "div")
    except UnreadableError:
        pass
    assert time.process_time() - started < 2
