"""Replies, praise and polarity are measured where the sources carry them, else it is said that they do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from audits.analysis.given import Given
from audits.analysis.measures import Care
from audits.analysis.polarity import polarities
from audits.analysis.values import Figure, NotObservable
from tests.audits.analysis.made import measured, neutral, review, says


def test_the_reply_rate_is_that_of_all_reviews_and_of_the_low_ones() -> None:
    answered = [review(at, rating=1.0 if at < 10 else 5.0, reply_text="Thank you.") for at in range(30)]
    silent = [review(100 + at, rating=1.0 if at < 30 else 5.0) for at in range(70)]
    found = measured([*answered, *silent], [neutral(one) for one in [*answered, *silent]])
    assert isinstance(found.replies, Figure) and found.replies.value == 0.3
    assert isinstance(found.replies_low, Figure) and found.replies_low.value == 0.25


def test_days_to_a_reply_leave_out_replies_older_than_the_review() -> None:
    held = [review(at, day="2024-03-01", reply_text="Sorry.", reply_on=f"2024-03-{2 + at:02d}") for at in range(9)]
    odd = review(99, day="2024-03-01", reply_text="Sorry.", reply_on="2024-02-01")
    found = measured([*held, odd], [neutral(one) for one in [*held, odd]])
    assert isinstance(found.reply_days, Figure)
    assert (found.reply_days.value, found.reply_days.n) == (5.0, 9)


def test_the_range_of_days_to_a_reply_is_that_of_the_ranks_of_an_exact_binomial() -> None:
    held = [review(at, day="2024-03-01", reply_text="Sorry.", reply_on=f"2024-03-{2 + at:02d}") for at in range(21)]
    days = measured(held, [neutral(one) for one in held]).reply_days
    assert isinstance(days, Figure) and (days.low, days.value, days.high) == (6.0, 11.0, 16.0), (
        "97 in 100; 7 to 15 is 92"
    )


def test_a_reply_that_is_dated_to_its_year_was_written_in_no_month_that_is_known() -> None:
    held = [review(at, day="2024-02-20", reply_text="Sorry.", reply_on="2024-02-25") for at in range(60)]
    held[:40] = [one._replace(reply_on="2024-01-01", reply_precision="year") for one in held[:40]]
    found = measured(held, [neutral(one) for one in held]).measures
    assert found is not None and isinstance(found.care, Care) and found.care.months == (("2024-02", 60, 60, 20),)


def test_a_reply_that_is_dated_to_its_month_tells_no_days() -> None:
    held = [review(at, day="2024-02-20", reply_text="Sorry.", reply_on="2024-02-25") for at in range(60)]
    held[:40] = [one._replace(reply_on="2024-03-01", reply_precision="month") for one in held[:40]]
    found = measured(held, [neutral(one) for one in held])
    assert isinstance(found.reply_days, Figure) and (found.reply_days.value, found.reply_days.n) == (5.0, 20)
    assert found.measures is not None and isinstance(found.measures.care, Care)
    assert found.measures.care.undated == 40 and found.measures.care.months[-1] == ("2024-03", 0, 0, 40)
    half = found.measures.care.overall.median
    assert isinstance(half, Figure) and (half.value, half.n) == (5.0, 20)


def test_sources_without_replies_are_not_called_silence() -> None:
    found = measured([review(1)], [neutral(review(1))])
    assert isinstance(found.replies, NotObservable)
    assert "do not carry them" in found.replies.reason


def test_praise_of_a_process_is_a_strength_and_no_leak() -> None:
    held = [review(at) for at in range(60)]
    statements = [neutral(one) for one in held]
    statements += [says(one, "The staff were kind.", "conduct", complaint=0.1, outside="praise") for one in held[:12]]
    found = measured(held, statements)
    assert [(strength.gap, len(strength.share.evidence)) for strength in found.strengths] == [("conduct", 12)]
    assert found.leaks == ()
    assert found.audited.shares["conduct"].value == 0


def test_polarity_that_contradicts_the_stars_is_counted_and_decides_nothing() -> None:
    held = [
        review(1, rating=5.0, text="Terrible, awful, the worst."),
        review(2, rating=1.0, text="Terrible, awful, the worst."),
        review(3, rating=1.0, text="Oh wonderful, excellent, just great."),
        review(4, rating=5.0, text="Wonderful, excellent, great."),
    ]
    found = measured(held, [neutral(one) for one in held])
    assert isinstance(found.polarity, Figure)
    assert found.polarity.value == 0.5
    assert set(found.polarity.evidence) == {held[0].key, held[2].key}
    assert found.leaks == ()


def test_every_review_with_an_english_text_has_its_polarity() -> None:
    ours = [review(1, text="Awful."), review(2, text="Excellent.", rating=None), review(3, text="We came on Monday.")]
    silent = review(4, text=None, title="Awful")
    foreign = review(5, text="Das Zimmer war leider schmutzig und niemand hat sich um uns gekümmert.", language="de")
    assert polarities([*ours, silent, foreign]) == {ours[0].key: -1.0, ours[1].key: 1.0, ours[2].key: 0.0}


def test_the_polarity_that_is_recorded_counts_and_is_not_read_again() -> None:
    held = [review(1, rating=5.0, text="Wonderful."), review(2, rating=5.0, text="Wonderful.")]
    found = measured(held, [neutral(one) for one in held], given=Given(tones={held[0].key: -0.9, held[1].key: 0.9}))
    assert isinstance(found.polarity, Figure) and found.polarity.evidence == (held[0].key,)


def test_what_is_a_complaint_is_decided_without_textblob() -> None:
    code = (
        "import sys; from audits.analysis.assign import statements_of; "
        "statements_of(None, 'Nobody answered the phone. It was awful.', 1.0); "
        "sys.exit(any(name.split('.')[0] == 'textblob' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0
