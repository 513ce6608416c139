"""Labels of an engagement move how its other statements are read: reproducibly, and not before they are many."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product

import pytest

from audits.analysis import lesson as lessons
from audits.analysis.assign import assign, reading
from audits.analysis.corrections import applied, digest
from audits.analysis.labels import evaluate, read_as
from audits.analysis.learning import ENOUGH, learnt, taught_by
from audits.analysis.lesson import Lesson, unshown
from audits.analysis.model import model_version
from audits.analysis.own import Own
from audits.analysis.values import Statement
from audits.store.records import StoredCorrection, StoredReview
from tests.audits.analysis.made import review

THING = ("kettle", "heater", "lamp", "radio", "shower", "hob", "fridge", "fan", "blind", "tap", "door", "hatch")
FAULT = ("was dead all week", "was broken when we boarded", "did not work at all", "came off in my hand",
         "had been out of order for days", "leaked on the first night", "was filthy and did not work",
         "has been broken since May")  # fmt: skip
WAIT = ("We queued for {} hours at the lock office.", "The line at the fuel berth took {} hours.")
SHOWN = 60


@pytest.fixture(scope="module")
def held() -> list[StoredReview]:
    """A boat hire: broken things, which its consultant counts as the product itself, and waits."""
    broken = [f"The {thing} on our boat {fault}." for thing, fault in product(THING, FAULT)]
    waits = [line.format(number) for number, line in product(range(2, 50), WAIT)]
    texts = [text for pair in zip(broken, waits, strict=False) for text in pair]
    return [review(at, text=text, rating=2.0, content_hash=f"c{at}") for at, text in enumerate(texts)]


def label(of: Statement, *gaps: str, outside: str | None = None, who: str = "ann") -> StoredCorrection:
    return StoredCorrection(
        part="random", who=who, at="2026-03-01T10:00:00+00:00",
        label={"gaps": list(gaps)} if gaps else {"outside": outside}, review=of.review, field=of.field, start=of.start,
        end=of.end, text_sha256=digest(of.text),
    )  # fmt: skip


def meant(statement: Statement) -> str:
    return "core-quality" if "boat" in statement.text else "queue"


def labels(statements: list[Statement]) -> list[StoredCorrection]:
    return [label(one, meant(one)) for one in statements]


@pytest.fixture(scope="module")
def before(held: list[StoredReview]) -> list[Statement]:
    return assign(held)


@pytest.fixture(scope="module")
def lesson(held: list[StoredReview], before: list[Statement]) -> Lesson:
    found = learnt(held, labels(before[SHOWN // 2 :]))
    assert found is not None
    return found


def right(statements: list[Statement]) -> int:
    return sum(read_as(one)[0] == meant(one) for one in statements)


def test_statements_that_nobody_labelled_are_read_as_the_labels_of_others_say(
    held: list[StoredReview], before: list[Statement], lesson: Lesson
) -> None:
    after = assign(held, own=Own(lesson=lesson))
    hidden = SHOWN // 2
    assert right(after[:hidden]) > right(before[:hidden]) + 5
    assert [one.complaint for one in after] == [one.complaint for one in before]
    assert lesson.after > lesson.before


def test_the_version_carries_the_digest_of_what_was_learnt(held: list[StoredReview], lesson: Lesson) -> None:
    own = Own(lesson=lesson)
    assert reading(None) == reading(Own()) == model_version()
    assert {one.model for one in assign(held[:3], own=own)} == {f"{model_version()}+{own.digest}"}
    other = replace(lesson, head=replace(lesson.head, bias=lesson.head.bias + 1))
    assert other.digest != lesson.digest


def test_a_kept_lesson_reads_as_it_did_and_a_statement_is_read_alike_in_any_company(
    held: list[StoredReview], lesson: Lesson
) -> None:
    again = lessons.of(json.loads(json.dumps(lesson.plain())))
    assert again.digest == lesson.digest and again.apart == lesson.apart
    together = assign(held[:40], own=Own(lesson=again))
    alone = [one for each in held[:40][::-1] for one in assign([each], own=Own(lesson=lesson))]
    assert together == alone[::-1]


def test_the_order_of_reviews_and_labels_teaches_nothing(held: list[StoredReview], before: list[Statement]) -> None:
    said = labels(before)
    one, other = learnt(held, said), learnt(held[::-1], said[::-1])
    assert one is not None and other is not None and one.plain() == other.plain()


def test_under_the_minimum_nothing_is_learnt(held: list[StoredReview], before: list[Statement]) -> None:
    assert learnt(held, labels([one for one in before if one.complaint >= 0.5][: ENOUGH - 1])) is None
    assert learnt(held, []) is None


def test_the_last_word_on_a_statement_is_what_is_learnt(held: list[StoredReview], before: list[Statement]) -> None:
    complaints = [one for one in before if one.complaint >= 0.5]
    said = labels(complaints[:ENOUGH])
    assert learnt(held, said) is not None
    later = replace(label(complaints[0], outside="praise", who="ben"), at="2026-03-02T10:00:00+00:00")
    assert learnt(held, [*said, later]) is None


def test_praise_and_neutral_statements_teach_no_process(before: list[Statement]) -> None:
    said = [label(before[0], outside="praise"), label(before[1], outside="neutral"), label(before[2], outside="vague")]
    assert taught_by([*said, label(before[3], "queue")]) == [said[2], label(before[3], "queue")]


def test_what_two_people_said_of_a_statement_is_one_label_and_the_last_word_counts(before: list[Statement]) -> None:
    first, second = label(before[0], "queue"), label(before[1], "queue")
    later = replace(label(before[0], "fees", who="ben"), at="2026-03-02T10:00:00+00:00")
    undone = replace(label(before[1], outside="praise", who="ben"), at="2026-03-02T10:00:00+00:00")
    assert taught_by([first, second, later, undone]) == [later]


def test_labels_that_say_what_is_read_already_teach_nothing(held: list[StoredReview], before: list[Statement]) -> None:
    said = [label(one, read_as(one)[0]) for one in before if one.gaps]
    assert len(said) >= ENOUGH and learnt(held, said) is None


def test_what_measures_the_model_was_not_shown_to_it(
    held: list[StoredReview], before: list[Statement], lesson: Lesson
) -> None:
    said = labels(before[SHOWN // 2 :])
    after = applied(assign(held, own=Own(lesson=lesson)), said)
    apart = unshown(after.held, lesson)
    assert unshown(after.held, None) == after.held
    shown, unseen = (sum(read_as(one)[0] == meant(one) for _, one in rows) for rows in (after.held, apart))
    assert unseen == lesson.after and shown >= unseen
    new = applied(assign(held, own=Own(lesson=lesson)), labels(before[: SHOWN // 2]))
    assert unshown(new.held, lesson) == new.held
    slugs = ["core-quality", "queue"]
    measured = evaluate(replace(after, held=apart), slugs).accuracy
    assert measured is not None and round(measured.value * measured.n) == unseen
