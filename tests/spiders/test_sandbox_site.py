"""The sandbox's pages, as a crawler meets them over real HTTP on loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen
from urllib.robotparser import RobotFileParser

import pytest
from bs4 import BeautifulSoup

from spiders.sandbox.server import Sandbox, serve
from spiders.sandbox.truth import demo, truth


@pytest.fixture(scope="module")
def site() -> Iterator[Sandbox]:
    with serve(seed=7) as running:
        yield running


def fetched(url: str) -> bytes:
    with urlopen(url, timeout=10) as response:
        body: bytes = response.read()
    return body


def embedded(body: bytes) -> dict[str, Any]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body.decode(), re.S)
    found: dict[str, Any] = json.loads(script)
    return found


def pages(site: Sandbox, slug: str) -> list[bytes]:
    path, bodies = f"/biz/{slug}", []
    while path:
        bodies.append(fetched(site.url + path))
        following = BeautifulSoup(bodies[-1], "lxml").find("link", rel="next")
        path = following["href"] if following else ""
    return bodies


@pytest.mark.parametrize("slug", [business.plan.slug for business in truth(7).businesses if business.reviews])
def test_the_pages_hold_every_review_exactly_once_newest_first(site: Sandbox, slug: str) -> None:
    bodies = pages(site, slug)
    found = [review for body in bodies for review in embedded(body)["review"]]
    assert [review["@id"] for review in found] == [review.id for review in site.truth.business(slug).reviews]
    assert all(len(embedded(body)["review"]) == 20 for body in bodies[:-1])
    dates = [review["datePublished"] for review in found]
    assert dates == sorted(dates, reverse=True)
    assert embedded(bodies[0])["aggregateRating"]["reviewCount"] == len(found) == len({one["@id"] for one in found})


def test_a_page_carries_everything_that_is_true_of_its_reviews(site: Sandbox) -> None:
    found = {one["@id"]: one for body in pages(site, demo().audited.slug) for one in embedded(body)["review"]}
    for review in site.truth.business(demo().audited.slug).reviews:
        shown = found[review.id]
        assert (shown.get("name"), shown.get("reviewBody")) == (review.title, review.text)
        assert shown["itemReviewed"]["name"] == review.location
        ratings = shown["reviewRating"] if isinstance(shown["reviewRating"], list) else [shown["reviewRating"]]
        assert ratings[0]["ratingValue"] == review.rating
        assert {part["reviewAspect"]: part["ratingValue"] for part in ratings[1:]} == dict(review.subratings)
        facts = {part["name"]: part["value"] for part in shown["additionalProperty"]}
        assert facts.get("invited") == review.invited and facts.get("verified") == review.verified
        assert facts.get("experienced") == review.experienced
        reply = review.reply and (review.reply.text, review.reply.posted_on)
        assert reply == ((shown["comment"]["text"], shown["comment"]["datePublished"]) if "comment" in shown else None)


def test_what_a_person_sees_is_what_the_embedded_data_says(site: Sandbox) -> None:
    body = fetched(f"{site.url}/biz/tamsin-and-rook?page=2")
    cards = BeautifulSoup(body, "lxml").find_all("article", attrs={"data-review-id": True})
    assert [card["data-review-id"] for card in cards] == [review["@id"] for review in embedded(body)["review"]]
    for card, review in zip(cards, embedded(body)["review"], strict=True):
        shown = card.find(class_="body")
        assert (shown.get_text(" ").split() if shown else []) == review.get("reviewBody", "").split()


def test_the_same_seed_serves_the_same_bytes_on_any_port(site: Sandbox) -> None:
    with serve(seed=7) as other, serve(seed=11) as third:
        assert other.url != site.url
        path = "/biz/hallowby-dental?page=3"
        assert fetched(other.url + path) == fetched(site.url + path) != fetched(third.url + path)


def test_the_edited_site_is_served_beside_the_first(site: Sandbox) -> None:
    with serve(seed=7, edited=True) as edited:
        found = {one["@id"]: one for body in pages(edited, demo().audited.slug) for one in embedded(body)["review"]}
    changed = {edit.review for edit in edited.truth.edits if edit.what != "vanished"}
    assert {name for name, review in found.items() if "dateModified" in review} == changed
    assert len(found) == len(site.truth.business(demo().audited.slug).reviews) - 2


def test_robots_allow_the_listings_and_close_the_members_pages(site: Sandbox) -> None:
    rules = RobotFileParser()
    rules.parse(fetched(f"{site.url}/robots.txt").decode().splitlines())
    assert rules.can_fetch("anyone", f"{site.url}/biz/vellmoor-hotels")
    assert not rules.can_fetch("anyone", f"{site.url}/private/me")
    assert b"signed-in" in fetched(f"{site.url}/private/me")
    assert site.asked[-1] == "/private/me"


def test_a_hostile_review_is_text_and_never_markup(site: Sandbox) -> None:
    body = pages(site, "copper-samphire")[-1]
    assert b"<script>alert" not in body
    assert "</" not in re.findall(r"ld\+json\">(.*?)</script>", body.decode(), re.S)[0]
    assert any("<script>alert('soup')</script>" in one.get("reviewBody", "") for one in embedded(body)["review"])
    assert "{{7*7}}" in BeautifulSoup(body, "lxml").find("article").parent.get_text()


def test_an_empty_business_says_that_it_has_no_reviews(site: Sandbox) -> None:
    (body,) = pages(site, "pender-lane-locks")
    assert b'data-state="no-reviews"' in body
    assert embedded(body)["review"] == []
    assert "aggregateRating" not in embedded(body)


@pytest.mark.parametrize("path", ["/biz/nobody", "/biz/ostrey-house?page=99", "/biz/ostrey-house?page=0", "/elsewhere"])
def test_what_does_not_exist_is_a_404(site: Sandbox, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        fetched(site.url + path)


def test_a_review_has_a_page_of_its_own(site: Sandbox) -> None:
    review = site.truth.business("ostrey-house").reviews[5]
    (shown,) = embedded(fetched(f"{site.url}/review/{review.id}"))["review"]
    assert shown["@id"] == review.id


def test_the_module_serves_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "spiders.sandbox", "--seed", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert b"Vellmoor" in fetched(url)
        os.kill(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")
