"""What the sandbox says was planted is what stands in its reviews."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest

from spiders.sandbox.truth import Truth, demo, truth

SEEDS = (7, 8, 9)


def chance(rate: float, reviews: int) -> float:
    """Three standard errors, and a little for statements that name two gaps."""
    return 3 * (rate * (1 - rate) / reviews) ** 0.5 + 0.01


@pytest.fixture(params=SEEDS)
def held(request: pytest.FixtureRequest) -> Truth:
    return truth(request.param)


def test_the_same_seed_gives_the_same_site_in_another_process_and_another_seed_another() -> None:
    program = "import sys; from spiders.sandbox.truth import truth; sys.stdout.write(repr(truth(7)))"
    environment = os.environ | {"PYTHONHASHSEED": "11", "PYTHONIOENCODING": "utf-8"}
    again = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert again.stdout.decode() == repr(truth(7))
    assert truth(8).businesses != truth(7).businesses


def test_there_are_businesses_of_four_industries_or_more_with_hundreds_of_reviews(held: Truth) -> None:
    written = [business for business in held.businesses if business.reviews]
    assert len(written) >= 7
    assert len({business.plan.industry for business in written}) >= 4
    assert min(len(business.reviews) for business in written) >= 200


def test_the_demo_names_businesses_of_one_industry_and_one_window(held: Truth) -> None:
    parties = (demo().audited, *demo().competitors)
    assert len(parties) >= 3
    found = [held.business(one.slug) for one in parties]
    assert len({business.plan.industry for business in found}) == 1
    assert len(found[0].reviews) == 700
    for business in found:
        assert demo().first_day <= business.reviews[-1].posted_on < "2024-08"
        assert "2026-06" <= business.reviews[0].posted_on <= demo().last_day


def test_the_planted_rise_stands_in_the_reviews(held: Truth) -> None:
    rise, business = held.rise, held.business(held.rise.business)
    before = business.share(rise.gap, end="2025-08-31")
    after = business.share(rise.gap, start=rise.since)
    assert before == pytest.approx(rise.before, abs=chance(rise.before, 390))
    assert after == pytest.approx(rise.after, abs=chance(rise.after, 290))
    assert after > 2 * before


def test_the_worse_location_is_worse_in_its_gap(held: Truth) -> None:
    worse = held.worse_location
    business = held.business(worse.business)
    here = business.share(worse.gap, location=worse.location)
    assert here == pytest.approx(worse.here, abs=chance(worse.here, 175))
    for location in set(business.plan.locations) - {worse.location}:
        share = business.share(worse.gap, location=location)
        assert share == pytest.approx(worse.elsewhere, abs=chance(worse.elsewhere, 220))
        assert here > 1.5 * share


def test_the_better_competitor_has_fewer_complaints_of_its_gap(held: Truth) -> None:
    better = held.better_competitor
    theirs = held.business(better.business).share(better.gap)
    ours = held.business(demo().audited.slug).share(better.gap)
    assert theirs == pytest.approx(better.theirs, abs=chance(better.theirs, 370))
    assert ours == pytest.approx(better.ours, abs=chance(better.ours, 680))
    assert ours > 2 * theirs


def test_the_campaign_is_invited_five_star_reviews_inside_its_dates(held: Truth) -> None:
    campaign = held.campaign
    planted = [review for review in held.business(campaign.business).reviews if review.campaign]
    assert len(planted) == campaign.reviews
    assert all(review.invited and review.rating == 5 and not review.complaints() for review in planted)
    assert all(campaign.start <= review.posted_on <= campaign.end for review in planted)


def test_the_burst_is_one_text_under_many_names_within_days(held: Truth) -> None:
    burst = held.copied_burst
    reviews = held.business(burst.business).reviews
    copies = [review for review in reviews if review.copied_from]
    (original,) = (review for review in reviews if review.id in {copy.copied_from for copy in copies})
    assert len(copies) + 1 == burst.reviews
    assert all((copy.text or "").startswith(original.text or "-") for copy in copies)
    assert all(burst.start <= review.posted_on <= burst.end for review in [original, *copies])


def test_only_the_burst_repeats_a_text(held: Truth) -> None:
    own = [review.text for one in held.businesses for review in one.reviews if review.text and not review.copied_from]
    assert [text for text, times in Counter(own).items() if times > 1] == []


def test_every_true_statement_stands_in_its_field_word_for_word(held: Truth) -> None:
    for business in held.businesses:
        for review in business.reviews:
            fields = {"title": review.title or "", "text": review.text or ""}
            assert all(told.text in fields[told.field] for told in review.told), review
            assert bool(review.text) == any(told.field == "text" for told in review.told)


def test_stars_fit_what_is_said_and_about_half_are_fives(held: Truth) -> None:
    for business in (one for one in held.businesses if one.reviews):
        fives = sum(review.rating == 5 for review in business.reviews) / len(business.reviews)
        assert 0.4 <= fives <= 0.67, business.plan.slug
        unhappy = [review.rating for review in business.reviews if review.complaints()]
        happy = [review.rating for review in business.reviews if review.praised() and not review.complaints()]
        assert sum(unhappy) / len(unhappy) < 3 < 4.3 < sum(happy) / len(happy)


def test_an_owner_answers_some_reviews_and_never_before_they_are_written(held: Truth) -> None:
    for business in (one for one in held.businesses if one.reviews):
        answered = [review for review in business.reviews if review.reply]
        assert 0 < len(answered) < len(business.reviews)
        for review in answered:
            assert review.reply is not None
            assert review.posted_on <= review.reply.posted_on <= held.last_day
            assert "{" not in review.reply.text


def test_the_edited_site_differs_in_just_what_it_says(held: Truth) -> None:
    edited = truth(held.seed, edited=True)
    changes = {edit.review: edit.what for edit in edited.edits}
    assert Counter(changes.values()) == {"text": 3, "rating": 3, "title": 1, "vanished": 2}
    before = {review.id: review for business in held.businesses for review in business.reviews}
    after = {review.id: review for business in edited.businesses for review in business.reviews}
    assert before.keys() - after.keys() == {name for name, what in changes.items() if what == "vanished"}
    assert {name for name, review in after.items() if review != before[name]} == changes.keys() & after.keys()
    for name in changes.keys() & after.keys():
        old, new, what = before[name], after[name], changes[name]
        assert getattr(new, what) != getattr(old, what)
        assert new.updated_on is not None and new.updated_on > new.posted_on
        undone = replace(new, **{field: getattr(old, field) for field in (what, "told", "updated_on")})
        assert undone == old
