"""Waiting reviews count as waiting, replies are told by what they do, and a safe reply is good where it must be."""

from __future__ import annotations

import numpy as np
from statsmodels.duration.survfunc import SurvfuncRight

from audits.analysis.given import Given
from audits.analysis.measures import Care, Named
from audits.analysis.values import Figure, Findings, NotObservable, Statement
from audits.analysis.waiting import NotReached, curve
from audits.store.records import StoredReview
from tests.audits.analysis.made import measured, neutral, review, says

OWNED = (
    "Dear [name], we are sorry that you waited and understand how frustrating it was. We have raised it with the team."
)
SAFE = (
    "Thank you for writing. We cannot discuss anything here; please call us on [phone] so that we can talk in private."
)


def care(held: list[StoredReview], statements: list[Statement] | None = None, **changes: object) -> Care:
    found: Findings = measured(held, statements or [neutral(one) for one in held], **changes)
    assert found.measures is not None and isinstance(found.measures.care, Care)
    return found.measures.care


def figure(rows: tuple[Named, ...], name: str) -> Figure:
    found = next(each.figure for each in rows if each.name == name)
    assert isinstance(found, Figure)
    return found


def answered(at: int, days: int, **changes: object) -> StoredReview:
    changes = {"reply_text": OWNED, "reply_on": f"2024-03-{1 + days:02d}"} | changes
    return review(at, day="2024-03-01", **changes)


def waiting(at: int, seen: str = "2024-06-01", **changes: object) -> StoredReview:
    return review(at, day="2024-03-01", last_seen=seen, **changes)


def test_reviews_that_still_wait_push_the_median_back() -> None:
    quick = [answered(at, 2) for at in range(30)]
    silent = [waiting(100 + at) for at in range(40)]
    found = care([*quick, *silent])
    assert isinstance(found.overall.median, NotObservable) and "Under 50%" in found.overall.median.reason
    some = care([*quick, *silent[:25]]).overall.median
    assert isinstance(some, Figure) and some.value == 2


def test_a_review_waits_only_until_it_was_last_seen() -> None:
    held = [answered(at, 10) for at in range(30)] + [waiting(100 + at, seen="2024-03-02") for at in range(30)]
    found = care(held).overall.median
    assert isinstance(found, Figure) and found.value == 10


def test_a_part_that_is_not_reached_takes_longer_than_can_be_seen_and_no_longer_is_known() -> None:
    quick = [answered(at, 0) for at in range(10)]
    fresh = care([*quick, *(waiting(100 + at, seen="2024-03-02") for at in range(40))]).overall.p90
    assert isinstance(fresh, NotReached) and fresh.beyond == 1
    old = care([*quick, *(waiting(100 + at) for at in range(40))]).overall.p90
    assert isinstance(old, NotReached) and old.beyond == 92
    close = care([*(answered(at, 3) for at in range(52)), *(waiting(100 + at) for at in range(8))]).overall.p90
    assert isinstance(close, NotReached) and close.beyond == 3, "chance alone may have kept it from being reached"


def test_reviews_of_which_none_was_answered_are_not_called_too_few_to_tell() -> None:
    held = [answered(at, 1, rating=1.0) for at in range(20)] + [waiting(50 + at, rating=5.0) for at in range(40)]
    (_, none) = care(held).by_stars
    assert isinstance(none.median, NotReached) and none.median.beyond == 92
    month = [answered(50 + at, 1, rating=5.0, reply_precision="month") for at in range(20)]
    (_, undated) = care([*held, *month]).by_stars
    assert isinstance(undated.median, NotObservable) and "Too few reviews with dates" in undated.median.reason


def test_days_to_a_reply_are_told_of_each_group_by_its_own_reviews_from_ten_dated_to_the_day_on() -> None:
    held = [answered(at, 1, rating=1.0) for at in range(20)] + [answered(50 + at, 9, rating=5.0) for at in range(40)]
    one, five = (each.median for each in care(held).by_stars)
    assert isinstance(one, Figure) and isinstance(five, Figure)
    assert (one.value, one.n, five.value, five.n) == (1, 20, 9, 40)
    vague = [row._replace(posted_precision="month") for row in held[:11]]
    ten, nine = (care([*vague[:at], *held[at:]]).by_stars[0].median for at in (10, 11))
    assert isinstance(ten, Figure) and ten.n == 10 and isinstance(nine, NotObservable)


def test_the_curve_is_that_of_statsmodels() -> None:
    rng = np.random.default_rng(5)
    days, known = rng.integers(0, 60, 200), rng.random(200) < 0.7
    times, left, low, high = curve(days, known)
    theirs = SurvfuncRight(days, known.astype(int))
    assert np.allclose(times, theirs.surv_times) and np.allclose(left, theirs.surv_prob)
    assert np.all(low <= left + 1e-9) and np.all(left <= high + 1e-9)
    median = float(times[np.flatnonzero(left <= 0.5)[0]])
    assert median == theirs.quantile(0.5)


