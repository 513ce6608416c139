"""TextBlob's English serves tone and parts of speech in one process, in either order, without the whole of NLTK."""

from __future__ import annotations

import pytest

from tests.flows.command import complete, python

TONE = "from audits.analysis.polarity import tone; assert tone('good') > 0 > tone('awful')"
TAGS = "from audits.analysis.clauses import clauses; assert list(clauses('the room smells'))[0][0] == ('the', 'DT')"


@pytest.mark.parametrize("order", [(TONE, TAGS), (TAGS, TONE)], ids=["tone first", "parts of speech first"])
def test_tone_and_parts_of_speech_are_read_in_either_order_and_nothing_of_nltk_is_imported(
    order: tuple[str, str],
) -> None:
    counted = "import sys; print([each for each in sys.modules if each.startswith('nltk')])"
    assert complete(python("-c", "\n".join((*order, counted)))).stdout == "[]\n"
