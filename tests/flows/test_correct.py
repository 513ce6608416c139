"""The statement that a correction means is found by its words, or named by all of them."""

from __future__ import annotations

import pytest

from flows.commands import correct
from tests.audits.analysis.made import review, says


def test_a_statement_whose_words_stand_in_another_is_named_by_all_of_them() -> None:
    one = review(1)
    own = [says(one, text, "fees") for text in ("Never again", "Never again.", "So rude.", "So rude.", "Too dear.")]
    assert correct._meant(own, "never again") == own[:1] and correct._meant(own, "Never again.") == own[1:2]
    assert correct._meant(own, "so rude.") == own[2:4] and correct._meant(own, "dear") == own[4:]
    for unclear in ("again", None, "polite"):
        with pytest.raises(correct.CorrectionError):
            correct._meant(own, unclear)