def test_replies_are_told_by_stars_location_and_business() -> None:
    held = [answered(at, 1, rating=1.0, location="Pier") for at in range(20)]
    held += [waiting(50 + at, rating=5.0, location="Station") for at in range(40)]
    theirs = [answered(at, 3)._replace(business="Birch Inn", key=f"{at:016x}") for at in range(20)]
    found = care([*held, *theirs], competitors=["Birch Inn"])
    rates = {each.name: each.rate.value for each in (*found.by_stars, *found.by_location, *found.by_business)
             if isinstance(each.rate, Figure)}  # fmt: skip
    assert rates["1 star"] == 1.0 and rates["5 stars"] == 0.0 and rates["Pier"] == 1.0 and rates["Station"] == 0.0
    assert rates["Birch Inn"] == 1.0


def test_replies_count_in_the_month_they_were_written() -> None:
    held = [answered(at, 2) for at in range(30)] + [answered(50 + at, 0, reply_on="2024-05-04") for at in range(30)]
    assert care(held).months == (("2024-03", 60, 60, 30), ("2024-05", 0, 0, 30))


def test_what_replies_do_is_told_of_replies_to_complaints_only() -> None:
    bad = [answered(at, 2) for at in range(40)]
    praised = [answered(100 + at, 2, reply_text="Thank you.") for at in range(40)]
    statements = [says(one, "We waited an hour at the desk.", "queue") for one in bad] + [
        neutral(one) for one in praised
    ]
    found = care([*bad, *praised], statements)
    assert not isinstance(found.acts, NotObservable)
    assert figure(found.acts, "Apologises").value == 1.0 and figure(found.acts, "Apologises").n == 40
    assert figure(found.acts, "Says what is done about it").value == 1.0
    assert figure(found.acts, "Gives a way to talk on").value == 0.0
    assert isinstance(found.good, Figure) and found.good.value == 1.0


def test_in_a_confidential_trade_a_safe_general_reply_with_a_way_to_talk_is_the_good_one() -> None:
    held = [answered(at, 2, reply_text=SAFE) for at in range(60)]
    statements = [says(one, "They lost my file.", "paperwork") for one in held]
    statements = [one._replace(gaps=()) for one in statements]
    private, open_ = (care(held, statements, given=Given(industry=trade)) for trade in ("dental clinic", "restaurant"))
    assert private.confidential and isinstance(private.good, Figure) and private.good.value == 1.0
    assert not open_.confidential and isinstance(open_.good, Figure) and open_.good.value == 0.0


def test_a_reply_that_repeats_words_of_the_complaint_takes_it_up() -> None:
    told = "The carpet in the corridor has been replaced this week and the lift works."
    held = [answered(at, 2, reply_text=told) for at in range(60)]
    statements = [says(one, "A stained carpet in every corridor.", "premises") for one in held]
    found = care(held, statements)
    assert (
        not isinstance(found.acts, NotObservable) and figure(found.acts, "Takes up what the review names").value == 1.0
    )


def test_the_reply_to_avoid_is_a_template_rather_than_one_in_words_that_no_list_knows() -> None:
    template = "Your feedback has been noted and passed on for training purposes by all of us here"
    copied = [answered(at, 2, rating=1.0, reply_text=template) for at in range(40)]
    own = [
        answered(100 + at, 2, rating=1.0, reply_text=f"It was done this morning, room {at}, by my own hand")
        for at in range(40)
    ]
    held = [*copied, *own]
    found = care(held, [says(one, "Nobody came to the door.", "queue") for one in held])
    assert found.worst is not None and found.worst.text == template


def test_replies_that_share_most_of_their_words_are_one_template() -> None:
    template = "Dear {}, thank you for staying with us and for your kind words, we hope to welcome you again soon."
    same = [answered(at, 1, reply_text=template.format(f"guest{at}")) for at in range(30)]
    other = [
        answered(100 + at, 1, reply_text=" ".join(f"word{at}x{number}" for number in range(14))) for at in range(30)
    ]
    found = care([*same, *other])
    assert isinstance(found.boilerplate, Figure) and found.boilerplate.value == 0.5
    assert [family.replies.value for family in found.families] == [30.0]


def test_care_is_felt_in_praise_and_missed_in_complaint() -> None:
    held = [review(at) for at in range(60)]
    statements = [neutral(one) for one in held]
    kind = says(held[0], "She listened.", complaint=0.1, outside="praise")._replace(flags=("care:listening",))
    cold = says(held[1], "Nobody even apologised.", complaint=0.9)._replace(flags=("lack:apology",))
    mocked = says(held[2], "Listened? They laughed.", complaint=0.9)._replace(flags=("care:listening",))
    found = {each.name: each.figure for each in care(held, [*statements, kind, cold, mocked]).felt}
    given, missed = found["Listened: praised"], found["Apologised: missed"]
    assert isinstance(given, Figure) and given.evidence == (held[0].key,)
    assert isinstance(missed, Figure) and missed.evidence == (held[1].key,)
