"""ACCEPTANCE b, the part that COLLECT answers: is it everything, and has the page changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders.landing import read_reviews
from tests.spiders.bench import Answer, Bench, crawled, listing, serving


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


def test_far_fewer_reviews_than_declared_are_partial_and_the_shortfall_is_named(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(body=listing(range(18), total=4884)))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "partial"
    assert "18 of 4,884" in landing.verdict.reason


def test_a_list_that_starts_over_for_ever_ends_at_the_first_page_with_nothing_new(bench: Bench, tmp_path: Path) -> None:
    for page in range(1, 40):
        path = "/biz/a" if page == 1 else f"/biz/a?page={page}"
        bench.put(path, Answer(body=listing(range(20), total=400, after=f"/biz/a?page={page + 1}")))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("partial", 20)
    assert len(bench.asked) == 3


def test_a_next_link_to_a_page_already_read_ends_the_crawl(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(body=listing(range(20), total=40, after="/biz/a?page=2")))
    bench.put("/biz/a?page=2", Answer(body=listing(range(20, 40), total=40, after="/biz/a")))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("complete", 40)


def test_a_pinned_review_and_a_changed_page_size_lose_and_double_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(body=listing(range(20), total=45, after="/biz/a?page=2")))
    bench.put("/biz/a?page=2", Answer(body=listing([0, *range(19, 29)], total=45, after="/biz/a?page=3")))
    bench.put("/biz/a?page=3", Answer(body=listing([0, *range(29, 45)], total=45)))
    landing, _ = crawled(bench, tmp_path)
    ids = [review.id for review in read_reviews(tmp_path / "landing")]
    assert landing.verdict.name == "complete"
    assert sorted(ids, key=lambda each: int(str(each)[1:])) == [f"r{number}" for number in range(45)]


def test_cards_without_their_rating_are_a_drift_that_names_the_field(bench: Bench, tmp_path: Path) -> None:
    bench.pages(20, reviewRating=None)
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "drifted"
    assert "'rating'" in landing.verdict.reason
    assert "0 of 20" in landing.verdict.reason


def test_one_odd_card_among_many_is_a_problem_that_is_counted_and_no_drift(bench: Bench, tmp_path: Path) -> None:
    page = listing(range(20), total=20).replace(b'"ratingValue": 4}', b'"ratingValue": 9}', 1)
    bench.put("/biz/a", Answer(body=page))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "complete"
    assert landing.problems == ("rating '9' is off the scale 1-5",)


def test_no_cards_but_a_declared_total_are_a_drift_not_an_empty_listing(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(body=listing([], total=31)))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "drifted"


@pytest.mark.parametrize("total", [None, 0])
def test_a_total_of_nothing_or_the_sites_own_words_are_an_empty_listing(
    bench: Bench, tmp_path: Path, total: int | None
) -> None:
    page = listing([], total=total)
    if total is None:
        page = page.replace(b"Reviews</body>", b'<p data-state="no-reviews">No reviews yet</p></body>')
    bench.put("/biz/a", Answer(body=page))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("empty", 0)


def test_an_incremental_crawl_stops_after_one_page_of_overlap(bench: Bench, tmp_path: Path) -> None:
    bench.pages(200)
    known = tmp_path / "known"
    known.write_text("\n".join(f"r{number}" for number in range(20, 200)))
    landing, _ = crawled(bench, tmp_path, known_ids_file=str(known))
    assert (landing.verdict.name, landing.verdict.scope) == ("complete", "incremental")
    assert landing.pages_fetched == 3
    assert landing.reviews == 60, "what is known is landed too: it may have been edited"


def test_a_full_pass_reads_on_behind_what_is_known(bench: Bench, tmp_path: Path) -> None:
    bench.pages(100)
    known = tmp_path / "known"
    known.write_text("\n".join(f"r{number}" for number in range(100)))
    landing, _ = crawled(bench, tmp_path, known_ids_file=str(known), full=True)
    assert (landing.verdict.scope, landing.reviews) == ("full", 100)


def test_a_limit_of_pages_is_partial(bench: Bench, tmp_path: Path) -> None:
    bench.pages(100)
    landing, _ = crawled(bench, tmp_path, limits={"max_pages": 2})
    assert (landing.verdict.name, landing.reviews) == ("partial", 40)
    assert "limit of 2 pages" in landing.verdict.reason
