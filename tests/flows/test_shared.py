"""A listing that two engagements share is asked for once a night and landed in both."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.plan import planned
from flows.shared import fetched_tonight
from spiders.landing import read_landing, read_pages, read_reviews
from tests.flows.command import telltale
from tests.flows.test_collect import engagement
from tests.spiders.bench import serving


def test_the_second_engagement_reads_the_pages_of_the_first_under_its_own_key(tmp_path: Path, api_url: str) -> None:
    with serving() as bench:
        bench.pages(60)
        home, files = tmp_path / "home", []
        for name in ("first", "second"):
            (tmp_path / name).mkdir()
            file = engagement(tmp_path / name, bench)
            file.write_text(file.read_text().replace('"bench"', f'"{name}"'))
            files.append(file)
        asked = []
        for file in files:
            ran = telltale("collect", file, "--out", home, "--json", PREFECT_API_URL=api_url)
            [row] = json.loads(ran.stdout)["listings"]
            assert (ran.returncode, row["verdict"], row["scope"], row["reviews"]) == (0, "complete", "full", 60), ran
            asked.append([path for path in bench.asked if path != "/robots.txt"])
            bench.asked.clear()
    assert (len(asked[0]), asked[1]) == (3, [])
    first, second = (next((home / "landings" / name / "a").iterdir()) for name in ("first", "second"))
    pages = [[(page.sha256, page.fetched_at) for _, page in read_pages(each)] for each in (first, second)]
    assert pages[0] == pages[1]
    assert read_landing(first).id != read_landing(second).id
    keys = [{review.author_key for review in read_reviews(each)} for each in (first, second)]
    assert not keys[0] & keys[1]

    mine, theirs = (planned(file, home=home) for file in files)
    now = datetime.now(UTC)
    assert fetched_tonight(theirs, theirs.engagement.listing("a"), now) == first
    assert fetched_tonight(mine, mine.engagement.listing("a"), now) is None  # its own landing is not another's
    assert fetched_tonight(theirs, theirs.engagement.listing("a"), now + timedelta(days=1)) is None
