"""How long 100,000 reviews take to be staged, checked and ingested, twice, and how much memory that holds."""

from __future__ import annotations

import os
import resource
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, make_url, text

from audits.checks import check, marks
from audits.engagement import parse
from audits.store import open_store
from spiders.items import Dated, Landing, Reply, Review, Verdict

REVIEWS = 100_000
SERVER = "TELLTALE_TEST_POSTGRES"
WORDS = "I waited an hour for the cab and nobody told me that it had been cancelled, then the desk blamed the driver. "


def printed() -> None:
    """A line a database: seconds of the first and of the second ingest, of the checks, and the peak of memory."""
    with TemporaryDirectory() as folder:
        _measured("sqlite", f"sqlite:///{Path(folder) / 'store.db'}")
    server = os.environ.get(SERVER)
    if not server:
        print(f'postgresql  not measured: eval "$(.ci/postgres start)" sets {SERVER}')
        return
    with _schema(server) as url:
        _measured("postgresql", url)


def _measured(name: str, url: str) -> None:
    with open_store(url) as store:
        store.declare(parse(ENGAGEMENT, Path("engagement.toml")))
        began = time.process_time()
        took: dict[str, list[float]] = {"stage": [], "check": [], "ingest": []}
        for month in ("02", "03"):
            landing = _landing(month)
            took["stage"].append(-time.perf_counter())
            rows = store.stage(landing, _reviews(), marks)
            took["stage"][-1] += time.perf_counter()
            took["check"].append(-time.perf_counter())
            gate = check(landing, rows, store.history("bench", "own"))
            took["check"][-1] += time.perf_counter()
            del rows
            before = _peak()
            took["ingest"].append(-time.perf_counter())
            store.ingest(landing, gate)
            took["ingest"][-1] += time.perf_counter()
        held = len(store.reviews("bench"))
    print(
        f"{name:<11} {held:,} reviews · first: stage {took['stage'][0]:.1f} s, ingest {took['ingest'][0]:.1f} s · "
        f"second: stage {took['stage'][1]:.1f} s, ingest {took['ingest'][1]:.1f} s · checks {took['check'][0]:.1f} s "
        f"(with the library's import), {took['check'][1]:.1f} s · peak {before} MB before the last ingest, "
        f"{_peak()} MB at the end · {time.process_time() - began:.0f} s of this process's CPU in all"
    )


def _reviews() -> Iterator[Review]:
    for number in range(REVIEWS):
        day = f"20{10 + number % 14:02}-{1 + number % 12:02}-{1 + number % 28:02}"
        reply = Reply(text=f"We are sorry, case {number}.", posted=Dated(on=day, precision="day", raw=day))
        yield Review(
            site="bench",
            id=f"r{number}",
            rating=float(1 + number % 5),
            rating_raw=str(1 + number % 5),
            title=f"Cab number {number}",
            text=WORDS * (1 + number % 4) + str(number),
            posted=Dated(on=day, precision="day", raw=day),
            author_key=f"{number:032x}",
            language="en",
            reply=reply if number % 4 == 0 else None,
        )


def _landing(month: str) -> Landing:
    return Landing(
        id=f"bench-{month}",
        engagement="bench",
        listing="own",
        site="bench",
        way="crawl",
        path="nowhere",
        as_of=f"2024-{month}-01T10:00:00Z",
        reviews=REVIEWS,
        rejects=0,
        declared_total=REVIEWS,
        average=3.0,
        pages_fetched=1,
        pages_failed=(),
        stop_reason="last page",
        verdict=Verdict(name="complete", scope="full", reason="Every review of the listing was read."),
        parser_version="1",
        redactor_version="1",
        files={},
    )


ENGAGEMENT = {
    "engagement": "bench",
    "business": {"name": "Bench Cabs", "industry": "taxi"},
    "listings": [
        {"name": "own", "business": "Bench Cabs", "site": "bench", "way": "crawl", "url": "https://bench.example/own"},
    ],
}


@contextmanager
def _schema(server: str) -> Iterator[str]:
    name = f"bench_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    url = make_url(server).update_query_dict({"options": f"-csearch_path={name}"})
    try:
        yield url.render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


def _peak() -> int:
    """The most memory that this process has held, in MB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held // 1024 if sys.platform == "linux" else held // 1024 // 1024
