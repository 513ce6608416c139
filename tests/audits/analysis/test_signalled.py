"""Every leak is told with and without the reviews that call for the platform's check; copies are in neither share."""

from __future__ import annotations

from audits.analysis.values import Figure, Findings, Leak, Statement
from audits.store.records import StoredReview
from tests.audits.analysis.made import BUSINESS, measured, neutral, review, says

LONG = "The room we were given on the third floor smelled of paint and the window would not close all night long"
RIVAL = "Birch Court"


def _told(found: Findings) -> dict[str, int]:
    assert found.measures is not None
    return dict(found.measures.signalled)


def _without(leak: Leak) -> Figure | None:
    assert leak.around is not None
    return leak.around.without_signalled


def _plain(count: int, hits: int) -> tuple[list[StoredReview], list[Statement]]:
    held = [review(at, day=f"2024-0{1 + at % 6}-1{at % 7}", rating=2.0) for at in range(count)]
    return held, [says(one, "It was dirty.", "premises") if at < hits else neutral(one) for at, one in enumerate(held)]


def test_a_share_is_told_with_and_without_the_signalled_reviews() -> None:
    held, said = _plain(60, 15)
    praised = [review(100 + at, day=f"2024-04-{10 + at}", rating=1.0) for at in range(6)]
    said += [says(one, f"Lovely {at}.", complaint=0.01, outside="praise") for one in praised for at in range(2)]
    found = measured([*held, *praised], said)
    leak = next(each for each in found.leaks if each.gap == "premises")
    assert (leak.share.n, len(leak.share.evidence)) == (66, 15)
    less = _without(leak)
    assert less is not None and (less.n, len(less.evidence)) == (60, 15)
    assert less.value == 0.25 and _told(found) == {"stars": 6}


def test_of_several_signals_the_reviews_that_any_points_to_are_counted_once_each() -> None:
    held, said = _plain(60, 15)
    words = f"{RIVAL} was lovely. Always {RIVAL}."
    praised = [review(100 + at, day=f"2024-04-{10 + at}", rating=1.0, text=f"{words} {at}") for at in range(6)]
    said += [says(one, f"Lovely {at}.", complaint=0.01, outside="praise") for one in praised for at in range(2)]
    told = _told(measured([*held, *praised], said, competitors=[RIVAL]))
    assert told["stars"] == told["elsewhere"] == 6 and told["any"] == len({one.key for one in praised})


def test_where_nothing_is_signalled_there_is_one_share() -> None:
    found = measured(*_plain(60, 15))
    assert [_without(leak) for leak in found.leaks] == [None] and _told(found) == {}


def test_five_stars_over_complaints_alone_are_signalled_and_mixed_reviews_are_not() -> None:
    held, said = _plain(60, 15)
    cross = review(100, rating=5.0)
    mixed = review(101, rating=5.0)
    single = review(102, rating=5.0)
    said += [says(one, f"It was dirty {at}.", "premises") for one in (cross, mixed) for at in range(2)]
    said += [says(mixed, "Kind people.", complaint=0.01, outside="praise"), says(single, "It was dirty.", "premises")]
    found = measured([*held, cross, mixed, single], said)
    assert _told(found) == {"stars": 1}
    less = _without(found.leaks[0])
    assert less is not None and cross.key not in less.evidence and mixed.key in less.evidence


def test_a_review_that_speaks_of_another_business_is_signalled_and_a_comparison_is_not() -> None:
    held, said = _plain(60, 15)
    other = review(100, text=f"{RIVAL} was dirty. Never again {RIVAL}.")
    compared = review(101, text=f"{RIVAL} was dirty, {RIVAL} was loud, {BUSINESS} is a joy.")
    read = review(102, text="The taxi was late.")
    said += [neutral(other), neutral(compared), says(read, "The taxi was late.", outside="other-business")]
    found = measured([*held, other, compared, read], said, competitors=[RIVAL])
    assert _told(found) == {"elsewhere": 2}


def test_a_business_is_known_by_its_name_in_whatever_capitals_and_as_words_of_their_own() -> None:
    held, said = _plain(60, 15)
    rivals = ["Moss Court", "Café Blau"]
    told = [
        "MOSS COURT was loud. Not moss court again.",
        "Mo\u017fs Court? Never mo\u017fs court!",
        "CAFÉ BLAU, café blau.",
    ]
    named = [review(100 + at, text=text) for at, text in enumerate(told)]
    parts = review(110, text="Amoss courtyard, moss courtship: no name is in it. Moss Court is.")
    found = measured([*held, *named, parts], said + [neutral(one) for one in (*named, parts)], competitors=rivals)
    assert _told(found) == {"elsewhere": 3}


def test_copies_are_in_neither_share() -> None:
    held, said = _plain(60, 15)
    burst = [review(100 + at, day=f"2024-03-1{at}", text=LONG) for at in range(5)]
    found = measured([*held, *burst], said + [says(one, LONG, "premises") for one in burst])
    leak = found.leaks[0]
    assert leak.share.n == 61, "the first of the five counts"
    less = _without(leak)
    assert less is not None and less.n == 60, "it stands on a template of five"
    assert _told(found)["template"] == 1
