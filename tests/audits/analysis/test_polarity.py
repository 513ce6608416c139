"""The tone that is recorded is TextBlob's own."""

from __future__ import annotations

import pytest

from audits.analysis.polarity import tone


@pytest.mark.parametrize(
    "text",
    [
        "The room was not very clean, but the staff were extremely kind!",
        "Really terrible (!) service :-( and a horribly slow lift...",
        "Nothing to say. It's ok; e.g. the 3rd floor isn't bad.",
        "zzz",
    ],
)
def test_the_tone_of_a_text_is_what_textblob_says_of_it(text: str) -> None:
    from textblob import TextBlob

    assert tone(text) == TextBlob(text).sentiment.polarity
