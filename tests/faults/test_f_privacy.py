"""ACCEPTANCE f41–f43, the part that COLLECT answers: no name and no number of a person leaves this package."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from flows.keys import engagement_key
from spiders.items import Reply, Review
from spiders.privacy import author_key, redact, seal

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Mail jo.bloggs+x@mail.example.com now", "Mail [email] now"),
        ("Call 020 7946 0958 or +44 20 7946 0958", "Call [phone] or [phone]"),
        ("(555) 123-4567, 555-123-4567", "[phone], [phone]"),
        ("my phone: 55 12 34 56", "my phone: [phone]"),
        ("card 4111 1111 1111 1111 charged", "card [card] charged"),
        ("IBAN DE89 3704 0044 0532 0130 00 given", "IBAN [iban] given"),
        ("order no: AB-12345, booking 99123, claim #778812", "order no: [order], booking [order], claim #[order]"),
        ("Bestellnummer: 4711-99", "Bestellnummer: [order]"),
        ("see https://shop.example/abc?d=e or www.shop.example/x", "see [link] or [link]"),
        ("12 Old Mill Road, SW1A 1AA", "[address], [address]"),
        ("Hauptstraße 12a in Austin TX 78701", "[address] in Austin TX [address]"),
        ("I spoke with Chase and Dr. Miller", "I spoke with [name] and Dr. [name]"),
        ("our waiter Tomas was rude", "our waiter [name] was rude"),
    ],
)
def test_personal_data_gives_way_to_a_word_that_says_what_stood_there(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "I waited 45 minutes and paid $1,200.00 on 10/12/2023, again on 2023-09-01, all through 2019-2023.",
        "card 4111 1111 1111 1112 is no card",
        "Order was 5000 miles late. Claim 2023 was better than claim 2022.",
        "I spoke to Customer Service. Thank you Team! Dear Customer,",
        "Room 1204 on floor 12, flight 8 hours late, 3 stars out of 5",
        "They are scam.It took weeks. Visit 4 times a week",
        "called The company twice",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert redact(text) == text


def test_the_name_of_the_business_is_nobodys_name() -> None:
    assert redact("Thank you Pumpkin!", keep=["Pumpkin"]) == "Thank you Pumpkin!"
    greeted = "Dear Zorblat,\nWe thank Mr Zorblat."
    assert redact(greeted, reply=True, keep=["Zorblat"]) == greeted


def test_the_person_an_owner_greets_and_the_one_who_signs_are_taken_out() -> None:
    reply = "Dear Susan Miller,\nThank you for coming.\nKind regards,\nTom Hale\nGuest Relations"
    assert redact(reply, reply=True) == "Dear [name],\nThank you for coming.\nKind regards,\n[name]\nGuest Relations"
    assert redact("Dear Mr. Smith, sorry", reply=True) == "Dear Mr. [name], sorry"
    assert redact("Dear Guest, sorry", reply=True) == "Dear Guest, sorry"


def test_a_sealed_review_carries_no_author_anywhere() -> None:
    review = Review(
        site="s",
        author="Odalys Fenwright",
        title="Odalys Fenwright was here",
        text="I, Odalys Fenwright, waited. Mail od@mail.example.com",
        reply=Reply(text="We are sorry, Odalys. Our records show that Fenwright was billed twice."),
    )
    sealed = seal(review, KEY)
    told = str(sealed.as_json(with_author=True))
    assert "Odalys" not in told and "Fenwright" not in told and "mail.example" not in told
    assert sealed.author_key == author_key(KEY, "odalys  FENWRIGHT")
    assert seal(sealed, KEY) == sealed, "sealing twice changes nothing"


def test_a_better_redactor_makes_no_new_version_of_a_review() -> None:
    review = Review(site="s", text="Mail od@mail.example.com")
    assert seal(review, KEY).content_hash == seal(replace(review, author="Ann Example"), KEY).content_hash


@pytest.mark.parametrize("author", [None, "", "Anonymous", "A Google user", "  guest "])
def test_a_name_that_stands_for_nobody_gets_no_key(author: str | None) -> None:
    assert seal(Review(site="s", author=author, text="x"), KEY).author_key is None


def test_two_engagements_cannot_recognise_each_others_reviewers() -> None:
    keys = {engagement_key(b"m" * 32, name) for name in ("a", "b", "a")}
    assert len(keys) == 2
    assert len({author_key(key, "Ann Example") for key in keys}) == 2


PIECES = [
    "a",
    "1 ",
    "A ",
    "www.",
    "+1",
    "a@",
    "Aa ",
    "order ",
    "12 Aa ",
    "1-",
    "a.",
    "(",
    "Dr. ",
    "Ann ",
    "the agent ",
    "A1 ",
    "no. ",
    "nr",
    "0",
    "Am ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_redaction_takes_time_in_proportion_to_the_text(piece: str) -> None:
    started = time.process_time()
    redact(piece * (100_000 // len(piece)), reply=True)
    assert time.process_time() - started < 2
