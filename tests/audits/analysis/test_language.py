"""A review's language is told where there are words enough, and not guessed where there are not."""

from __future__ import annotations

import pytest

from audits.analysis.language import analysed, detect, of_review


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("They never answered the phone and the parcel was late", "en"),
        ("Fast payout, no problems whatsoever with anything", "en"),
        ("Muy mala experiencia, nadie contesta el teléfono y el pedido nunca llegó a mi casa", "es"),
        ("Livraison très rapide, je recommande vivement cette boutique à tous mes amis", "fr"),
        ("Schnelle Lieferung, alles bestens gelaufen, gerne wieder bei diesem Händler", "de"),
        ("Обслуживание отличное, рекомендую всем знакомым и друзьям", "ru"),
        ("とても良いサービスでした", "ja"),
        ("Great", None),
        ("Very good.", None),
        ("👍👍", None),
        ("", None),
    ],
)
def test_the_language_is_told_or_left_open(text: str, code: str | None) -> None:
    assert detect(text) == code


def test_what_the_site_declares_decides_only_where_words_are_few() -> None:
    assert of_review(None, "Super", "de") == "de"
    assert of_review(None, "They never answered the phone and it was late", "de") == "en"
    assert of_review(None, None) is None


def test_a_text_too_short_to_tell_is_read_and_a_foreign_one_is_not() -> None:
    assert analysed(None)
    assert analysed("en")
    assert not analysed("fr")
