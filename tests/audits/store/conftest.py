"""A store of one engagement, and landings to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from audits.engagement import Engagement, parse
from audits.store import open_store
from audits.store.store import Store
from spiders.items import Dated, Landing, Reply, Review, Verdict
from tests.audits.store.databases import DIALECTS, empty

ENGAGEMENT = {
    "engagement": "north-dental",
    "business": {"name": "North Dental", "industry": "clinic", "locations": ["Harbour"]},
    "competitors": [{"name": "South Dental"}],
    "listings": [
        {
            "name": slug,
            "business": business,
            "site": "sandbox",
            "way": "crawl",
            "url": f"http://127.0.0.1/biz/{slug}",
            "local": True,
        }
        for slug, business in (("north", "North Dental"), ("south", "South Dental"))
    ],
}


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A gate that lets everything through, unless a test says otherwise."""

    verdict: Verdict
    results: Sequence[tuple[str, bool, float | None]] = ()
    quarantined: Sequence[tuple[int, str]] = field(default=())


def engagement_of(folder: Path, slug: str = "north-dental") -> Engagement:
    return parse(ENGAGEMENT | {"engagement": slug}, folder / "engagement.toml")


def review(name: str = "a", **changed: object) -> Review:
    given: dict[str, object] = {
        "site": "sandbox",
        "id": name,
        "rating": 2.0,
        "title": f"Title {name}",
        "text": f"They never called me back, said {name}.",
        "posted": Dated(on="2024-01-10", precision="day", raw="10 January 2024"),
        "author_key": "0f" * 16,
    }
    return Review(**(given | changed))  # type: ignore[arg-type]  # fields vary by test


def landing(name: str = "l1", *, as_of: str | None = "2024-02-01T10:00:00Z", **changed: object) -> Landing:
    given: dict[str, object] = {
        "id": name,
        "engagement": "north-dental",
        "listing": "north",
        "site": "sandbox",
        "way": "crawl",
        "path": f"landings/{name}",
        "as_of": as_of,
        "reviews": 1,
        "rejects": 0,
        "declared_total": None,
        "average": None,
        "pages_fetched": 1,
        "pages_failed": (),
        "stop_reason": "last page",
        "verdict": Verdict(name="complete", scope="full", reason="Every review of the listing was read."),
        "parser_version": "1",
        "redactor_version": "1",
        "files": {"reviews.jsonl": "0" * 64},
    }
    return Landing(**(given | changed))  # type: ignore[arg-type]  # fields vary by test


Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
"""Reads every row of every table."""


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    """Each database that a store can lie in."""
    return str(request.param)


@pytest.fixture
def url(dialect: str, tmp_path: Path) -> Iterator[str]:
    with empty(dialect, tmp_path) as place:
        yield place


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    with open_store(url) as opened:
        opened.declare(engagement_of(tmp_path))
        yield opened


@pytest.fixture
def dump(store: Store) -> Dump:
    """Every row of every table, for comparison."""
    from sqlalchemy import select

    from audits.store.tables import metadata

    def dumped() -> dict[str, list[tuple[object, ...]]]:
        with store._engine.connect() as connection:
            return {
                name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
                for name, table in metadata.tables.items()
            }

    return dumped


def answered(text: str, on: str = "2024-01-12") -> Reply:
    return Reply(text=text, posted=Dated(on=on, precision="day", raw=on))


def ingested(store: Store, run: Landing, *reviews: Review, **gate: object) -> object:
    store.stage(run, reviews)
    return store.ingest(run, Passed(**({"verdict": run.verdict} | gate)))  # type: ignore[arg-type]  # gates vary by test
