"""A workspace with one landing of 1 February 2024, whose words and pages are past their time one day."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.store import open_store
from spiders.items import Dated, Page, Reply, Review, Verdict
from spiders.landing import LandingWriter, read_reviews
from tests.audits.store.conftest import Passed

FILE = """engagement = "corner-cafe"
[business]
name = "Corner Café"
industry = "restaurant"
[[listings]]
name = "own"
business = "Corner Café"
site = "sandbox"
way = "crawl"
url = "http://127.0.0.1/biz/own"
local = true
[[sources]]
site = "sandbox"
basis = "sandbox"
checked = 2024-01-01
storage = true
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace with one landing of 1 February 2024, taken in."""
    (tmp_path / "engagements").mkdir()
    (tmp_path / "engagements" / "corner-cafe.toml").write_text(FILE, encoding="utf-8")
    out = tmp_path / "landings" / "corner-cafe" / "own" / "1"
    review = Review(
        site="sandbox", id="a", rating=1.0, text="The zebra canary waited.", posted=Dated(on="2019-05-01"),
        reply=Reply(text="Sorry for the zebra canary."), content_hash="c" * 32,
    )  # fmt: skip
    with LandingWriter(out) as writer:
        writer.page(Page(url="https://x.example/1", body=b"<p>zebra canary</p>", fetched_at="2024-02-01T00:00:00Z"))
        writer.review(review)
        landing = writer.finish(workspace=tmp_path, **facts())
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        from audits.engagement import load

        store.declare(load(tmp_path / "engagements" / "corner-cafe.toml"))
        store.stage(landing, read_reviews(out))
        store.ingest(landing, Passed(verdict=landing.verdict))
    return tmp_path


def facts() -> dict[str, object]:
    verdict = Verdict(name="complete", scope="full", reason="all")
    plain = {"engagement": "corner-cafe", "listing": "own", "site": "sandbox", "way": "crawl", "verdict": verdict}
    return plain | {
        "as_of": "2024-02-01T00:00:00Z", "declared_total": 1, "average": None, "pages_fetched": 1, "pages_failed": (),
        "stop_reason": "last page", "parser_version": "1", "redactor_version": "2",
    }  # fmt: skip
