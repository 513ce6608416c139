"""The tone that is recorded is TextBlob's own."""

from __future__ import annotations

import subprocess
import sys

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


def test_a_tone_is_read_without_the_rest_of_textblob_and_leaves_the_package_as_it_is() -> None:
    said = (
        "import sys; from audits.analysis.polarity import tone; told = tone('A good room!')",
        "assert 'nltk' not in sys.modules and 'textblob' not in sys.modules",
        "from textblob import TextBlob; assert told == TextBlob('A good room!').sentiment.polarity > 0",
    )
    subprocess.run([sys.executable, "-c", "; ".join(said)], check=True)
