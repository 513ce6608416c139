"""What is shown by itself surely reports its failing: it was read so, and what was written for the gap is like it."""

from __future__ import annotations

import numpy as np

from audits.analysis.reader import reader
from audits.analysis.resemblance import SURELY, chances, praised, resemblance, surely, told_shortly, written
from audits.analysis.train import bank, everything
from audits.analysis.values import GapScore, Statement
from tests.audits.analysis.made import measured, neutral, review, says

PLAIN = "Nobody answers the phone, ever."
STEP = "I had the phone in my bag at the station."


def read(text: str, gap: str = "reachability", sure: float = 0.85, complaint: float = 0.98, at: int = 0) -> Statement:
    return says(review(at), text, gap)._replace(complaint=complaint, gaps=(GapScore(gap=gap, confidence=sure),))


def test_the_kept_vectors_are_those_of_what_is_written_the_bank_first() -> None:
    assert len(written().steps) == len(everything())
    some = list(range(0, len(bank()), 1501))
    near = resemblance(reader().vectors([bank()[at].text for at in some]), "fees")
    about = np.array(["fees" in bank()[at].gaps and bank()[at].kind == "complaint" for at in some])
    assert near[about].min(initial=1.0) > 0.5 > near[~about].max()


def test_a_complaint_that_is_read_surely_is_shown_and_a_step_of_the_story_is_not() -> None:
    plain, step = read(PLAIN, sure=0.7), read(STEP, sure=0.7, complaint=0.6, at=1)
    assert surely([plain, step], "reachability") == (surely([plain], "reachability")[0],)
    assert chances([read(PLAIN)], "reachability")[0] > chances([read(PLAIN, "refunds")], "refunds")[0]


def test_the_surest_comes_first_and_doubtful_readings_are_left_out() -> None:
    sure, less, doubtful = read(PLAIN), read(PLAIN, sure=0.75, at=1), read(STEP, sure=0.4, complaint=0.6, at=2)
    assert [one.review for one in surely([doubtful, less, sure], "reachability")] == [sure.review, less.review]


def test_of_equally_sure_statements_the_newest_comes_first() -> None:
    said = [read(PLAIN, at=at) for at in range(3)]
    days = {said[0].review: "2024-01-01", said[1].review: "2024-03-01", said[2].review: "2024-02-01"}
    found = surely(said, "reachability", days=days)
    assert [days[one.review] for one in found] == sorted(days.values(), reverse=True)


def test_one_sure_statement_among_many_doubtful_ones_is_sure_by_mistake() -> None:
    doubtful = [read(STEP, sure=0.4, complaint=0.6, at=at) for at in range(1, 50)]
    assert surely([read(PLAIN), *doubtful], "reachability") == ()
    assert len(surely([read(PLAIN), *doubtful[:9]], "reachability")) == 1


def test_a_leak_that_no_statement_surely_reports_is_not_said_to_be_told_plainly() -> None:
    held = [review(at, rating=1.0) for at in range(80)]
    doubtful = (GapScore(gap="refunds", confidence=0.5),)
    misread = [says(one, STEP, complaint=0.7)._replace(gaps=doubtful) for one in held[:40]]
    plain = [says(one, PLAIN, "reachability") for one in held[:40]]
    wrong, right = (
        next(leak for leak in measured(held, [*map(neutral, held), *said]).leaks) for said in (misread, plain)
    )
    assert wrong.surest == () and wrong.sureness == "low" and "many could also be read" in wrong.why_sure
    assert right.surest and "most say it plainly" in right.why_sure


def test_a_few_sure_statements_do_not_make_a_leak_of_doubtful_ones_plainly_told() -> None:
    held = [review(at, rating=1.0) for at in range(80)]
    gaps = (GapScore(gap="conduct", confidence=0.5),)
    said = [says(one, STEP, complaint=0.7)._replace(gaps=gaps) for one in held[:36]]
    said += [read("The clerk was so rude to us.", "conduct", sure=0.97, at=at) for at in range(36, 40)]
    leak = next(leak for leak in measured(held, [*map(neutral, held), *said]).leaks)
    assert leak.surest and "some could also be read as another failing" in leak.why_sure


def test_what_a_person_read_is_sure() -> None:
    assert chances([read(STEP, sure=1.0)], "reachability").tolist() == [1.0] and SURELY < 1


def test_praise_is_shown_for_the_process_that_it_praises() -> None:
    rooms = read("The rooms were spotless and so comfortable.")._replace(complaint=0.01, vector="")
    general = read("I would recommend it to anyone.", at=1)._replace(complaint=0.01, vector="")
    assert praised([general, rooms], "premises") == (rooms,)


def test_short_written_complaints_are_of_one_gap() -> None:
    texts, vectors = told_shortly("reachability")
    assert len(texts) == len(vectors) > 5 and all(len(text.split()) <= 5 for text in texts)
