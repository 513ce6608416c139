"""What a client would stumble over on the page of a leak and around it: a word of the machine, a figure too fine."""

from __future__ import annotations

from dataclasses import replace

from audits.analysis.intervals import share
from audits.analysis.told import Around, FactorSign
from audits.analysis.values import Direction, Figure, Leak, NotObservable
from audits.report import html
from audits.report.charts import charts
from audits.report.model import HandCheck, Report
from audits.report.parts import LeakPage
from audits.report.words import said
from tests.audits.report import samples
from tests.audits.report.made import THEM, reviews
from tests.audits.report.measured import measures, text_of, with_leak


def test_without_stars_no_table_of_stars_is_printed_and_no_column_of_reasons() -> None:
    found = samples.findings(measures=measures())
    none = NotObservable(reason="The sources of this business hold no star ratings.")
    bare = [
        replace(one, rating=none, stars=dict.fromkeys(range(1, 6), 0)) for one in (found.audited, *found.competitors)
    ]
    leaks = tuple(replace(leak, stars=none) for leak in found.leaks)
    places = tuple((place, held, None) for place, held, _ in found.locations)
    bare[0] = replace(bare[0], monthly=tuple((month, n, None) for month, n, _ in bare[0].monthly))
    starless = replace(
        found, audited=bare[0], competitors=tuple(bare[1:]), leaks=leaks, decomposition=none, locations=places
    )
    report = samples.report(found=starless, rows=[row._replace(rating=None) for row in reviews()])
    text = text_of(report)
    assert "ratings.." not in text and "Reviews by stars" not in text and "Mean stars" not in text
    pages = sum(isinstance(leak.stars, NotObservable) for leak in report.leaks)
    assert text.count("hold no star ratings") <= pages + 4
    assert "mean stars" not in charts(report)["rating"] and "reviews" in charts(report)["rating"]


def _factors(*signs: FactorSign) -> str:
    around = Around(recovered=share(1, 70), factors=signs, segments=(), without_signalled=None)
    report = samples.report(found=with_leak("booking", around=around))
    return next(leak.factor_words for leak in report.leaks if leak.gap == "booking")


def test_a_factor_is_inferred_from_words_only_where_words_were_heard() -> None:
    usual = FactorSign(factor="process", statements=61, of=70, rule="the usual factor of booking")
    assert _factors(usual) == "No statement’s words point to another."
    heard = FactorSign(factor="technology", statements=9, of=70, rule="words: app crashed")
    some = FactorSign(factor="people", statements=4, of=70, rule="words: careless")
    assert _factors(usual, some) == "Inferred from words: people in 4 of 70 statements (mostly “careless”)."
    assert _factors(usual, heard) == "Inferred from words: technology in 9 of 70 statements (mostly “app crashed”)."


def test_a_factor_that_one_statement_in_twenty_does_not_point_to_is_not_named() -> None:
    once = FactorSign(factor="technology", statements=3, of=70, rule="words: bugs")
    assert _factors(once) == "Hardly any statement’s words point to another."


def test_a_leak_that_nobody_saw_put_right_says_so_in_words() -> None:
    around = Around(recovered=share(0, 70), factors=(), segments=(), without_signalled=None)
    text = text_of(samples.report(found=with_leak("booking", around=around)))
    assert (
        "No review that reports it says that it was put right." in text and "0 in 100 (0–5) of the reviews" not in text
    )


def test_that_nobody_saw_it_put_right_is_not_told_among_what_speaks_against_it() -> None:
    around = Around(recovered=share(0, 70), factors=(), segments=(), without_signalled=None)
    report = samples.report(found=with_leak("booking", around=around))
    (leak,) = (one for one in report.leaks if one.gap == "booking")
    alone = replace(report, leaks=(replace(leak, praised=None),))
    assert "What speaks against it" not in text_of(alone) and "says that it was put right" in text_of(alone)


def test_few_whom_it_was_put_right_for_are_counted_and_many_are_a_share() -> None:
    told = {}
    for many in (1, 3, 20):
        around = Around(recovered=share(many, 52), factors=(), segments=(), without_signalled=None)
        told[many] = text_of(samples.report(found=with_leak("booking", around=around)))
    assert "1 of the 52 reviews that report it says that it was put right." in told[1]
    assert "3 of the 52 reviews that report it say that it was put right." in told[3]
    assert "38 in 100 (26–52) of the reviews that report it say that it was put right." in told[20]


def test_a_group_of_customers_is_named_in_words_and_not_as_its_column() -> None:
    around = Around(
        recovered=None, factors=(), segments=(("type_traveller", "Couple", share(9, 70)),), without_signalled=None
    )
    text = text_of(samples.report(found=with_leak("booking", around=around)))
    assert "type traveller, Couple: 13 in 100" in text and "type_traveller" not in text


