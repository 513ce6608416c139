"""What is known of a site is dated, linked and printed; what is not known is called unknown."""

from __future__ import annotations

import json

import pytest

from flows.commands import sites as command
from spiders.facts import UNKNOWN, Facts, facts, named, told
from spiders.sites import all_sites, site


def test_every_fact_about_robots_says_what_and_when() -> None:
    for name in named():
        known = facts(name)
        if known.robots != UNKNOWN:
            assert known.robots_says != UNKNOWN and known.robots_as_of != UNKNOWN, name
        assert known.as_of != UNKNOWN, name
        assert all(
            value.startswith("https://")
            for key, value in told(known).items()
            if key.endswith("_link") and value != UNKNOWN
        )


def test_no_site_lets_a_crawl_in_where_robots_txt_keeps_it_out() -> None:
    crawled = {name for name, each in all_sites().items() if "crawl" in each.ways}
    assert crawled and not [name for name in crawled if facts(name).robots == "closed"]


def test_a_site_of_which_nothing_is_known_says_so() -> None:
    assert facts("no-such-site") == Facts()
    assert set(told(Facts()).values()) == {UNKNOWN}


def test_a_closed_way_names_the_open_ones_and_what_they_need() -> None:
    said = site("googlebusinessprofile").other_ways("crawl")
    assert "api (its key in GOOGLE_BUSINESS_PROFILE_TOKEN)" in said and "capture" in said
    assert "export" in site("googlemaps").other_ways("crawl")


def test_the_card_of_a_site_has_every_fact_and_fits_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(as_json=False, name="googleplay") == 0
    card = capsys.readouterr().out
    assert all(
        part in card for part in ("open", "2024-05", "no: recent ratings weigh more", "In-App Review API", UNKNOWN)
    )
    assert command.run(as_json=False) == 0
    table = capsys.readouterr().out
    assert len(table.splitlines()) <= 40 and all(name in table for name in all_sites())
    assert max(len(line) for line in (card + table).splitlines()) <= 120


def test_a_program_gets_the_facts_and_an_unknown_site_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(as_json=True, name="houzz") == 0
    assert json.loads(capsys.readouterr().out)["facts"]["robots"] == "open"
    assert command.run(as_json=False, name="houz") == 1
    assert "did you mean 'houzz'?" in capsys.readouterr().err
