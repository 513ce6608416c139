"""The parsers find on captured pages what an independent count finds; where they differ, the reason stands here."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from spiders.items import Page, Review
from spiders.recognise import recognise
from spiders.sites import site

pytestmark = pytest.mark.needs_shared
SITES = ["amazon", "bbb", "dealerrater", "glassdoor", "schema_org", "steam", "tripadvisor", "trustpilot", "yelp"]
OURS = {
    # The page's state and its one card hold one review; its id is a place in the list, and it has no title.
    ("bbb/sociodevz-1.html", "reviews"): 1,
    ("bbb/sociodevz-1.html", "with_rating"): 1,
    ("bbb/sociodevz-1.html", "with_text"): 1,
    ("bbb/sociodevz-1.html", "with_author"): 1,
    ("bbb/sociodevz-1.html", "with_date"): 1,
    ("bbb/sociodevz-1.html", "with_id"): 0,
    ("bbb/sociodevz-1.html", "with_title"): 0,
    # The public message is the reviewer's own, under the reviewer's name.
    ("dealerrater/unmzn.html", "replies"): 0,
    ("dealerrater/urielsilva-2022-01-p4.html", "replies"): 0,
    # The dealer's message does have a date.
    ("dealerrater/urielsilva-2022-01-p2.html", "replies_dated"): 1,
    ("dealerrater/urielsilva-2022-01-p3.html", "replies_dated"): 1,
    # "Aprel" is no month: the page was broken on purpose.
    ("dealerrater/vinikira-invalid.html", "with_date"): 1,
    # Employees do not sign: what was counted is their job title, which is an attribute.
    ("glassdoor/csshlok-2025-10.html", "with_author"): 0,
    # A thumb is no star.
    ("steam/woctezuma-review_360.json", "with_rating"): 0,
    # Two of nine are another one over again: author, date, stars and words.
    **{("schema_org/averiecooks_2.testhtml", name): 7 for name in ("reviews", "with_rating", "with_text")},
    **{("schema_org/averiecooks_2.testhtml", name): 7 for name in ("with_author", "with_date")},
    # Its five reviews are microdata; the count was of JSON-LD.
    **{("schema_org/littlespicejar.testhtml", name): 5 for name in ("reviews", "with_rating", "with_text")},
    **{("schema_org/littlespicejar.testhtml", name): 5 for name in ("with_author", "with_date")},
    # Six of ten are named by their ids alone, in another language, and not rendered.
    ("tripadvisor/autopager-55-2016.html", "reviews"): 4,
    ("tripadvisor/autopager-55-2016.html", "with_id"): 4,
}
COUNTS: dict[str, Callable[[Review], bool]] = {
    "reviews": lambda review: True,
    "with_rating": lambda review: review.rating is not None,
    "with_text": lambda review: review.text is not None,
    "with_author": lambda review: review.author is not None,
    "with_date": lambda review: review.posted.on is not None,
    "with_id": lambda review: review.id is not None,
    "with_title": lambda review: review.title is not None,
    "replies": lambda review: review.reply is not None,
    "replies_dated": lambda review: review.reply is not None and review.reply.posted.on is not None,
}


def counted(reviews: tuple[Review, ...]) -> dict[str, int]:
    return {name: sum(1 for review in reviews if holds(review)) for name, holds in COUNTS.items()}


@pytest.mark.parametrize("name", SITES)
def test_a_captured_page_holds_what_was_counted_independently(shared: Path, name: str) -> None:
    folder = shared / "captures"
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened, delimiter="\t") if row["file"].startswith(f"{name}/")]
    read = 0
    for row in rows:
        if not row["reviews"]:
            continue
        page = Page(url="", body=(folder / row["file"]).read_bytes(), fetched_at=None)
        found = counted(site(name).parse(page).reviews)
        expected = {each: OURS.get((row["file"], each), int(row[each])) for each in COUNTS}
        assert found == expected, row["file"]
        held = recognise(page)
        assert held is not None or not found["reviews"], row["file"]
        assert held is None or held.name == name.replace("_", "-"), row["file"]
        read += 1
    assert read
