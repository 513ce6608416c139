"""`telltale audit` of a listing whose site is asked through its official API."""

from __future__ import annotations

import json
from pathlib import Path

from audits.store import open_store
from audits.store.records import ANY
from tests.flows.command import telltale
from tests.spiders.bench import serving
from tests.spiders.intake.test_api import GBP, HIDDEN, PLACE, answer, place, profile

ENGAGEMENT = """
engagement = "bench"
as_of = 2024-06-01
[business]
name = "Bench & Co"
industry = "restaurant"
[[listings]]
name = "own"
business = "Bench & Co"
site = "{site}"
way = "api"
address = "{address}"
url = "{url}"
local = true
[[sources]]
site = "{site}"
basis = "official api"
checked = 2024-01-01
storage = true
"""


def test_a_listing_is_asked_of_its_api_and_ends_in_a_report_that_holds_no_key(tmp_path: Path, api_url: str) -> None:
    file, home = tmp_path / "engagement.toml", tmp_path / "home"
    with serving() as bench:
        bench.put(GBP, answer(profile(range(50), 60, "t2")))
        bench.put(f"{GBP}&pageToken=t2", answer(profile(range(50, 60), 60)))
        file.write_text(
            ENGAGEMENT.format(site="googlebusinessprofile", address="accounts/1/locations/2", url=bench.url)
        )
        words = ("audit", file, "--out", home, "--json")
        ran = telltale(*words, PREFECT_API_URL=api_url, GOOGLE_BUSINESS_TOKEN=HIDDEN)
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["reviews"]) == (0, 60), told
    held = [each for each in home.rglob("*") if each.is_file()]
    assert HIDDEN not in ran.stderr and not any(HIDDEN.encode() in each.read_bytes() for each in held)


def test_an_api_whose_reviews_may_not_be_stored_leaves_counts_and_no_word(tmp_path: Path, api_url: str) -> None:
    file, home = tmp_path / "engagement.toml", tmp_path / "home"
    with serving() as bench:
        bench.put(PLACE, answer(place(5, 5)))
        file.write_text(ENGAGEMENT.format(site="googleplaces", address="ChIJ1", url=bench.url))
        ran = telltale("audit", file, "--out", home, PREFECT_API_URL=api_url, GOOGLE_PLACES_KEY=HIDDEN)
        assert bench.asked
    assert ran.returncode == 1 and "only their counts are kept" in ran.stdout + ran.stderr, ran.stderr
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        assert sum(each.reviews for each in store.aggregate("bench", "own") if each.gap == ANY) == 5
    held = [each for each in home.rglob("*") if each.is_file()]
    assert not any(b"lift was out of order" in each.read_bytes() for each in held)
