"""ACCEPTANCE c 21–29, the part that COLLECT answers: identity, time, ratings, text."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

import pytest

from spiders.dates import dated
from spiders.identity import Identities
from spiders.items import Dated, Page, Review
from spiders.parse import clean, rating
from spiders.privacy import content_hash
from spiders.reading import Reading
from spiders.site import UnreadableError
from spiders.sites import all_sites

KEY = b"k" * 32
LATE = "2025-10-26T23:59:00Z"
"""23:59 in UTC, already the next day in Berlin, in the night when its summer time ends."""


def review(**given: object) -> Review:
    made = Review(site="s", author="Ann Example", text="Cold soup", rating_raw="2", posted=Dated(on="2024-05-01"))
    return replace(made, **given)  # type: ignore[arg-type]


def test_without_an_id_author_and_date_make_one_and_an_edited_text_stays_the_same_review() -> None:
    first, _ = Identities(key=KEY, listing="a").of(review())
    edited, _ = Identities(key=KEY, listing="a").of(review(text="Cold soup, and nobody cared"))
    elsewhere, _ = Identities(key=KEY, listing="b").of(review())
    assert first.weak_id and first.id == edited.id != elsewhere.id


@pytest.mark.parametrize(
    "form",
    [
        "http://www.reviews.example/r/Ab7?page=2",
        "https://Reviews.Example/r/Ab7/?utm_source=mail&page=2&gclid=x",
        "HTTPS://reviews.example/r/Ab7?page=2&ref=home",
    ],
)
def test_21_an_id_that_is_an_address_is_one_id_in_every_form_of_it(form: str) -> None:
    identities = Identities(key=KEY, listing="a")
    first, fresh = identities.of(review(id="https://reviews.example/r/Ab7?page=2"))
    again, seen = identities.of(review(id=form))
    assert (first.id, fresh, again.id, seen) == ("reviews.example/r/Ab7?page=2", True, first.id, False)
    other, _ = identities.of(review(id="https://reviews.example/r/ab7?page=2"))
    assert other.id != first.id and identities.of(review(id="r:7"))[0].id == "r:7"


def test_two_reviews_of_one_author_and_day_are_two_and_met_again_are_the_same_two() -> None:
    identities = Identities(key=KEY, listing="a")
    met = [identities.of(each) for each in (review(), review(text="Rude waiter"), review(), review(text="Rude waiter"))]
    assert [fresh for _, fresh in met] == [True, True, False, False]
    assert len({each.id for each, _ in met}) == 2


def test_an_unchanged_review_has_an_unchanged_content_hash_and_an_edited_one_another() -> None:
    held = content_hash(review(), KEY)
    assert held == content_hash(review(posted=Dated(on="2024-05-02"), text=" COLD  soup "), KEY)
    assert held != content_hash(review(text="Warm soup"), KEY)
    assert held != content_hash(review(rating_raw="3"), KEY)
    assert held != content_hash(review(), b"x" * 32)


@pytest.mark.parametrize(
    ("raw", "on", "precision"),
    [
        ("3 weeks ago", "2025-10-06", "week"),
        ("a year ago", "2024-10-27", "year"),
        ("Edited 2 months ago", "2025-08-27", "month"),
        ("vor 3 Wochen", "2025-10-06", "week"),
        ("il y a un mois", "2025-09-27", "month"),
        ("hace 2 días", "2025-10-25", "day"),
        ("just now", "2025-10-27", "day"),
        ("yesterday", "2025-10-26", "day"),
    ],
)
def test_a_relative_date_counts_from_the_fetch_in_the_sites_zone(raw: str, on: str, precision: str) -> None:
    found, problem = dated(raw, fetched_at=LATE, zone="Europe/Berlin")
    assert (found.on, found.precision, found.raw, problem) == (on, precision, raw, None)


@pytest.mark.parametrize("raw", ["3 weeks ago", "just now"])
def test_a_relative_date_without_a_fetch_time_is_unknown(raw: str) -> None:
    found, problem = dated(raw)
    assert found.on is None and found.raw == raw and problem


@pytest.mark.parametrize(
    ("raw", "order", "on"),
    [
        ("01/02/2025", "DMY", "2025-02-01"),
        ("01/02/2025", "MDY", "2025-01-02"),
        ("04-27-2021 09:50", "MDY", "2021-04-27"),
        ("2024-04-03T23:37:30.000Z", None, "2024-04-03"),
        ("Oct 29, 2019", None, "2019-10-29"),
        ("12 grudnia 2023", None, "2023-12-12"),
    ],
)
def test_a_date_is_read_in_its_declared_order(raw: str, order: str | None, on: str) -> None:
    assert dated(raw, order=order, fetched_at=LATE)[0].on == on


@pytest.mark.parametrize(
    ("host", "on"),
    [
        ("www.yelp.com", "2015-03-05"),
        ("www.yelp.co.uk", "2015-05-03"),
        ("en.yelp.be", "2015-05-03"),
        ("de.yelp.ch", "2015-05-03"),
        ("fr.yelp.ca", None),
        ("notyelp.beads.example", "2015-03-05"),
    ],
)
@pytest.mark.parametrize("saved", [False, True])
def test_a_site_of_many_countries_writes_dates_as_the_country_of_its_host_does(
    host: str, on: str | None, saved: bool
) -> None:
    url = f"https://{host}/biz/a"
    page = Page(url="" if saved else url, body=f'<link rel="canonical" href="{url}">'.encode(), fetched_at=LATE)
    reading = Reading(all_sites()["yelp"], page)
    assert reading.date("3/5/2015") == Dated(on=on, precision="day" if on else None, raw="3/5/2015")
    assert bool(reading.problems) == (on is None)


@pytest.mark.parametrize("raw", ["01/02/2025", "31/02/2025", "2031-01-01", "1970-01-01", "soon", "99/99/9999"])
def test_a_date_that_is_ambiguous_impossible_or_future_is_unknown_and_counted(raw: str) -> None:
    found, problem = dated(raw, fetched_at=LATE)
    assert found == Dated(raw=raw)
    assert problem


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_a_missing_date_is_missing_and_no_problem(raw: str | None) -> None:
    assert dated(raw) == (Dated(), None)


@pytest.mark.parametrize(
    ("raw", "scale", "stars"),
    [
        ("4,5", "1-5", 4.5),
        ("4.5 out of 5", "1-5", 4.5),
        ("★★★★☆", "1-5", 4.0),
        ("9/10", "0-10", 4.6),
        ("80%", "0-100", 4.2),
        ("1", "1-10", 1.0),
        (10, "1-10", 5.0),
        ("5 stars", "1-5", 5.0),
    ],
)
def test_a_rating_on_its_declared_scale_comes_to_one_to_five(raw: object, scale: str, stars: float) -> None:
    assert rating(raw, scale) == (stars, None)


@pytest.mark.parametrize("raw", ["0", "NaN", "6", "9/10", "-1", "inf", "80%", "five", "★★★★★★"])
def test_a_rating_off_its_scale_is_a_problem_and_never_clamped(raw: str) -> None:
    value, problem = rating(raw, "1-5")
    assert value is None and problem


def test_a_missing_rating_is_missing_and_no_problem() -> None:
    assert rating(None, "1-5") == rating("", "1-5") == (None, None)


def test_text_that_attacks_a_reader_or_an_encoder_comes_out_clean() -> None:
    raw = "caf\u00e9\x00 \u202eevil\u202c \u200bhid\u200bden \ud83d\ude00 \ud83d \x93q\x94 a&amp;b<br>next\ufeff"
    found = clean(raw)
    assert found == "caf\u00e9 evil hidden \U0001f600 \ufffd \u201cq\u201d a&b\nnext"
    assert found.encode().decode() == found


def test_persian_and_emoji_joiners_and_right_to_left_letters_stay() -> None:
    for text in ("می\u200cخواهم", "👩\u200d🔧", "שלום עולם"):
        assert clean(text) == text


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 20_000,
        b"<script" * 50_000,
        b"<!--" * 50_000,
        b"<div " + b"a=1 " * 1_000_000 + b">",
        b"<link " * 100_000,
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
        b'<script type="application/ld+json">{"a":' * 2_000,
        bytes(range(256)) * 2_000,
        b"",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_a_hostile_page_takes_bounded_time_and_breaks_no_parser(body: bytes) -> None:
    for site in all_sites().values():
        started = time.process_time()
        with suppress(UnreadableError):
            assert site.parse(Page(url="https://shop.example/", body=body, fetched_at=LATE)).reviews == ()
        assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("start", "end"), [("<!--", "-->"), ("<noscript>", "</noscript>"), ("<template>", "</template>")]
)
def test_hidden_copies_of_reviews_are_not_counted(start: str, end: str) -> None:
    card = '<script type="application/ld+json">{"@type":"Review","reviewRating":{"ratingValue":%d}}</script>'
    page = f"<html>{start}{card % 1}{end}{card % 4}</html>"
    parsed = all_sites()["schema-org"].parse(Page(url="https://shop.example/", body=page.encode(), fetched_at=None))
    assert [each.rating for each in parsed.reviews] == [4.0]


def test_28_a_base_that_a_page_names_leads_nobody_off_its_site() -> None:
    page = '<html><head><base href="https://else.example/"><link rel="next" href="/biz/a?page=2"></head></html>'
    parsed = all_sites()["schema-org"].parse(
        Page(url="https://shop.example/biz/a", body=page.encode(), fetched_at=None)
    )
    assert parsed.next_url == "https://shop.example/biz/a?page=2"
