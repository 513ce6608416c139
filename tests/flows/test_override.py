"""A run that is held is let through on a person's word until its day, and not a day longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audits.checks.gate import Gate
from audits.engagement import Engagement, EngagementError, parse
from audits.report.cover import SourceLine
from audits.store import open_store
from flows.admit import taken_in
from flows.analyse import as_of
from flows.files import exported
from flows.mappings import Mappings
from flows.override import overridden
from flows.plan import planned
from spiders.items import Verdict
from tests.audits.store.conftest import ENGAGEMENT
from tests.flows.command import KEY
from tests.flows.engagements import engagement as written

HELD = Gate(
    verdict=Verdict(name="complete", scope="full", reason="All was read. 8 reviews arrived.", held=True),
    quarantined=((3, "why"),),
)
WORD = {"listing": "north", "reason": "The branch was closed.", "by": "A. Analyst", "expires": "2024-03-31"}


def engagement(tmp_path: Path, *words: dict[str, str]) -> Engagement:
    return parse(ENGAGEMENT | {"overrides": list(words)}, tmp_path / "engagement.toml")


def test_a_word_that_holds_lets_the_run_through_and_is_part_of_its_reason(tmp_path: Path) -> None:
    let = overridden(engagement(tmp_path, WORD), "north", HELD, date(2024, 3, 31))
    assert (let.held, let.verdict.name, let.quarantined) == (False, "complete", HELD.quarantined)
    assert let.verdict.reason.endswith("A. Analyst let it through until 2024-03-31: The branch was closed.")


def test_a_word_that_has_expired_holds_and_says_so(tmp_path: Path) -> None:
    still = overridden(engagement(tmp_path, WORD), "north", HELD, date(2024, 4, 1))
    assert still.held
    assert "expired on 2024-03-31" in still.verdict.reason


def test_the_latest_of_two_words_counts(tmp_path: Path) -> None:
    both = engagement(tmp_path, WORD, WORD | {"expires": "2024-05-31"})
    assert not overridden(both, "north", HELD, date(2024, 4, 1)).held


def test_a_word_for_one_listing_is_none_for_another(tmp_path: Path) -> None:
    assert overridden(engagement(tmp_path, WORD), "south", HELD, date(2024, 3, 1)) == HELD


def test_a_run_that_drifted_stays_drifted(tmp_path: Path) -> None:
    drifted = Gate(verdict=Verdict(name="drifted", scope="full", reason="No stars.", held=True))
    assert overridden(engagement(tmp_path, WORD), "north", drifted, date(2024, 3, 1)).verdict.name == "drifted"


@pytest.mark.parametrize("missing", ["reason", "by", "expires"])
def test_a_word_without_reason_name_or_day_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(EngagementError, match=missing):
        engagement(tmp_path, {name: value for name, value in WORD.items() if name != missing})


def test_a_word_for_an_unknown_listing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngagementError, match="there is no listing"):
        engagement(tmp_path, WORD | {"listing": "nrth"})


def test_an_export_with_dates_to_come_is_held_and_then_taken_in_on_a_persons_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    file = written(tmp_path)
    early = file.read_text(encoding="utf-8").replace("as_of = 2024-02-01", "as_of = 2023-12-01")
    file.write_text(early.replace("checked = 2024-02-01", "checked = 2023-12-01"), encoding="utf-8")

    def line() -> tuple[SourceLine, list[str]]:
        plan = planned(file, home=tmp_path / "home")
        with open_store(plan.settings.store_url) as store:
            store.declare(plan.engagement)
            landing = exported(plan, plan.engagement.listing("own"), Mappings())
            taken = taken_in(plan, store, plan.engagement.listing("own"), landing)[0]
            return taken, [event for _, event, _, _ in store.logged(plan.name)]

    held, logged = line()
    assert (held.held, held.assessed, "override" in logged) == (True, False, False)
    word = 'listing = "own"\nreason = "The clock of the till."\nby = "A. Analyst"\nexpires = 2999-01-01\n'
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[[overrides]]\n{word}", encoding="utf-8")
    (let, logged), again = line(), line()[0]
    assert (let.held, let.assessed, "override" in logged) == (False, True, True)
    assert let.quarantined > 0
    assert again == let


def test_a_date_to_come_in_an_export_of_an_unknown_day_is_set_aside_and_moves_no_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    file = written(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("as_of = 2024-02-01", "", 1), encoding="utf-8")
    own = tmp_path / "own.csv"
    newest, *rest = [row for row in own.read_text(encoding="utf-8").splitlines() if row.startswith("r")]
    own.write_text("\n".join(["id,date,rating,title,text", newest.replace("2024-", "2999-"), *rest]), encoding="utf-8")
    plan = planned(file, home=tmp_path / "home")
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        landing = exported(plan, plan.engagement.listing("own"), Mappings())
        line = taken_in(plan, store, plan.engagement.listing("own"), landing)[0]
        held = store.reviews(plan.name)
    assert landing.as_of is None and (line.quarantined, len(held)) == (1, 59)
    assert as_of(plan, [line], held) < "2024-02-01"
