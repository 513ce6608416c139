"""ACCEPTANCE a9, a10: where a redirect, a link, a name or a start address may not lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from spiders import guard
from spiders.fetching import AddressGuard, Refused
from spiders.settings import scrapy_settings
from tests.spiders.bench import Answer, Bench, crawled, listing, serving


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:9/",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/biz/b",
        "http://[::1]:{port}/biz/b",
        "http://[::ffff:127.0.0.1]:{port}/biz/b",
        "http://2130706433:{port}/biz/b",
        "http://0x7f000001:{port}/biz/b",
        "http://example.com/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:text/html,<html>reviews</html>",
        "http://someone:word@{host}/biz/b",
    ],
)
def test_a_redirect_off_the_listing_is_refused_before_anything_is_sent(
    bench: Bench, tmp_path: Path, target: str
) -> None:
    host = bench.url.removeprefix("http://")
    to = target.replace("{host}", host).replace("{port}", host.rpartition(":")[2])
    bench.put("/biz/a", Answer(status=302, headers={"Location": to}))
    bench.put("/biz/b", Answer(body=listing(range(5), total=5)))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("failed", 0)
    assert bench.asked == ["/robots.txt", "/biz/a"]


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:text/html,<html>reviews</html>",
        "http://example.com/biz/a?page=2",
        "http://2130706433:{port}/biz/a?page=2",
        "http://someone:word@127.0.0.1:{port}/biz/a?page=2",
    ],
)
def test_10_a_link_off_the_listing_is_not_followed(bench: Bench, tmp_path: Path, link: str) -> None:
    to = link.replace("{port}", bench.url.rpartition(":")[2])
    bench.put("/biz/a", Answer(body=listing(range(20), total=40, after=to)))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("partial", 20)
    assert not [path for path in bench.asked if path not in ("/robots.txt", "/biz/a")]


@pytest.mark.parametrize(
    "target",
    [
        "https://shop.example:8443/reviews",
        "https://shop.example:22/reviews",
        "https://2130706433/reviews",
        "https://017700000001/reviews",
        "https://[::ffff:10.0.0.1]/reviews",
        "http://shop.example/reviews",
    ],
)
def test_9_10_a_public_site_cannot_send_us_to_an_odd_port_or_to_an_address_in_other_clothes(target: str) -> None:
    """Each host is one of the site's, so that it is the port or the address that is refused."""
    crawler = get_crawler(settings_dict=scrapy_settings(contact="mailto:a@example.com", local=False))
    hosts = {"shop.example", "2130706433", "017700000001", "::ffff:10.0.0.1"}
    crawler.spider = SimpleNamespace(hosts=hosts, handle_httpstatus_list=[])  # type: ignore[assignment]
    asked = Request("https://shop.example/")
    sent = Response(asked.url, status=302, headers={"Location": target}, request=asked)
    following = RedirectMiddleware.from_crawler(crawler).process_response(asked, sent)
    assert isinstance(following, Request) and following.url == target
    with pytest.raises(Refused):
        AddressGuard(crawler).process_request(following)
    AddressGuard(crawler).process_request(following.replace(url="https://shop.example/reviews"))


@pytest.mark.parametrize("hops", [5, 6, 21])
def test_five_redirects_are_followed_and_a_sixth_is_not(bench: Bench, tmp_path: Path, hops: int) -> None:
    for step in range(hops):
        bench.put(f"/biz/{step}", Answer(status=302, headers={"Location": f"/biz/{step + 1}"}))
    bench.put(f"/biz/{hops}", Answer(body=listing(range(5), total=5)))
    landing, _ = crawled(bench, tmp_path, "/biz/0")
    assert landing.verdict.name == ("complete" if hops == 5 else "failed")
    assert bench.asked == ["/robots.txt", *(f"/biz/{step}" for step in range(6))]


def test_pages_that_redirect_to_each_other_are_asked_for_once(bench: Bench, tmp_path: Path) -> None:
    bench.put("/biz/a", Answer(status=302, headers={"Location": "/biz/b"}))
    bench.put("/biz/b", Answer(status=301, headers={"Location": "/biz/a"}))
    landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "failed"
    assert bench.asked == ["/robots.txt", "/biz/a", "/biz/b"]


def test_a_start_address_is_guarded_like_any_other(bench: Bench, tmp_path: Path) -> None:
    landing, _ = crawled(bench, tmp_path, f"{bench.url}/biz/a", local=False)
    assert landing.verdict.name == "failed"
    assert "only https" in landing.verdict.reason
    assert bench.asked == []


FORBIDDEN = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "240.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_name_that_resolves_to_a_private_address_is_not_connected_to(address: str) -> None:
    assert guard.refused_address(address, local=False)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_address_is_connected_to(address: str) -> None:
    assert guard.refused_address(address, local=False) is None
    assert guard.refused_address(address, local=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/a", "https://other.example/a", "https://user@shop.example/", "https://shop.example:8443/",
        "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.0.0.1/", "https://[::1]/",
        "data:text/html,x", "https:///x", "https://shop.example@evil.example/", "https://[broken/",
    ],
)  # fmt: skip
def test_an_address_that_is_not_the_sites_is_not_asked_for(url: str) -> None:
    hosts = {"shop.example", "2130706433", "0x7f.1", "0177.0.0.1", "127.0.0.1", "::1"}
    assert guard.refused_url(url, hosts=hosts, local=False)


def test_the_sites_own_address_is_asked_for() -> None:
    assert guard.refused_url("https://shop.example/reviews?page=2", hosts={"shop.example"}, local=False) is None
    assert guard.refused_url("http://127.0.0.1:8123/biz/a", hosts={"127.0.0.1"}, local=True) is None
