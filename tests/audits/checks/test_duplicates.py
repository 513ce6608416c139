"""Copies are found and left out once; short or merely similar reviews are nobody's copy."""

from __future__ import annotations

import numpy as np

from audits.checks.duplicates import copies, grouped, originals
from tests.audits.analysis.made import measured, neutral, review, says

LONG = "The room we were given on the third floor smelled of paint and the window would not close all night long"


def test_the_same_words_under_another_name_are_a_copy_of_the_first() -> None:
    first = review(1, day="2024-01-01", text=LONG)
    second = review(2, day="2024-01-03", text=LONG.upper() + "!!")
    assert copies([second, first]) == {second.key: first.key}


def test_signs_capitals_and_a_letter_beyond_ascii_make_no_other_words() -> None:
    said = "we waited_in the hall from 9 until noon and nobody at the counter told us why"
    told = "We WAITED_in the hall - from 9 until noon (and nobody at the counter) told us: why?!"
    assert originals([said, told, f"{told} …"]) == [0, 0, 0]


def test_a_copy_with_a_word_changed_is_still_a_copy() -> None:
    long = f"{LONG} and nobody at the desk could tell us when the painters would be done with the corridor outside"
    first, second = review(1, day="2024-01-01", text=long), review(2, day="2024-01-02", text=f"Hello. {long}")
    assert set(copies([first, second])) == {second.key}


def test_a_short_phrase_that_many_use_is_no_copy() -> None:
    assert copies([review(at, text="Great service, thank you so much") for at in range(20)]) == {}


def test_reviews_of_one_matter_in_other_words_are_no_copies() -> None:
    other = "Our third floor room smelled of fresh paint and we could not close the window at all that night"
    assert copies([review(1, text=LONG), review(2, text=other)]) == {}


def test_every_pair_of_random_texts_is_judged_as_its_exact_overlap_says() -> None:
    rng = np.random.default_rng(5)
    words = [f"word{at}" for at in range(40)]
    reviews = []
    for at in range(60):
        text = list(rng.choice(words, size=30))
        reviews.append(review(2 * at, day="2024-01-01", text=" ".join(text)))
        text[int(rng.integers(30))] = "changed"
        reviews.append(review(2 * at + 1, day="2024-01-02", text=" ".join(text)))
    found = copies(reviews)
    expected = {
        two.key for one, two in zip(reviews[::2], reviews[1::2], strict=True) if _overlap(one.text, two.text) >= 0.8
    }
    assert set(found) == expected
    assert len(expected) > 10


def test_word_groups_that_were_read_of_the_whole_history_give_the_copies_of_a_part_of_it() -> None:
    first, second, third = (review(at, day=f"2024-01-0{at}", text=f"{LONG} {'!' * at}") for at in (1, 2, 3))
    read = grouped([third, first, second, review(9, text="Short.")])
    assert copies([third, second], read) == copies([third, second]) == {third.key: second.key}
    assert copies([], read) == {}


def test_a_burst_of_copies_does_not_raise_a_share() -> None:
    burst = [review(at, day=f"2024-03-{10 + at % 3}", text=LONG) for at in range(30)]
    others = [review(100 + at, day=f"2024-03-{1 + at % 28:02d}") for at in range(60)]
    statements = [says(one, LONG, "premises") for one in burst] + [neutral(one) for one in others]
    found = measured([*burst, *others], statements)
    assert found.duplicates == 29
    assert (found.audited.reviews, found.audited.shares["premises"].n) == (61, 61)
    assert len(found.audited.shares["premises"].evidence) == 1
    assert (
        "29 reviews of Alder Inn in the period copy others in 10 words or more and are left out of every figure."
        in found.notes
    )


def _overlap(one: str | None, two: str | None) -> float:
    first, second = (_triples((text or "").split()) for text in (one, two))
    return len(first & second) / len(first | second)


def _triples(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}