def test_competitors_that_no_leak_is_compared_with_are_named_beside_the_others() -> None:
    found = samples.findings(measures=measures())
    last = THEM[-1]
    leaks = tuple(
        replace(leak, contrasts=tuple(one for one in leak.contrasts if one.competitor != last))
        for leak in found.leaks
        if not isinstance(leak.contrasts, NotObservable)
    )
    text = text_of(samples.report(found=replace(found, leaks=leaks)))
    assert f"would be shared: {last}." in text
    assert "would be shared" not in text_of(samples.report(found=found))


def test_a_strength_that_fails_as_well_says_so_beside_it() -> None:
    report = samples.report()
    leak = next(one for one in report.leaks if one.gap == "premises")
    assert {"premises", "conduct"} == {one.gap for one in report.strengths}
    assert f"It fails as well: {leak.title} , {said(leak.share)}" in text_of(report)
    assert html.render(report, audit_id="a", charts={}).count("It fails as well") == 2


def _signalled(leak: Leak, hits: int) -> Around:
    return Around(recovered=share(0, 9), factors=(), segments=(), without_signalled=share(hits, leak.share.n))


def test_a_share_without_signalled_reviews_stands_only_where_it_reads_differently() -> None:
    found = samples.findings(measures=measures())
    same = tuple(replace(leak, around=_signalled(leak, len(leak.share.evidence))) for leak in found.leaks)
    text = text_of(samples.report(found=replace(found, leaks=same)))
    assert "every share below reads the same" in text and " without</span>" not in text and "it is the same: " in text
    other = tuple(replace(leak, around=_signalled(leak, len(leak.share.evidence) // 2)) for leak in found.leaks)
    text = text_of(samples.report(found=replace(found, leaks=other)))
    assert text.count("“Without” is the share") == 1 and ", with them " in text


def _beside_the_median(part: float, per_month: float) -> LeakPage:
    """The first leak where all competitors hold `part` of its share."""
    found = samples.findings()
    first, *others = found.leaks
    assert not isinstance(first.contrasts, NotObservable)
    theirs = Figure(value=first.contrasts[0].ours.value * part, unit="share", n=600, method="share")
    contrasts = tuple(replace(one, theirs=theirs) for one in first.contrasts)
    rate = replace(first.per_month, value=per_month)
    leaks = (replace(first, contrasts=contrasts, per_month=rate), *others)
    return next(leak for leak in samples.report(found=replace(found, leaks=leaks)).leaks if leak.gap == first.gap)


def test_a_difference_of_less_than_a_review_in_ten_months_is_said_to_be_so() -> None:
    arithmetic = _beside_the_median(0.5, per_month=0.1).arithmetic
    assert not isinstance(arithmetic, NotObservable)
    assert arithmetic.sentence.endswith("The difference is less than one of the reviews we hold in ten months.")


def test_two_shares_that_read_alike_are_not_put_against_each_other() -> None:
    told = _beside_the_median(0.999, per_month=3.0).arithmetic
    assert isinstance(told, NotObservable)
    assert told.brief == "It is reported about as often here as at the competitors’ median."


def _steady(before: int, now: int) -> Report:
    direction = next(leak.direction for leak in samples.findings().leaks if leak.gap == "premises")
    assert isinstance(direction, Direction) and direction.trend == "steady"
    return samples.report(
        found=with_leak("premises", direction=replace(direction, now=share(now, 1000), before=share(before, 1000)))
    )


def test_two_shares_that_round_alike_are_not_told_apart_in_words() -> None:
    alike = _steady(132, 134)
    text = " ".join(_head(alike).split())
    assert "No change that can be told: 13 in 100 in the latest 6 months, about the same in the 6 before" in text
    leak = next(one for one in alike.leaks if one.gap == "premises")
    assert "chance" not in leak.course.sentence
    apart = _steady(132, 154)
    assert "15 in 100 in the latest 6 months, 13 in the 6 before, which can be chance" in " ".join(_head(apart).split())
    assert next(one for one in apart.leaks if one.gap == "premises").course.sentence.endswith("can be chance.")


def _head(report: Report) -> str:
    return text_of(report).split("On Monday")[0]


def test_who_and_where_are_one_line_where_neither_can_be_told() -> None:
    around = Around(recovered=None, factors=(), segments=(), without_signalled=None)
    nowhere = NotObservable(reason="The reviews do not name two locations or more.")
    leaks = tuple(replace(leak, around=around, places=nowhere) for leak in samples.findings().leaks)
    text = text_of(samples.report(found=replace(samples.findings(measures=measures()), leaks=leaks)))
    pages = len(samples.report().leaks)
    assert text.count("Who reports it, and where") == pages and text.count("tell a group of customers") == pages


def test_the_evidence_names_the_model_and_how_many_statements_a_person_found_right() -> None:
    report = samples.report()
    assert "No person has checked its reading yet" in text_of(report)
    check = HandCheck(gap="booking", title="Bookings lost or wrong", right=27, of=30)
    text = text_of(replace(report, checks=(check,)))
    assert f"A model ({report.model}) sorted every statement" in text
    assert "27 of 30 of “Bookings lost or wrong” were right." in text
    learnt = "what they usually complain of, or what people labelled of them had a say."
    assert learnt not in text and learnt in text_of(replace(report, model=f"{report.model}+1a2b3c"))
