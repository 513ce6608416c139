"""Who leaves or warns, grave cases, hand-offs, what reaches a target, and revenue only where a study fits."""

from __future__ import annotations

from dataclasses import replace

from audits.analysis.caring import confidential
from audits.analysis.given import Declared, Given, Target
from audits.analysis.measures import Capture, Measures, Named, Value
from audits.analysis.values import Figure, NotObservable, Statement
from audits.store.records import StoredReview
from tests.audits.analysis.made import days, measured, months, neutral, review, says


def beside(held: list[StoredReview], statements: list[Statement], **changes: object) -> Measures:
    found = measured(held, statements, **changes).measures
    assert found is not None
    return found


def worth(held: list[StoredReview], statements: list[Statement], **changes: object) -> Value:
    found = beside(held, statements, **changes).value
    assert isinstance(found, Value)
    return found


def named(rows: tuple[Named, ...] | NotObservable, name: str) -> Figure:
    assert not isinstance(rows, NotObservable)
    figure = next(each.figure for each in rows if each.name == name)
    assert isinstance(figure, Figure)
    return figure


def some(count: int = 100, **changes: object) -> list[StoredReview]:
    return [review(at, **changes) for at in range(count)]


def flagged(of: StoredReview, text: str, *flags: str, **changes: object) -> Statement:
    return says(of, text, **changes)._replace(flags=flags)  # type: ignore[arg-type]


def test_customers_who_leave_or_warn_are_counted_once_with_an_interval() -> None:
    held = some()
    statements = [neutral(one) for one in held]
    statements += [flagged(one, "Never again.", "leaving") for one in held[:6]]
    statements += [flagged(one, "Avoid.", "warning") for one in held[4:10]]
    found = worth(held, statements).voices
    assert named(found, "Say that they leave or do not come back").value == 0.06
    either = named(found, "Either of the two")
    assert either.value == 0.10 and either.low is not None and 0.05 < either.low < 0.06


def test_grave_cases_are_counted_by_kind_and_by_how_they_went() -> None:
    held = some()
    statements = [neutral(one) for one in held]
    statements += [
        flagged(held[0], "My mother ended up in hospital.", "grave"),
        flagged(held[1], "I have told my solicitor.", "grave", "leaving"),
        flagged(held[2], "They stole my deposit.", "grave"),
        flagged(held[2], "The manager refunded it at once.", "recovery", complaint=0.1, outside="praise"),
        flagged(held[3], "He was racist to us.", "discrimination"),
    ]
    found = worth(held, statements)
    counts = {each.name: each.figure.value for each in found.moments if isinstance(each.figure, Figure)}
    assert counts == {
        "Safety": 1, "Money taken": 1, "Lost property": 0, "Discrimination": 1, "Legal or press threats": 1,
        "Called fraud or unlawful": 0,
    }  # fmt: skip
    assert named(found.outcomes, "Put right, says the customer").evidence == (held[2].key,)
    assert named(found.outcomes, "Not put right, and they leave, warn or asked again").evidence == (held[1].key,)
    unanswered = next(each.figure for each in found.outcomes if each.name == "Without a public reply")
    assert isinstance(unanswered, NotObservable)


def test_revenue_is_a_range_only_for_an_independent_restaurant_on_yelp() -> None:
    held = some(site="yelp")
    plain = [neutral(one) for one in held]
    money = Given(industry="restaurant", currency="USD", yearly_revenue=1_000_000)
    found = worth(held, plain, given=money)
    assert isinstance(found.revenue, Figure) and (found.revenue.low, found.revenue.high) == (0.05, 0.09)
    assert "50,000 to 90,000 USD" in found.revenue_says and "not to be added up" in found.revenue_says
    chain = worth(held, plain, given=replace(money, locations=("Pier", "Station")))
    assert isinstance(chain.revenue, NotObservable)
    elsewhere = worth(some(site="google"), plain, given=money)
    assert isinstance(elsewhere.revenue, NotObservable) and "50,000" not in elsewhere.revenue_says


def test_insurers_banks_clinics_and_airlines_get_one_line_and_no_range() -> None:
    held = some(site="yelp")
    for trade in ("insurer", "pet insurance", "retail bank", "dental clinic", "airline"):
        found = worth(held, [neutral(one) for one in held], given=Given(industry=trade, yearly_revenue=1e6))
        assert isinstance(found.revenue, NotObservable) and found.revenue.reason.startswith(
            "No revenue is told, because"
        )
    hotel = worth(held, [neutral(one) for one in held], given=Given(industry="hotel"))
    assert isinstance(hotel.revenue, NotObservable) and any("index" in study for study in hotel.studies)


