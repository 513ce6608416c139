"""An alert of a matter is told once, cools down from its end on, and is of one engagement."""

from __future__ import annotations

from datetime import date, timedelta

from audits.store import open_store
from flows.alerting import found, settled
from flows.plan import Plan
from flows.watch import EVENT
from tests.flows.test_alerts import LEAK, NOW, plan, watched

__all__ = ["plan"]


def test_an_alert_is_told_once_and_again_only_after_it_ended_and_cooled_down() -> None:
    kept, told = settled("cafe", [], [LEAK, LEAK], NOW, 28)
    assert len(kept) == len(told) == 1
    again, none = settled("cafe", kept, [LEAK], NOW + timedelta(days=1), 28)
    assert (none, again[0].id, again[0].seen_at[:10]) == ([], told[0].id, "2024-02-06")
    ended, _ = settled("cafe", again, [], NOW + timedelta(days=2), 28)
    assert ended[0].ended_at is not None
    back, none = settled("cafe", ended, [LEAK], NOW + timedelta(days=10), 28)
    assert (none, back[0].ended_at) == ([], None)
    ended, _ = settled("cafe", back, [], NOW + timedelta(days=11), 28)
    later, fresh = settled("cafe", ended, [LEAK], NOW + timedelta(days=39), 28)
    assert [each.id for each in fresh] == [later[-1].id] != [told[0].id]


def test_an_alert_that_lasted_longer_than_its_cool_down_is_quiet_for_as_long_after_its_end() -> None:
    kept, _ = settled("cafe", [], [LEAK], NOW, 28)
    ended, _ = settled("cafe", kept, [], NOW + timedelta(days=60), 28)
    for days, number in ((61, 0), (87, 0), (88, 1)):
        _, fresh = settled("cafe", ended, [LEAK], NOW + timedelta(days=days), 28)
        assert len(fresh) == number, f"back on day {days}, ended on day 60"


def test_one_matter_of_two_engagements_on_one_night_is_two_alerts_and_each_can_be_acknowledged() -> None:
    told = [settled(name, [], [LEAK], NOW, 28)[1][0].id for name in ("corner-cafe", "harbour-cafe")]
    assert told[0] != told[1]


def test_nothing_is_told_of_the_days_after_those_that_an_audit_saw(plan: Plan) -> None:
    aim = {"name": "Rating", "gap": None, "target": 4.5, "by": "2024-03-31", "reach": "not reached"}
    today, told = date(2024, 4, 20), []
    for seen in ({"as_of": "2024-03-20"}, {"as_of": "2024-04-15", "until": "2024-03-20"}, {"as_of": "2024-04-15"}):
        with open_store(plan.settings.store_url) as store:
            store.log(plan.name, EVENT, detail=watched(aims=[aim], grave=[["aa11", "2024-03-12"]], **seen))
            told.append([each.says for each in found(plan, store, today)])
    missed = "Rating 4.5 by 2024-03-31: not reached"
    unanswered = "review aa11 of 2024-03-12 is a grave case without a public reply after 34 days"
    assert told == [[], [unanswered], [unanswered, missed]]
