"""What alerts are made from is on record after each audit: rises by location, and grave cases without a reply."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

from audits.analysis.intervals import share
from audits.analysis.told import Moment
from audits.analysis.values import Findings, Statement
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.material import told
from flows.plan import Plan
from flows.watch import watched
from tests.audits.report import samples
from tests.audits.report.made import PLACES, THEM, US, of, reviews
from tests.audits.report.measured import measures


class Log:
    """A store that keeps the last line."""

    detail: dict[str, Any]

    def log(self, _engagement: str, _event: str, *, detail: dict[str, Any]) -> None:
        self.detail = json.loads(json.dumps(detail))


class Harbour:
    """A plan as far as it is asked."""

    name = "harbour"

    class engagement:  # noqa: N801
        class business:  # noqa: N801
            name = US


def seen(findings: Findings, rows: list[StoredReview]) -> dict[str, Any]:
    kept = Log()
    watched(cast(Plan, Harbour()), cast(Store, kept), findings, rows, samples.sources())
    return kept.detail


def moment(review: StoredReview) -> Moment:
    said = Statement(review=review.key, content="c", field="text", start=0, end=5, text="A bad", complaint=0.9)
    return Moment(review=review.key, kinds=("Safety",), statement=said, righted=False)


def test_a_gap_that_rises_at_one_location_is_told_there_alone() -> None:
    rows = reviews()
    found = samples.findings(rows)
    here = [one for one in of(rows, US) if one.location == PLACES[0]]
    late = [one.key for one in here if "2026-03" <= (one.posted_on or "") < "2026-06"]
    early = [one.key for one in here if "2025-03" <= (one.posted_on or "") < "2026-03"][:1]
    leak = replace(found.leaks[0], share=share(len(late) + 1, 600, evidence=(*early, *late)))
    calm = replace(found.audited, breaks=())
    told_ = seen(replace(found, audited=calm, leaks=(leak,)), rows)["worse"]
    assert [(each["gap"], each["location"], each["now"]) for each in told_ if each["location"]] == [
        (leak.gap, PLACES[0], [len(late), len(late)])
    ]


def test_copies_and_what_nobody_reads_make_no_share_at_a_location_smaller() -> None:
    rows = reviews()
    found = samples.findings(rows)
    here = [one for one in of(rows, US) if one.location == PLACES[0]]
    steady = [one.key for at, one in enumerate(here) if at % 3 == 0]
    leak = replace(found.leaks[0], share=share(len(steady), 600, evidence=tuple(steady)))
    calm = replace(found, audited=replace(found.audited, breaks=()), leaks=(leak,))
    before = [one for one in here if "2025-03" <= (one.posted_on or "") < "2026-03"]
    copies = [one._replace(key=f"{one.key}-{at}") for one in before for at in range(9)]
    assert [each for each in seen(calm, rows + copies)["worse"] if each["location"]] == []


def test_reviews_that_are_dated_to_their_year_raise_no_location_in_its_first_month() -> None:
    rows = reviews()
    found = samples.findings(rows)
    here = [one for one in of(rows, US) if one.location == PLACES[0]]
    late = {one.key for one in here if "2026-03" <= (one.posted_on or "") < "2026-06"}
    leak = replace(found.leaks[0], share=share(len(late), 600, evidence=tuple(sorted(late))))
    vague = [one._replace(posted_precision="year") if one.key in late else one for one in rows]
    told_ = seen(replace(found, audited=replace(found.audited, breaks=()), leaks=(leak,)), vague)["worse"]
    assert [each for each in told_ if each["location"]] == []


def test_a_month_of_stars_alone_is_watched_as_one_in_which_nothing_was_said() -> None:
    found = samples.findings()
    calm = replace(found.audited, breaks=())
    spoken = replace(found.leaks[0], monthly=tuple(row for row in found.leaks[0].monthly if row[0] < "2026-05"))
    assert found.audited.monthly[-2][:1] == ("2026-05",) and found.as_of == "2026-06-30"
    assert seen(replace(found, audited=calm, leaks=(spoken,)), reviews())["worse"] == []


def test_grave_cases_of_late_without_a_reply_are_on_record_whatever_language_the_report_has() -> None:
    rows = reviews()
    ours = sorted(of(rows, US), key=lambda one: one.posted_on or "")
    old, silent, answered = ours[0], ours[-1], ours[-2]
    rows = [
        one._replace(
            reply_text="We are sorry." if one is answered else None if one in (old, silent) else one.reply_text
        )
        for one in rows
    ]
    found = samples.findings(rows, measures=measures(moments=tuple(map(moment, (old, silent, answered)))))
    assert seen(found, rows)["grave"] == [[silent.key, silent.posted_on]]
    assert sorted(told(found, rows, samples.sources(), {}).grave.values()) == [False, False, True]


def test_what_is_kept_of_an_audit_names_no_place_no_business_and_no_words() -> None:
    rows = reviews()
    kept = json.dumps(
        told(samples.findings(rows, measures=measures()), rows, samples.sources(), {"model": "m"}).plain()
    )
    assert not [name for name in (US, *THEM, *PLACES, "stay of two nights") if name in kept]
    assert '"headline"' in kept and '"rating"' in kept
