"""Which sources may be read today, and which may be stored: what the register of an engagement file says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audits.engagement import load, refusals
from audits.engagement.register import may_store
from tests.audits.test_engagement import GOOD, written


def test_a_source_without_a_current_register_entry_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    on = date(2024, 2, 1)
    assert refusals(load(written(tmp_path)), on) == {}
    register = GOOD.index("[[sources]]\nsite")
    without = load(written(tmp_path, GOOD[:register] + GOOD[GOOD.index("[[sources]]\nlisting") :]))
    assert list(refusals(without, on)) == ["north"]
    assert "no entry" in refusals(without, on)["north"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("storage = true\nexpires = 2024-01-31", "expired on 2024-01-31"),
        ("storage = true\nchecked = 2024-02-02", "after the date of this audit"),
    ],
)
def test_an_entry_that_does_not_hold_today_says_why(tmp_path: Path, line: str, words: str) -> None:
    text = GOOD.replace("checked = 2024-01-15\n", "", 1) if "checked" in line else GOOD
    reasons = refusals(load(written(tmp_path, text.replace("storage = true", line, 1))), date(2024, 2, 1))
    assert list(reasons) == ["north"]
    assert words in reasons["north"]


def test_an_entry_on_its_last_day_still_holds(tmp_path: Path) -> None:
    text = GOOD.replace("storage = true", "storage = true\nexpires = 2024-02-01", 1)
    assert refusals(load(written(tmp_path, text)), date(2024, 2, 1)) == {}


def test_an_entry_for_the_listing_goes_before_one_for_its_site(tmp_path: Path) -> None:
    own = '[[sources]]\nlisting = "north"\nbasis = "client export"\nchecked = 2024-02-15\nstorage = true\n'
    assert "north" in refusals(load(written(tmp_path, GOOD + own)), date(2024, 2, 1))


def test_a_source_that_forbids_storage_is_read_and_not_stored(tmp_path: Path) -> None:
    file = load(written(tmp_path, GOOD.replace("storage = true", "storage = false", 1)))
    assert refusals(file, date(2024, 2, 1)) == {}
    assert not may_store(file, file.listing("north"))


def test_the_sandbox_is_no_basis_for_a_public_address(tmp_path: Path) -> None:
    text = GOOD.replace("http://127.0.0.1:8123", "https://shop.example").replace("local = true\n", "")
    assert "sandbox" in refusals(load(written(tmp_path, text)), date(2024, 2, 1))["south"]
