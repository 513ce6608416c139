"""An alert of a matter is told once, cools down from its end on, and is of one engagement."""

from __future__ import annotations

from datetime import timedelta

from flows.alerting import settled
from tests.flows.test_alerts import LEAK, NOW


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
