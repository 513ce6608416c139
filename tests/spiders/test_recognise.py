"""A page's site is known by its address, by the address it names itself, or by what stands in it."""

from __future__ import annotations

import pytest

from spiders.items import Page
from spiders.recognise import recognise
from spiders.site import Site
from spiders.sites import site


class Anywhere(Site):
    name, title, domains = "anywhere", "Anywhere", ("anywhere.*", "reviews.example.com")

    def parse(self, page: Page):  # type: ignore[no-untyped-def]  # never called
        raise NotImplementedError


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://www.anywhere.com/x", True),
        ("https://anywhere.co.uk/x", True),
        ("http://de.anywhere.ch", True),
        ("https://reviews.example.com/a?b", True),
        ("https://eu.reviews.example.com/", True),
        ("https://www.example.com/reviews", False),
        ("https://nowhere.com/anywhere.com", False),
        ("https://anywhere.evil.example.org/", False),
        ("https://notanywhere.com/", False),
        ("anywhere.com", False),
        ("", False),
    ],
)
def test_an_address_belongs_to_the_site_whose_domain_it_is_under(url: str, home: bool) -> None:
    assert Anywhere().at_home(url) is home


def test_a_page_with_schema_org_reviews_that_no_site_knows_is_read_by_the_one_that_reads_any() -> None:
    body = b'<script type="application/ld+json">{"@type":"Review","author":"A","reviewBody":"b"}</script>'
    assert recognise(Page(url="https://shop.example/", body=body, fetched_at=None)) is site("schema-org")


def test_a_page_that_nothing_tells_apart_is_not_recognised() -> None:
    assert recognise(Page(url="", body=b"<html><body>Hello</body></html>", fetched_at=None)) is None
