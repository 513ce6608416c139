"""How a run ended is told in the report's language, whoever made the sentence and however many of them there are."""

from __future__ import annotations

import re

import pytest

from audits import catalogue
from audits.checks import reasons as checked
from audits.engagement import register
from audits.report.retold import retold
from spiders import reasons as collected
from spiders.reasons import Sentence
from spiders.sites import all_sites
from spiders.tally import LAST_PAGE, MET_STORED, OUT_OF_TIME, Tally
from spiders.verdicts import verdict
from tests.audits.report.pseudo import pseudo

EVERY = (*collected.ALL, *checked.ALL, *register.ALL)
NUMBERS = frozenset(["n", "total", "held", "rejects", "skipped", "most", "status", "pages"])
ENDED = (
    Tally(unique=1302, pages=66, stop_reason=LAST_PAGE),
    Tally(unique=1302, pages=66, declared_total=1302, stop_reason=LAST_PAGE),
    Tally(unique=40, pages=2, stop_reason=MET_STORED),
    Tally(unique=40, pages=2, declared_total=4884, stop_reason=LAST_PAGE),
    Tally(unique=40, pages=2, declared_total=4884, stop_reason=OUT_OF_TIME),
    Tally(unique=40, pages=2, stop_reason=collected.PAGE_LIMIT(n=200)),
    Tally(unique=40, pages=2, stop_reason=LAST_PAGE, pages_failed={"1": collected.STATUS(status=500)}),
    Tally(unique=40, pages=2, blocked=collected.TOO_MANY()),
    Tally(unique=40, pages=2, robots=collected.ROBOTS_FORBID()),
    Tally(blocked=collected.CRAWLER_REFUSED()),
    Tally(robots=collected.FOR_NOW(why=collected.ROBOTS_ANSWERED(status=503))),
    Tally(pages_failed={"1": collected.CUT_OFF()}),
    Tally(pages=1, says_empty=True),
    Tally(pages=1),
    Tally(pages=1, declared_total=60),
)


def _filled(sentence: Sentence) -> tuple[str, dict[str, object]]:
    names = re.findall(r"%\((\w+)\)s", sentence.message)
    values: dict[str, object] = {name: 1234 if name in NUMBERS else f"«{name}»" for name in names}
    return sentence(**values), values


@pytest.mark.parametrize("sentence", EVERY, ids=lambda each: each.message[:40])
def test_every_sentence_is_found_again_with_its_values(other: str, sentence: Sentence) -> None:
    english, values = _filled(sentence)
    assert retold(english) == english
    with catalogue.speaking(other):
        told = retold(english)
    written = {name: "1.234" if value == 1234 else value for name, value in values.items()}
    assert told == (pseudo(sentence.message) % written if written else pseudo(sentence.message))


@pytest.mark.parametrize("tally", ENDED, ids=range(len(ENDED)))
def test_a_verdict_has_no_english_left_but_names(other: str, tally: Tally) -> None:
    site = all_sites()["sandbox"]
    ended = verdict(tally, site, way="crawl", incremental=False)
    with catalogue.speaking(other):
        told = retold(ended.reason)
    assert not re.findall(r"[A-Za-z]{2,}", told.replace(site.title, "")), told


def test_the_verdict_of_a_field_that_is_gone_keeps_its_name_and_its_share(other: str) -> None:
    tally = Tally(unique=20, reviews=20, pages=1)
    tally.lacking["rating"] = 15
    ended = verdict(tally, all_sites()["sandbox"], way="crawl", incremental=False, filled_before={"rating": 0.99})
    with catalogue.speaking(other):
        told = retold(ended.reason)
    assert set(re.findall(r"[A-Za-z]{2,}", told)) == {"rating"} and "25%" in told and "99%" in told


def test_sentences_that_follow_each_other_are_told_one_by_one_and_a_foreign_one_stays(other: str) -> None:
    with catalogue.speaking(other):
        told = retold(f"{checked.UNRATED()} errno 13 of the system. {collected.SHORT(n=18, total=4884)}")
        short = pseudo(collected.SHORT.message) % {"n": "18", "total": "4.884"}
        assert told == f"{pseudo(checked.UNRATED.message)} errno 13 of the system. {short}"


def test_a_reason_that_an_older_run_left_without_a_stop_is_told_as_well(other: str) -> None:
    with catalogue.speaking(other):
        told = retold("1302 rows read: 1302 reviews, 0 in the rejects")
    assert told == pseudo(collected.ROWS_READ.message) % {"n": "1.302", "held": "1.302", "rejects": "0"}