def test_a_trade_is_told_by_its_words_and_not_by_letters_inside_them() -> None:
    held = [one._replace(site="yelp") for one in some()]
    for trade in ("independent restaurant", "student housing", "residential cleaning", "dent repair"):
        found = worth(held, [neutral(one) for one in held], given=Given(industry=trade))
        assert isinstance(found.revenue, Figure) or "patients" not in found.revenue.reason
    assert not any(confidential(Given(industry=trade)) for trade in ("lawn care", "dent repair", "restaurant"))
    assert all(confidential(Given(industry=trade)) for trade in ("law firm", "Lawyers", "pet-insurance", "dentist"))


def test_hand_offs_repeat_contact_and_channels_are_a_finding() -> None:
    held = some()
    statements = [neutral(one) for one in held]
    for one in held[:6]:
        statements.append(flagged(one, "I was passed from one department to another.", "channel:phone"))
        statements.append(flagged(one, "I e-mailed four times.", "repeat-contact", "channel:email"))
    found = beside(held, statements).handoffs
    assert named(found, "Handed from one to another").value == 0.06
    assert not isinstance(found, NotObservable)
    assert "Passed between departments or people" not in [one.name for one in found], "the only kind is the whole"
    assert named(found, "Asked more than once").value == 0.06
    assert named(found, "Both email and phone").value == 0.06
    assert isinstance(beside(held, [neutral(one) for one in held]).handoffs, NotObservable)


def listing(stars: list[float], per_month: int = 10, **changes: object) -> list[StoredReview]:
    dates = [day for month in months("2024-01", 12) for day in days(month, per_month)]
    return [
        review(at, rating=value, day=day, **changes) for at, (value, day) in enumerate(zip(stars, dates, strict=True))
    ]


def capture(held: list[StoredReview], **given: object) -> Capture:
    found = beside(held, [neutral(one) for one in held], given=Given(**given)).capture  # type: ignore[arg-type]
    assert isinstance(found, Capture)
    return found


def test_the_mean_that_is_set_beside_the_sites_own_bears_no_range_of_its_own() -> None:
    (found,) = capture(listing([5.0] * 80 + [1.0] * 40)).reaching
    assert (round(found.ours.value, 3), found.ours.n, found.ours.low, found.ours.high) == (3.667, 120, None, None)


def test_the_five_star_reviews_that_reach_a_target_reach_it() -> None:
    stars = [4.0, 3.0] * 60
    (found,) = capture(listing(stars), targets=(Target(measure="rating", value=4.0, by="2025-01-01"),)).reaching
    assert isinstance(found.five_stars, Figure)
    more = int(found.five_stars.value)
    assert (sum(stars) + 5 * more) / (120 + more) >= 4.0 > (sum(stars) + 5 * (more - 1)) / (119 + more)
    assert isinstance(found.months, NotObservable) and "Never" in found.months.reason


def test_a_review_that_the_site_no_longer_shows_holds_no_target_back() -> None:
    held = [*some(60, rating=4.0), *(review(900 + at, rating=1.0, absent_since="2024-05-01") for at in range(20))]
    (found,) = capture(held, targets=(Target(measure="rating", value=4.4, by="2025-01-01"),)).reaching
    assert isinstance(found.five_stars, Figure) and (found.five_stars.value, found.ours.n) == (40, 60)


def test_no_five_star_review_more_is_asked_for_than_reaches_the_target() -> None:
    held = [review(at, rating=4.0) for at in range(60)]
    (found,) = capture(held, targets=(Target(measure="rating", value=4.4, by="2025-01-01"),)).reaching
    assert isinstance(found.five_stars, Figure) and found.five_stars.value == 40
    assert (60 * 4 + 40 * 5) / (60 + 40) == 4.4


def test_stars_between_whole_ones_are_the_same_stars_in_every_line() -> None:
    one_to_ten = [round(1 + 4 * step / 9, 4) for step in range(10)]
    held = listing([*one_to_ten, 1.5, 4.5] * 10, invited=False, reply_text="Thank you.")
    found = capture(held)
    stars = {one.name: one.figure.evidence for one in found.stars if isinstance(one.figure, Figure)}
    middle = named(found.unheard, "Two, three or four stars").evidence
    assert sorted(middle) == sorted(stars["2 stars"] + stars["3 stars"] + stars["4 stars"])
    low = sorted(stars["1 star"] + stars["2 stars"])
    assert sorted(named(found.asked, "Not invited: one or two stars").evidence) == low
    whole = measured(held, [neutral(one) for one in held])
    assert isinstance(whole.replies_low, Figure) and sorted(whole.replies_low.evidence) == low


