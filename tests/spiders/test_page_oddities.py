"""What pages do that is allowed and easily read wrong, as a crawl meets it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from spiders.intake import warc as warc_intake
from spiders.intake.saved import Saved
from spiders.items import Page
from spiders.landing import LandingWriter, read_pages, read_reviews
from spiders.sites import site
from tests.spiders.bench import Answer, Bench, card, crawled, listing, serving
from tests.spiders.intake.saving import ADDRESS, warc

MARK = b"PUT THE WORDS HERE"


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


def in_encoding(words: str, encoding: str) -> bytes:
    """A page of one review whose words alone are not ASCII, and that does not say in which encoding they are."""
    return listing([1], total=1, reviewBody=MARK.decode()).replace(MARK, words.encode(encoding))


@pytest.mark.parametrize(
    ("encoding", "words"), [("windows-1251", "Очень плохо"), ("Shift_JIS", "ひどいサービス"), ("iso-8859-2", "źle")]
)
def test_an_encoding_that_the_header_alone_names_is_read_now_and_when_the_page_is_read_again(
    bench: Bench, tmp_path: Path, encoding: str, words: str
) -> None:
    bench.put("/biz/a", Answer(body=in_encoding(words, encoding), kind=f"text/html; charset={encoding}"))
    crawled(bench, tmp_path)
    [held] = read_reviews(tmp_path / "landing")
    [(_, page)] = read_pages(tmp_path / "landing")
    [again] = site("sandbox").parse(page).reviews
    assert (held.text, again.text) == (words, words)


def test_the_encoding_of_a_captured_page_stays_with_it(tmp_path: Path) -> None:
    body = in_encoding("Очень плохо", "windows-1251")
    file = tmp_path / "saved.warc"
    file.write_bytes(warc({ADDRESS: body}, kind="text/html; charset=windows-1251"))
    [found] = [each for each in warc_intake.read(file, "saved.warc") if isinstance(each, Saved)]
    with LandingWriter(tmp_path / "landing") as writer:
        writer.page(found.page)
    [(_, page)] = read_pages(tmp_path / "landing")
    assert [each.text for each in site("sandbox").parse(page).reviews] == ["Очень плохо"]


@pytest.mark.parametrize("ampersand", ["&amp;", "&#038;", "&#38;", "&#x26;", "&"])
def test_the_next_page_is_found_however_its_address_spells_the_ampersand(
    bench: Bench, tmp_path: Path, ampersand: str
) -> None:
    bench.put("/biz/a", Answer(body=listing(range(20), total=40, after=f"/biz/a?by=day{ampersand}page=2&copy=1")))
    bench.put("/biz/a?by=day&page=2&copy=1", Answer(body=listing(range(20, 40), total=40)))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("complete", 40)


@pytest.mark.parametrize("base", ["/en/", "{url}/en/x", "../en/"])
def test_a_relative_next_page_counts_from_the_base_that_the_page_names(bench: Bench, tmp_path: Path, base: str) -> None:
    head = f'<head><base href="{base.format(url=bench.url)}">'.encode()
    first = listing(range(20), total=40, after="reviews?page=2").replace(b"<head>", head)
    bench.put("/biz/a", Answer(body=first))
    bench.put("/en/reviews?page=2", Answer(body=listing(range(20, 40), total=40)))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("complete", 40)


@pytest.mark.parametrize("before", ['title="Page 2 >"', "title='<< 1 | 2 >>'", 'data-go="() => it\'s"'])
def test_the_next_page_is_found_behind_an_attribute_with_a_bracket_in_it(
    bench: Bench, tmp_path: Path, before: str
) -> None:
    first = listing(range(20), total=40, after="/biz/a?page=2").replace(b"<link rel", f"<link {before} rel".encode())
    bench.put("/biz/a", Answer(body=first))
    bench.put("/biz/a?page=2", Answer(body=listing(range(20, 40), total=40)))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("complete", 40)


def test_a_next_link_that_leads_to_something_else_is_where_the_list_ends(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(body=listing(range(5), total=5, after="/biz/b")))
    other = listing(range(5, 12), total=7, after="/biz/c").replace(b"Bench & Co", b"Another & Sons")
    bench.put("/biz/b", Answer(body=other))
    landing, _ = crawled(bench, tmp_path, site="schema-org")
    assert (landing.verdict.name, landing.reviews, bench.asked[1:]) == ("complete", 5, ["/biz/a", "/biz/b"])
    assert any("of another business" in each for each in landing.problems)


@pytest.mark.parametrize("named", [b"Bench & Co", b"BENCH  &amp; CO", b"Bench & Co, page 2"])
def test_the_pages_of_one_list_may_name_it_a_little_differently(bench: Bench, tmp_path: Path, named: bytes) -> None:
    bench.put("/biz/a", Answer(body=listing(range(20), total=40, after="/biz/a?page=2")))
    bench.put("/biz/a?page=2", Answer(body=listing(range(20, 40), total=40).replace(b"Bench & Co", named)))
    landing, _ = crawled(bench, tmp_path, site="schema-org")
    assert (landing.verdict.name, landing.reviews) == ("complete", 40)


def cards(names: Iterable[str], first: int, after: str = "") -> Answer:
    """A page with one review for each `@id`, by people numbered from the first."""
    held = [card(first + each, **{"@id": name}) for each, name in enumerate(names)]
    state = json.dumps({"@type": "LocalBusiness", "name": "Bench & Co", "review": held})
    link = f'<link rel="next" href="{after}">' if after else ""
    return Answer(body=f'<html>{link}<script type="application/ld+json">{state}</script></html>'.encode())


@pytest.mark.parametrize("name", ["https://shop.example/r/{}#review", "/r/{}/reviews/", "_:b{}"])
def test_reviews_whose_ids_end_alike_or_are_numbered_page_by_page_are_all_kept(
    bench: Bench, tmp_path: Path, name: str
) -> None:
    own = 0 if name.startswith("_:") else 5
    bench.put("/biz/a", cards([name.format(each) for each in range(5)], 0, after="/biz/a?page=2"))
    bench.put("/biz/a?page=2", cards([name.format(own + each) for each in range(5)], 5))
    landing, _ = crawled(bench, tmp_path, site="schema-org")
    assert (landing.verdict.name, landing.reviews) == ("complete", 10)


@pytest.mark.parametrize(("name", "step"), [("#review-{}", 0), ("/biz/a#Review{}", 0), ("comment_{}", 5)])
def test_ids_that_only_count_the_reviews_of_a_page_or_of_the_list_are_none(
    bench: Bench, tmp_path: Path, name: str, step: int
) -> None:
    bench.put("/biz/a", cards([name.format(each) for each in range(5)], 0, after="/biz/a?page=2"))
    bench.put("/biz/a?page=2", cards([name.format(step + each) for each in range(5)], 5))
    landing, _ = crawled(bench, tmp_path, site="schema-org")
    assert (landing.verdict.name, landing.reviews) == ("complete", 10)
    assert all(each.weak_id for each in read_reviews(tmp_path / "landing"))


def test_reviews_that_share_an_id_in_another_form_are_all_kept_and_the_crawl_is_not_complete(
    bench: Bench, tmp_path: Path
) -> None:
    bench.put("/biz/a", cards(["#first", "#second", "#third"], 0, after="/biz/a?page=2"))
    bench.put("/biz/a?page=2", cards(["#first", "#second", "#third"], 3))
    landing, _ = crawled(bench, tmp_path, site="schema-org")
    assert (landing.verdict.name, landing.reviews) == ("partial", 6)
    assert "3 of them under an id that another review has" in landing.verdict.reason


@pytest.mark.parametrize(
    ("told", "average"),
    [({"ratingValue": 8.2, "bestRating": 10}, 4.2), ({"ratingValue": "82", "bestRating": 100, "worstRating": 0}, 4.28)],
)
def test_the_average_of_a_site_that_rates_to_ten_is_on_one_to_five_as_its_reviews_are(
    told: dict[str, object], average: float
) -> None:
    thing = {"@type": "Hotel", "name": "Inn", "aggregateRating": {**told, "reviewCount": 1}, "review": [card(1)]}
    body = f'<script type="application/ld+json">{json.dumps(thing)}</script>'.encode()
    assert site("schema-org").parse(Page(url="https://inn.example/", body=body, fetched_at=None)).average == average
