"""What may be fetched and what arrived whole, at each edge of each rule."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from spiders import guard

HOSTS = {"shop.example", "10.0.0.1", "93.184.216.34", "2130706433", "0x7f000001", "0X7F.0.0.1", "017700000001", "127.1"}
LOCAL = {"127.0.0.1", "localhost", "::1"}


def refused(url: str) -> str | None:
    return guard.refused_url(url, hosts=HOSTS, local=False)


def refused_here(url: str) -> str | None:
    return guard.refused_url(url, hosts=LOCAL, local=True)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://shop.example/", "only https may be read, not http:"),
        ("//shop.example/", "only https may be read, not nothing:"),
        ("file:///etc/passwd", "only https may be read, not file:"),
        ("https://someone@shop.example/", "an address may not carry a user name"),
        ("https://:word@shop.example/", "an address may not carry a user name"),
        ("https://other.example/", "other.example is not one of this site's hosts (017700000001"),
        ("https:///path", "no host is not one of this site's hosts"),
        ("https://shop.example:8443/", "port 8443 is not the port of a public site"),
        ("https://shop.example:99999/", "it is not a web address"),
        ("https://10.0.0.1/", "10.0.0.1 is not a public address"),
        ("https://2130706433/", "2130706433 is an address written as a number"),
        ("https://0x7f000001/", "0x7f000001 is an address written as a number"),
        ("https://017700000001/", "017700000001 is an address written as a number"),
        ("https://127.1/", "127.1 is an address written as a number"),
    ],
)
def test_an_address_is_refused_with_its_reason(url: str, why: str) -> None:
    said = refused(url)
    assert said is not None and said.startswith(why)


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/", "https://shop.example:443/", "https://SHOP.example./a?b=1", "https://93.184.216.34/",
    ],
)  # fmt: skip
def test_the_sites_own_addresses_are_not_refused(url: str) -> None:
    assert refused(url) is None


def test_the_hosts_are_named_in_order() -> None:
    said = guard.refused_url("https://x.example/", hosts={"b.example", "a.example"}, local=False)
    assert said == "x.example is not one of this site's hosts (a.example, b.example)"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "https://localhost/", "http://[::1]:99/"])
def test_a_local_listing_may_be_read_on_any_port(url: str) -> None:
    assert refused_here(url) is None


def test_a_local_listing_is_on_this_machine() -> None:
    assert refused_here("ftp://127.0.0.1/") == "only http and https may be read, not ftp:"
    away = guard.refused_url("http://93.184.216.34/", hosts={"93.184.216.34"}, local=True)
    assert away == "93.184.216.34 is not on this machine, and the listing is marked local"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "169.254.169.254", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "ff02::1",
        "ff0e::1", "fe80::1%eth0", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2001:0:0a00:1:0:0:a247:28dd",
        "4000::1", "not an address", "",
    ],
)  # fmt: skip
def test_what_is_not_a_public_address_is_refused(address: str) -> None:
    assert guard.refused_address(address, local=False)


def test_the_reason_names_the_address_as_it_was_given() -> None:
    assert guard.refused_address("::ffff:10.0.0.1", local=False) == "::ffff:10.0.0.1 is not a public address"
    assert guard.refused_address("x", local=False) == "'x' is not an address"
    assert (
        guard.refused_address("8.8.8.8", local=True)
        == "8.8.8.8 is not on this machine, and the listing is marked local"
    )


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_address_is_not_refused(address: str) -> None:
    assert guard.refused_address(address, local=False) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_loopback_is_not_refused_for_a_local_listing(address: str) -> None:
    assert guard.refused_address(address, local=True) is None


def test_what_an_address_carries_is_looked_at() -> None:
    def carried(text: str) -> list[str]:
        return [str(each) for each in guard._inside(guard.ipaddress.ip_address(text))]

    assert carried("93.184.216.34") == []
    assert carried("2606:2800::1") == []
    assert carried("::ffff:10.0.0.1") == ["10.0.0.1"]
    assert carried("2002:a00:1::") == ["10.0.0.1"]
    assert carried("2001:0:5db8:d822:0:0:f5ff:fffe") == ["93.184.216.34", "10.0.0.1"]


def raw_deflate(body: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(body) + made.flush()


PACKED: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", lambda body: bytes(brotli.compress(body, quality=1))),
    ("zstd", zstandard.ZstdCompressor().compress),
]
SMALL = b"<html>a page</html>"
LARGE = random.Random(3).randbytes(5 << 18)
"""More than is unpacked in one piece."""


@pytest.mark.parametrize(("encoding", "packed"), PACKED)
@pytest.mark.parametrize("body", [SMALL, LARGE], ids=["small", "large"])
def test_a_whole_body_is_whole_and_a_cut_or_broken_one_is_not(
    encoding: str, packed: Callable[[bytes], bytes], body: bytes
) -> None:
    whole = packed(body)
    assert not guard.cut_off(whole, encoding)
    assert guard.cut_off(whole[:-1], encoding)
    assert guard.cut_off(whole[: len(whole) // 2], encoding)
    assert guard.cut_off(b"", encoding)
    assert guard.cut_off(b"\xff no such stream " * 9, encoding)


@pytest.mark.parametrize(("encoding", "packed"), PACKED)
def test_a_bomb_is_not_unpacked_to_its_end(
    encoding: str, packed: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = packed(LARGE[:300_000])
    assert guard.cut_off(whole[:-1], encoding)
    assert (guard._PIECE, guard._FEED) == (1 << 20, 256), "no more than this is in memory before it is measured"
    monkeypatch.setattr(guard, "DOWNLOAD_MAXSIZE", 200_000)
    monkeypatch.setattr(guard, "_PIECE", 60_000)
    assert not guard.cut_off(whole[:-1], encoding), "left to the limit on size before its missing end is found"


def test_an_encoding_that_is_none_is_not_cut_off() -> None:
    assert not guard.cut_off(SMALL, "")
    assert not guard.cut_off(SMALL, "identity")
    assert not guard.cut_off(SMALL, "zzz")


def test_matches_far_back_in_the_stream_and_names_from_a_header_are_read() -> None:
    far = LARGE[:20_000]
    for encoding, packed in PACKED:
        heard = encoding.encode().decode()  # another object than the name in the code
        assert not guard.cut_off(packed(far + far), heard)
        assert guard.cut_off(packed(far + far)[:-1], heard)


def test_the_zone_of_an_address_is_not_part_of_it() -> None:
    assert guard.refused_address("2606:2800:220:1:248:1893:25c8:1946%eth0", local=False) is None
    assert guard.refused_address("::1%8.8.8.8", local=False)


def test_a_page_without_its_end_is_cut_off() -> None:
    assert guard.unclosed(b"<html><body>half", "text/html; charset=utf-8")
    assert guard.unclosed(b"</html>" + b"x" * 5000, "TEXT/HTML")
    assert not guard.unclosed(b"<html></HTML \n>" + b" " * 4000, "text/html")
    assert not guard.unclosed(b"</html>" + b"x" * (4096 - 7), "text/html")
    assert guard.unclosed(b"</html>" + b"x" * (4096 - 6), "text/html")
    assert not guard.unclosed(b'{"reviews": []', "application/json")


def test_a_web_page_is_no_robots_file() -> None:
    assert guard.no_robots(b"<html>Not found</html>")
    assert guard.no_robots(b"\xef\xbb\xbf \n<!doctype html>")
    assert not guard.no_robots(b"")
    assert not guard.no_robots(b"Sitemap: https://shop.example/sitemap.xml\n")
    assert not guard.no_robots(b"User-agent: *\nDisallow: /<a>\n")
    assert not guard.no_robots(b"<pre>\nUSER-AGENT: *\nDisallow: /\n</pre>")


def test_the_host_of_an_address_is_without_port_case_and_final_dot() -> None:
    assert guard.host_of("https://SHOP.example.:8443/a") == "shop.example"
    assert guard.host_of("data:text/html,x") == ""


@pytest.mark.parametrize("url", ["https://bücher.example/a", "https://BÜCHER.example./a", "https://例え.example/a?x=ü"])
def test_a_host_in_letters_of_its_country_is_asked_for(url: str) -> None:
    from scrapy import Request

    assert guard.refused_url(Request(url).url, hosts={guard.host_of(url)}, local=False) is None


def test_a_host_that_would_be_asked_for_under_another_name_is_refused() -> None:
    from scrapy import Request

    url = "https://straße.example/a"  # browsers ask for xn--strae-oqa.example, Scrapy for strasse.example
    assert guard.refused_url(Request(url).url, hosts={guard.host_of(url)}, local=False)
