"""Themes hold what means the same, come from several people, and keep their ids as reviews arrive."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import sha256
from time import process_time

import numpy as np

from audits.analysis.clusters import Group
from audits.analysis.matters import Read, background_of
from audits.analysis.meaning import packed
from audits.analysis.themes import joined, themes
from audits.analysis.values import Theme
from benchmarks.sandbox_reviews import understood
from spiders.sandbox.truth import truth
from tests.audits.analysis.made import review
from tests.audits.analysis.themed import CHAT, HOLD, MAIL, found, found_names, spoken

LARGE = ("quillon-mutual", "tidewell-hotel-group", "vellmoor-hotels")


def test_what_says_the_same_in_other_words_belongs_to_the_theme() -> None:
    dirty = ("The bathroom was filthy.", "A filthy bathroom with hair in it.", "Our bathroom was filthy too.",
             "Filthy bathroom, nobody had been in to look.")  # fmt: skip
    otherwise = ("The bathroom was very dirty.", "Dirty shower and basin in the bathroom.")
    noise = ("Noisy street all night.", "The street is noisy.", "A noisy street under the window.")
    said = [one for at, texts in ((0, dirty), (50, otherwise), (100, noise)) for one in spoken(texts, at, "premises")]
    theme = next(one for one in found(said, gap="premises") if "bathroom" in one.name)
    assert set(theme.reviews) == {review(at).key for at in (*range(len(dirty)), 50, 51)}


def test_a_word_that_says_two_things_holds_no_two_matters_together() -> None:
    lift = ("The lift was broken all week.", "Broken lift, eight floors to climb.", "The lift is broken again.",
            "Lift broken when we came and when we left.")  # fmt: skip
    word = ("A broken promise, again.", "They promised to ring, promise broken.", "Every promise they made was broken.",
            "Yet another broken promise.")  # fmt: skip
    names = {theme.name for theme in found([*spoken(lift), *spoken(word, 100), *spoken(MAIL, 200)], gap="none")}
    assert not any("lift" in name and "promise" in name for name in names) and "broken" not in names
    assert any("lift" in name for name in found_names(lift, "premises"))
    assert any("promise" in name for name in found_names(word, "promise"))


def test_statements_that_were_misread_together_are_no_theme() -> None:
    facts = ("We took the lift to the roof.", "The lift has a mirror.", "I met her in the lift.", "The lift is glass.")
    assert found(spoken(facts, gap="refunds"), gap="refunds") == ()


def test_groups_that_are_named_by_the_same_words_are_one_theme() -> None:
    one, other, third = (
        Group(key=key, members=[Read(statement=each) for each in spoken(texts, at)])
        for key, texts, at in ((("claim", "deni"), HOLD, 0), (("deni",), CHAT, 50), (("email",), MAIL, 90))
    )
    told = joined([(one, "denied a claim"), (third, "unanswered emails"), (other, "deny claims")])
    assert [name for _, name in told] == ["denied a claim", "unanswered emails"]
    assert told[0][0].members == [*one.members, *other.members]
    kept = replace(other, stored=found([*spoken(CHAT), *spoken(MAIL, 200)])[0])
    assert len(joined([(one, "denied a claim"), (kept, "deny claims")])) == 2


def test_groups_whose_names_share_a_word_and_mean_the_same_are_one_theme() -> None:
    shut, other, mould = (
        Group(key=key, members=[Read(statement=each) for each in spoken(texts, at)])
        for key, texts, at in ((("shut",), HOLD, 0), (("clos",), CHAT, 50), (("mould",), MAIL, 90))
    )
    told = joined([(shut, "pool shut"), (mould, "pool dirty"), (other, "pool closed")])
    assert [(name, len(group.members)) for group, name in told] == [("pool shut", 9), ("pool dirty", 3)]
    kept = found([*spoken(CHAT), *spoken(MAIL, 200)])
    carried = replace(shut, stored=kept[0]), replace(other, stored=kept[1])
    told = joined([(carried[0], "pool shut"), (carried[1], "pool closed")])
    assert [name for _, name in told] == ["pool shut", "pool closed"], "two that a reader knows stay two"
    assert len(joined([(carried[0], "pool shut"), (other, "pool closed")])) == 1


def test_a_stored_theme_that_would_be_named_as_another_stored_one_is_keeps_its_own_name() -> None:
    stored = Theme(id="first", gap="decision", name="denied a claim", quote="", quote_review="", reviews=("a",))
    one, other, third = (
        Group(key=key, members=[Read(statement=each) for each in spoken(texts, at)], stored=kept)
        for key, texts, at, kept in (
            (("claim", "deni"), HOLD, 0, stored),
            (("deni",), CHAT, 50, replace(stored, id="second", name="pre-existing condition")),
            (("email",), MAIL, 90, replace(stored, id="third", name="no answer")),
        )
    )
    told = joined([(other, "denying claims"), (one, "denied claims"), (third, "unanswered emails")])
    assert [name for _, name in told] == ["pre-existing condition", "denied claims", "unanswered emails"]
    assert [group.members for group, _ in told] == [other.members, one.members, third.members]


def test_two_stored_themes_that_would_both_be_named_anew_alike_do_not_bear_one_name() -> None:
    stored = Theme(id="first", gap="reachability", name="slow reply", quote="", quote_review="", reviews=("a",))
    one, other = (
        Group(key=key, members=[Read(statement=each) for each in spoken(texts, at)], stored=kept)
        for key, texts, at, kept in (
            (("repli",), HOLD, 0, stored),
            (("call",), CHAT, 50, replace(stored, id="second", name="unanswered calls")),
        )
    )
    told = joined([(one, "no response"), (other, "no response")])
    assert [name for _, name in told] == ["no response", "unanswered calls"]


def test_two_reviews_are_no_theme() -> None:
    assert found(spoken(HOLD[:2])) == ()


def test_one_author_makes_no_theme() -> None:
    assert found(spoken(HOLD), one_author=True) == ()


def test_the_order_of_statements_does_not_matter() -> None:
    statements = [*spoken(HOLD), *spoken(CHAT, 100), *spoken(MAIL, 200)]
    mixed = random.Random(3).sample(statements, len(statements))  # an order, not a secret
    assert found(mixed) == found(statements)


def test_ids_stay_when_a_third_is_added() -> None:
    before = [*spoken(HOLD * 4), *spoken(CHAT * 4, 100), *spoken(MAIL * 4, 200)]
    added = [*spoken(HOLD, 300), *spoken(CHAT, 400), *spoken(MAIL, 500), *spoken(("The line went dead.",) * 3, 600)]
    first = found(before)
    second = found([*before, *added], previous=first)
    stayed = {review: theme.id for theme in second for review in theme.reviews}
    old = [(review, theme.id) for theme in first for review in theme.reviews]
    assert sum(stayed.get(review) == id for review, id in old) >= 0.95 * len(old)


def test_a_new_review_joins_the_stored_theme_that_it_means_or_whose_words_it_holds() -> None:
    first = found([*spoken(HOLD), *spoken(CHAT, 100), *spoken(MAIL, 200)])
    added = ("Put on hold by the insurer and then the line went dead.", "On hold for an hour and a half.")
    later = found([*spoken(HOLD), *spoken(added, 50), *spoken(CHAT, 100), *spoken(MAIL, 200)], previous=first)
    hold = next(theme for theme in first if "on hold" in theme.name)
    now = next(theme for theme in later if theme.id == hold.id)
    assert set(now.reviews) == {*hold.reviews, review(50).key, review(51).key}


def test_a_stored_id_follows_its_reviews_to_another_name() -> None:
    theme, *_ = found([*spoken(HOLD), *spoken(CHAT, 100)])
    stored = Theme(
        id="kept", gap=theme.gap, name="holding the line", quote="", quote_review="", reviews=theme.reviews[:-1]
    )
    assert found([*spoken(HOLD), *spoken(CHAT, 100)], previous=(stored,))[0].id == "kept"


def test_a_stored_id_is_not_passed_to_other_reviews() -> None:
    theme, *_ = found([*spoken(HOLD), *spoken(CHAT, 100)])
    gone = Theme(id=theme.id, gap=theme.gap, name=theme.name, quote="", quote_review="", reviews=("elsewhere",))
    assert found([*spoken(HOLD), *spoken(CHAT, 100)], previous=(gone,))[0].id != theme.id


def test_fifteen_thousand_statements_take_less_than_fifteen_seconds() -> None:
    rng = random.Random(1)  # texts, not secrets
    words = [f"matter{at}" for at in range(3000)]
    texts = tuple(" ".join(rng.choices(words, k=14)) for _ in range(15_000))
    vectors = packed(np.random.default_rng(1).normal(size=(len(texts), 384)).astype(np.float32) * np.float32(0.3))
    statements = [one._replace(vector=seen) for one, seen in zip(spoken(texts), vectors, strict=True)]
    start = process_time()
    found(statements)
    assert process_time() - start < 15


def test_themes_stay_as_a_third_more_reviews_arrive() -> None:
    """Of the statements that stood in a theme, 95 in 100 stand in it after 30% more reviews."""
    held = truth(7)
    authors = {review.id: review.author for business in held.businesses for review in business.reviews}
    where = {review.id: review.business for business in held.businesses for review in business.reviews}
    said = understood(held)
    kept = total = 0
    for name in LARGE:
        own = [one for one in said if where[one.review] == name]
        old = [one for one in own if int(sha256(one.review.encode()).hexdigest(), 16) % 130 < 100]
        behind, now = background_of(old), background_of(own)
        for gap in sorted({score.gap for one in own for score in one.gaps}):
            before, after = (
                [one for one in rows if one.complaint >= 0.5 and gap in [score.gap for score in one.gaps]]
                for rows in (old, own)
            )
            first = themes(gap=gap, statements=before, background=behind, authors=authors)
            then = themes(gap=gap, statements=after, background=now, authors=authors, previous=first)
            reviews = {theme.id: set(theme.reviews) for theme in then}
            total += sum(len(theme.reviews) for theme in first)
            kept += sum(len(reviews.get(theme.id, set()) & set(theme.reviews)) for theme in first)
    assert total >= 100 and kept / total >= 0.95
