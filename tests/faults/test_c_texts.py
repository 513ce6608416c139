"""ACCEPTANCE c25, c26, c29: dates and texts that nobody can read, foreign ones, an emoji, nothing, copies."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audits.analysis.polarity import WORD_LIST, polarities
from audits.checks.authenticity import signals
from audits.checks.duplicates import copies
from spiders.items import Dated
from tests.audits.analysis.made import measured, neutral, review
from tests.audits.checks.landed import checked, good, result
from tests.audits.store.conftest import review as landed
from tests.flows.command import ROOT, telltale
from tests.flows.engagements import engagement

SPANISH = "Muy mala experiencia, nadie contesta el teléfono y el pedido nunca llegó a mi casa, una vergüenza"
COPIED = "The room we were given on the third floor smelled of paint and the window would not close all night long"
ODD = {
    "foreign": {"text": SPANISH, "language": "es"},
    "undeclared": {"text": SPANISH, "language": None},
    "emoji": {"text": "👎", "language": None},
    "emoji, declared": {"text": "😡😡", "language": "en"},
    "marks": {"text": "!!! 1/5", "language": None},
    "empty": {"text": "", "language": None},
    "none": {"text": None, "language": None},
}


@pytest.mark.parametrize("kind", ODD)
def test_29_a_text_whose_tone_is_not_read_has_none_and_never_nought(kind: str) -> None:
    odd, plain = review(1, **ODD[kind]), review(2, text="Terrible, awful, the worst.")
    assert polarities([odd, plain]).keys() == {plain.key}


def test_29_what_is_in_another_language_counts_in_the_stars_and_not_among_what_was_read() -> None:
    plain = [review(at) for at in range(60)]
    odd = review(100, rating=1.0, **ODD["foreign"])
    nothing = [review(200 + at, **ODD["none"]) for at in range(2)]
    found = measured([*plain, odd, *nothing], [neutral(each) for each in plain])
    assert found.unread == {"es": 1, "no text": 2}
    assert found.audited.reviews == 63


def test_29_a_text_that_is_copied_is_one_and_each_copy_is_flagged() -> None:
    campaign = [review(at, day=f"2024-03-{at + 1:02d}", text=COPIED) for at in range(5)]
    first, *others = campaign
    assert copies(campaign) == {each.key: first.key for each in others}
    flagged = signals(campaign)
    assert all("copy" in flagged[each.key] for each in others) and "copy" not in flagged.get(first.key, ())


def test_29_tone_is_read_without_any_corpus_on_the_machine() -> None:
    code = (
        "import nltk; nltk.data.path[:] = []; from audits.analysis.polarity import polarities, ready\n"
        "from tests.audits.analysis.made import review; ready()\n"
        "print(*polarities([review(1, text='Awful.')]).values())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ran.stdout.strip() == "-1.0", ran.stderr


def test_29_a_missing_word_list_ends_a_run_before_anything_is_collected(tmp_path: Path, api_url: str) -> None:
    (tmp_path / "broken" / "textblob").mkdir(parents=True)
    (tmp_path / "broken" / "textblob" / "__init__.py").touch()
    file, home = engagement(tmp_path / "in"), tmp_path / "home"
    ran = telltale("audit", file, "--out", home, PREFECT_API_URL=api_url, PYTHONPATH=str(tmp_path / "broken"))
    assert ran.returncode == 1 and WORD_LIST in ran.stderr and "install Telltale again" in ran.stderr
    assert "Traceback" not in ran.stderr and not (home / "landings").exists()


@pytest.mark.parametrize(("spoilt", "verdict"), [(1, "complete"), (3, "drifted")])
def test_26_a_listing_of_which_more_than_one_character_in_a_thousand_is_garbled_has_drifted(
    spoilt: int, verdict: str
) -> None:
    rows = [replace(each, title=None, text="x" * 50) for each in good(40)]  # 2,000 characters
    for at in range(spoilt):
        rows[at] = replace(rows[at], text="\N{REPLACEMENT CHARACTER}" + "x" * 49)
    gate = checked(rows)
    assert gate.verdict.name == verdict
    assert result(gate, "range:garbled")[0] is (verdict == "complete")
    assert ("U+FFFD" in gate.verdict.reason) is (verdict == "drifted")


def test_26_a_review_that_quotes_the_mark_itself_is_no_drift() -> None:
    odd = replace(good(1)[0], id="odd", text="It printed \N{REPLACEMENT CHARACTER} on the bill.")
    assert checked([*good(400), odd]).verdict.name == "complete"


@pytest.mark.parametrize(("always", "verdict"), [(("posted",), "drifted"), ((), "complete")])
def test_25_unreadable_dates_are_drift_only_where_the_site_says_every_review_has_one(
    always: Sequence[str], verdict: str
) -> None:
    unread = [landed(f"b{each}", posted=Dated(raw="31/02/2026")) for each in range(5)]
    gate = checked([*good(95), *unread], always=always)
    assert gate.verdict.name == verdict
    assert result(gate, "read:posted") == (False, 0.95)
