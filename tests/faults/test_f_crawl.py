"""ACCEPTANCE f42, f44 over a crawl: names stand in the stored pages alone, go from there, and do not come back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from audits.store import open_store
from flows.admit import admitted
from flows.console import Stage
from flows.crawling import crawled
from flows.erase import forgotten, person
from flows.hosts import Hosts
from flows.plan import Plan, planned
from spiders.items import Landing
from spiders.landing import MANIFEST, read_landing, read_pages
from tests.flows.command import KEY, telltale
from tests.flows.test_collect import engagement
from tests.flows.test_persons import PERSON, where
from tests.spiders.bench import Answer, Bench, listing, serving

SAID = "zebra banquet"


def put(bench: Bench) -> None:
    """Two pages of reviews; the person wrote the fourth."""
    for path, ids, after in (("/biz/a", range(20), "/biz/a?page=2"), ("/biz/a?page=2", range(20, 40), None)):
        body = listing(ids, total=40, after=after).replace(b"Person3 Somebody", PERSON.encode())
        bench.put(path, Answer(body=body.replace(b"on visit 3.", f"at the {SAID}.".encode())))


def taken(plan: Plan, landing: Landing) -> list[str]:
    """The ids of the reviews that are held once the landing was checked and taken in."""
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        admitted.fn(plan, store, [landing], {}, Stage("check"))
        return sorted(store.known_ids(plan.name, "a"))


def test_42_44_a_crawl_tells_nobody_and_who_is_forgotten_is_gone_from_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    home = tmp_path / "home"
    with serving() as bench:
        put(bench)
        file = engagement(tmp_path, bench)
        loud = {"PREFECT_LOGGING_LEVEL": "DEBUG", "PREFECT_LOGGING_ROOT_LEVEL": "DEBUG"}
        ran = telltale("collect", file, "--out", home, **loud)
        assert ran.returncode == 0, ran.stderr
        assert_quiet(home, ran.stdout + ran.stderr)
        plan = planned(file, home=home, full=True)
        (place,) = [each.parent for each in home.glob(f"landings/bench/a/*/{MANIFEST}")]
        assert len(taken(plan, read_landing(place))) == 40
        assert [each for each in where(home, PERSON) if not each.endswith("pages.warc.gz")] == []
        assert where(home, PERSON) and where(home, SAID), "the canaries are there"

        with open_store(plan.settings.store_url) as store:
            who = person(plan, store, name=PERSON, review=None, reason="asked")
            done = forgotten(plan, store, who, by="dpo")
        assert (done.reviews, done.pages) == (1, 1)
        assert where(home, PERSON) == [] and where(home, SAID) == []
        assert len(read_landing(place).files) == 3, "the digests are those of the files as they are now"
        assert [page.url for _, page in read_pages(place)] == [f"{bench.url}/biz/a?page=2"]

        with open_store(plan.settings.store_url) as store:
            again = crawled(plan, store, plan.engagement.listing("a"), Hosts(home / "locks", 600.0))
        assert where(home, PERSON), "the site still shows her"
        assert len(taken(plan, again)) == 39
    assert where(home, PERSON) == [] and where(home, SAID) == []


def assert_quiet(home: Path, printed: str) -> None:
    """Nothing that was read is in what was printed, in a log, or in any table of Prefect's own database."""
    (history,) = (home / "prefect").glob("*.db")
    with sqlite3.connect(history) as connection:
        told = printed + "\n".join(connection.iterdump())
    told += "".join(each.read_text(errors="replace") for each in (home / "prefect").rglob("*.log"))
    for canary in (PERSON, "Fenwright", SAID, "lift was out of order", KEY):
        assert canary not in told