def test_months_of_the_present_flow_count_what_comes_now() -> None:
    (found,) = capture(
        listing([3.0] * 60 + [4.6] * 60), targets=(Target(measure="rating", value=4.2, by="2026-01-01"),)
    ).reaching
    assert isinstance(found.months, Figure)
    n, total = 120.0, 60 * 3.0 + 60 * 4.6
    later = found.months.value
    assert abs((total + 10 * later * 4.6) / (n + 10 * later) - 4.2) < 0.02


def test_what_is_dated_to_its_year_is_not_of_the_last_months() -> None:
    held = listing([3.0] * 60 + [4.6] * 60)
    some_day = [review(500 + at, rating=3.0, day="2024-12-01", posted_precision="year") for at in range(120)]
    target = Target(measure="rating", value=4.2, by="2026-01-01")
    (found,) = capture([*held, *some_day], targets=(target,)).reaching
    assert isinstance(found.months, Figure) and round(found.months.value, 2) == round((4.2 * 240 - 816) / 10 / 0.4, 2)


def test_a_site_that_weighs_its_rating_or_prints_another_one_gets_no_arithmetic() -> None:
    held = listing([4.0, 3.0] * 60)
    for site, declared in (
        ("trustpilot", ()),
        ("sandbox", (Declared(listing="Alder Inn", average=4.4, total=900),)),
    ):
        (found,) = capture([one._replace(site=site) for one in held], declared=declared).reaching
        assert isinstance(found.five_stars, NotObservable) and isinstance(found.months, NotObservable)
    (agrees,) = capture(held, declared=(Declared(listing="Alder Inn", average=3.5, total=120),)).reaching
    assert isinstance(agrees.five_stars, Figure) and agrees.site_average == 3.5


def test_invited_and_other_reviews_stand_apart() -> None:
    held = listing([5.0, 2.0] * 60)
    held = [one._replace(invited=one.rating == 5.0) for one in held]
    found = capture(held).asked
    assert named(found, "Invited: mean stars").value == 5.0 and named(found, "Not invited: mean stars").value == 2.0
    assert isinstance(capture(listing([5.0, 2.0] * 60)).asked, NotObservable)


def test_two_peaks_are_said_to_be_the_very_pleased_and_the_very_displeased() -> None:
    assert "Two peaks" in capture(listing([5.0] * 80 + [1.0] * 40)).shape
    assert "Two peaks" not in capture(listing([5.0] * 70 + [4.0] * 30 + [3.0] * 20)).shape


def test_stars_are_said_to_fall_step_by_step_only_where_they_do() -> None:
    steps = capture(listing([5.0] * 60 + [4.0] * 26 + [3.0] * 20 + [2.0] * 8 + [1.0] * 6)).shape
    assert steps == "Five stars are given most often, and each star less more rarely."
    assert capture(listing([5.0] * 40 + [4.0] * 33 + [3.0] * 25 + [2.0] * 8 + [1.0] * 14)).shape == (
        "Five stars are given most often."
    )


def test_no_number_of_stars_is_said_to_be_given_most_often_where_two_are_or_the_middle_where_the_ends_are() -> None:
    ends = capture(listing([5.0] * 31 + [4.0] * 36 + [3.0] * 11 + [2.0] * 7 + [1.0] * 35)).shape
    assert ends == "No number of stars stands out; 55% give one or five."
    assert "stands out" in capture(listing([5.0] * 48 + [4.0] * 48 + [1.0] * 24)).shape
    middle = capture(listing([5.0] * 24 + [4.0] * 48 + [3.0] * 36 + [1.0] * 12)).shape
    assert middle == "The middle is written as well: most give neither one star nor five."


def test_where_nobody_gives_stars_nobody_is_missing_between_them() -> None:
    found = capture([one._replace(rating=None) for one in listing([5.0] * 120)])
    assert found.unheard and not any("stars" in each.name and "Two" in each.name for each in found.unheard)


def test_locations_without_reviews_are_named() -> None:
    found = capture(listing([4.0] * 120, location="Pier"), locations=("Pier", "Station")).unheard
    assert named(found, "Location Station").value == 0.0 and not any(each.name == "Location Pier" for each in found)
