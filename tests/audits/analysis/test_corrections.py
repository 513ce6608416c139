"""What a person says of a statement wins, holds while half of it stands, and measures the model where it is random."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import numpy as np

from audits.analysis.corrections import Applied, applied, digest, place, theme_names
from audits.analysis.given import Given
from audits.analysis.labels import agreed, at_random, drawn, evaluate
from audits.analysis.values import GapScore, Statement
from audits.store.records import StoredCorrection
from tests.audits.analysis.made import GAPS, measured, neutral, review, says

WORDS = "Nobody picked up the phone."


def said(text: str = WORDS, at: int = 0, *gaps: str, number: int = 1) -> Statement:
    return says(review(number), text, *(gaps or ("queue",)))._replace(start=at, end=at + len(text))


def of(statement: Statement, *gaps: str, outside: str | None = None, who: str = "ann", at: str = "2024-01-01",
       part: str = "correct") -> StoredCorrection:  # fmt: skip
    label = {"gaps": list(gaps)} if gaps else {"outside": outside}
    return StoredCorrection(
        part=part, who=who, at=at, label=label, review=statement.review, field=statement.field,  # type: ignore[arg-type]
        start=statement.start, end=statement.end, text_sha256=digest(statement.text), content_hash=statement.content,
    )  # fmt: skip


def test_a_correction_wins_over_the_model_and_counts_as_a_complaint() -> None:
    (found,) = applied([said()], [of(said(), "reachability", "notice")]).statements
    assert [score.gap for score in found.gaps] == ["reachability", "notice"] and found.complaint == 1.0
    (praised,) = applied([said()], [of(said(), outside="praise")]).statements
    assert (praised.gaps, praised.outside, praised.complaint, praised.severity) == ((), "praise", 0.0, 0)


def test_it_follows_its_words_when_the_text_before_them_grows() -> None:
    moved = said(at=400)
    assert applied([said("Another sentence altogether here.", 0), moved], [of(said(), "fees")]).held[0][1] == moved


def test_it_holds_while_half_of_the_span_stands_in_a_review_that_is_cut_otherwise_and_is_an_orphan_after() -> None:
    longer = said(f"{WORDS} For two days.")
    assert not applied([longer], [of(said(), "fees")]).orphans
    gone = said("A long and quite different story of the garden and its many, many birds.")
    assert applied([gone], [of(said(), "fees")]).orphans
    assert applied([said(number=2)], [of(said(), "fees")]).orphans


def test_what_was_said_of_some_words_does_not_pass_to_those_that_a_customer_put_in_their_place() -> None:
    label = of(said(), "fees")
    for words in ("Somebody picked up the phone.", "Nobody picked up the bin.", f"{WORDS} For two days."):
        assert applied([said(words)._replace(content="edited")], [label]).orphans == (label,)
        assert applied([said(words)._replace(content="edited")], [replace(label, content_hash=None)]).orphans
    for words in ("nobody picked up the  phone", "Nobody picked up – the phone!!", "NOBODY picked up the phone…"):
        assert applied([said(words, 7)._replace(content="edited")], [label]).held
    cant = said("I can't, and won’t.")
    assert applied([said("I can’t and wont")], [replace(of(cant, "fees"), content_hash=None)]).held


def test_a_correction_of_an_earlier_version_holds_by_the_letters_that_it_kept() -> None:
    earlier = replace(of(said(), "fees"), text_sha256=sha256(WORDS.encode()).hexdigest(), content_hash=None)
    assert applied([said(at=400)], [earlier]).held and applied([said(WORDS.lower())], [earlier]).orphans


def test_a_correction_wins_over_a_label_and_the_later_label_over_the_earlier() -> None:
    rows = [
        of(said(), "fees", at="2024-03-01", part="random"),
        of(said(), "notice", at="2024-02-01", part="random", who="ben"),
        of(said(), "booking", at="2024-01-01"),
    ]
    assert applied([said()], rows).statements[0].gaps[0].gap == "booking"
    assert applied([said()], rows[:2]).statements[0].gaps[0].gap == "fees"


def test_the_last_name_that_a_theme_was_given_counts() -> None:
    rows = [StoredCorrection(part="correct", who="a", at=str(at), label={"name": name}, theme="t")
            for at, name in enumerate(("On hold", "Kept on hold"))]  # fmt: skip
    assert theme_names(rows) == {"t": "Kept on hold"}


def many(count: int = 300) -> list[Statement]:
    rng = np.random.default_rng(1)
    return [
        said(f"Sentence {at} about it.", 0, "queue", number=at)._replace(complaint=float(rng.uniform(0.5, 1)))
        for at in range(count)
    ]


def test_a_sample_is_two_thirds_random_and_goes_on_where_it_stopped() -> None:
    held = many()
    first = drawn(held, 90, ())
    assert [part for _, part in first].count("random") == 60 and len({place(one) for one, _ in first}) == 90
    again = drawn(held, 90, {place(one) for one, _ in first})
    assert not {place(one) for one, _ in first} & {place(one) for one, _ in again}
    assert [place(one) for one, part in drawn(held[::-1], 90, ()) if part == "random"] == [
        place(one) for one, part in first if part == "random"
    ]
    doubtful = [one.complaint for one, part in first if part == "doubtful"]
    assert np.mean(doubtful) < np.mean([one.complaint for one in held]) - 0.1


def test_what_the_model_doubts_is_not_missing_from_a_second_draw() -> None:
    held = [
        said(f"{WORDS} {number}", 0, "fees" if number % 2 else "queue", number=number)._replace(
            gaps=(GapScore(gap="fees", confidence=0.3 if number % 2 else 0.9),)
        )
        for number in range(300)
    ]
    labels: list[StoredCorrection] = []
    for day in ("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"):
        taken = {place(one) for _, one in applied(held, labels).held}
        labels += [of(one, "queue" if one.gaps[0].confidence < 0.5 else "fees", part=part, at=day)
                   for one, part in drawn(held, 60, taken)]  # fmt: skip
    found = evaluate(applied(held, labels), GAPS)
    assert found.accuracy is not None and found.accuracy.n == found.random > 160
    assert abs(found.accuracy.value - 0.5) < 0.05
    once = [replace(each, at="2024-01-01") for each in labels]
    assert evaluate(applied(held, once), GAPS).random == 160


def labelled(wrong_random: int, wrong_doubtful: int) -> Applied:
    held = [one for one, _ in drawn(many(200), 300, ())]
    rows = []
    for at, one in enumerate(held[:150]):
        part = "random" if at < 100 else "doubtful"
        wrong = at < wrong_random or 100 <= at < 100 + wrong_doubtful
        rows.append(of(one, "fees" if wrong else "queue", part=part))
    return applied(held, rows)


def test_only_the_random_part_tells_how_often_the_model_errs() -> None:
    found = evaluate(labelled(20, 50), GAPS)
    assert found.accuracy is not None and found.accuracy.value == 0.8 and found.accuracy.n == 100
    assert found.accuracy.low is not None and 0.70 < found.accuracy.low < 0.72
    assert found.calibration is not None and found.calibration < 0.02
    assert found.raised == {"fees": 70} and found.lowered == {"queue": 70}


def test_kappa_is_that_of_the_two_who_labelled_the_same() -> None:
    held = many(100)
    rows = [of(one, "queue" if at < 50 else "fees", who="ann", part="random") for at, one in enumerate(held)]
    rows += [
        of(one, "queue" if at < 40 or at >= 90 else "fees", who="ben", part="random") for at, one in enumerate(held)
    ]
    both, same, kappa = agreed(applied(held, rows).held)
    assert (both, same) == (100, 0.8)
    assert kappa is not None and abs(kappa - 0.6) < 1e-9
    assert agreed(applied(held, rows[:100]).held) == (0, None, None)
    settled = [of(one, "queue", who=who, at="2024-02-01") for one in held[40:60] for who in ("ann", "cara")]
    assert agreed(applied(held, [*rows, *settled]).held) == (both, same, kappa)


def test_random_labels_correct_a_share_and_widen_its_interval() -> None:
    held = [review(at) for at in range(400)]
    statements = [neutral(one) for one in held] + [says(one, "We waited.", "queue") for one in held[:80]]
    half = [("queue", "queue"), ("queue", "neutral")] * 40 + [("neutral", "neutral")] * 120
    found = measured(held, statements, given=Given(labels=tuple(half)))
    assert found.measures is not None and found.measures.read is not None
    told, plain = found.measures.read["queue"], found.audited.shares["queue"]
    assert abs(told.value - 0.10) < 0.01 and plain.value == 0.2
    assert told.low is not None and told.high is not None and told.low < 0.1 < told.high < 0.16
    few = measured(held, statements, given=Given(labels=tuple(half[:99])))
    assert few.measures is not None and few.measures.read is None


def test_what_was_labelled_is_not_corrected_a_second_time_however_many_were() -> None:
    """Two fifths are read as queue, half of which are truly of reachability."""
    held = [review(at) for at in range(300)]
    read = [says(one, f"We waited {at}.", "queue") if at % 10 < 4 else neutral(one) for at, one in enumerate(held)]
    truth = [("queue",) if at % 10 < 2 else ("reachability",) if at % 10 < 4 else () for at in range(300)]
    words = [of(one, *true, outside="neutral", part="random") for one, true in zip(read, truth, strict=True)]
    for many in (120, 200, 300):
        rows = [words[at] for at in np.random.default_rng(2).choice(300, many, replace=False)]
        found = applied(read, rows)
        told = measured(held, list(found.statements), given=Given(labels=at_random(found.held))).measures
        assert told is not None and told.read is not None
        queue = told.read["queue"]
        assert abs(queue.value - 0.2) < 0.035 and queue.low is not None and queue.high is not None
        assert queue.low <= 0.2 <= queue.high, many


def test_a_wrong_label_that_was_drawn_at_random_can_be_put_right_and_still_measures_the_model() -> None:
    held = many(120)
    rows = [of(one, "fees" if at < 60 else "queue", part="random") for at, one in enumerate(held)]
    rows += [of(one, "queue", at="2024-02-01") for one in held[:40]]
    rows += [of(one, "queue", at="2024-02-01", part="doubtful") for one in held[40:60]]
    rows += [of(said("We were kept waiting.", number=500), "fees")]
    found = applied([*held, said("We were kept waiting.", number=500)], rows)
    told = evaluate(found, GAPS)
    assert told.accuracy is not None and (told.accuracy.value, told.accuracy.n) == (1.0, 120)
    assert at_random(found.held) == (("queue", "queue"),) * 120
