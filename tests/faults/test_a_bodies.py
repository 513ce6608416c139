"""ACCEPTANCE a3, a6–a8, a10, a11: bodies that never end or burst, waits that a site asks for, cookies, certificates."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
import zstandard
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy import Request
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from spiders.fetching import PatientRetry, StrictRobots
from spiders.landing import read_landing
from spiders.settings import BACKOFF, RETRY_TIMES, scrapy_settings
from tests.faults.memory import most_held
from tests.spiders.bench import KEY, Answer, Bench, crawled, listing, serving, started

BOMB = b"<html>" + b"0" * 60_000_000 + b"</html>"
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "deflate": zlib.compress,
    "br": lambda body: bytes(brotli.compress(body, quality=1)),
    "zstd": lambda body: bytes(zstandard.ZstdCompressor().compress(body)),
}


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


@pytest.mark.parametrize("encoding", PACKED)
def test_a_bomb_in_another_encoding_is_refused_and_the_run_goes_on(bench: Bench, tmp_path: Path, encoding: str) -> None:
    bench.pages(60)
    bomb = PACKED[encoding](BOMB)
    bench.put("/biz/a?page=2", Answer(body=bomb, headers={"Content-Encoding": encoding}))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("partial", 40)
    assert landing.pages_failed == (f"{bench.url}/biz/a?page=2",)


@pytest.mark.parametrize("encoding", PACKED)
def test_a_body_cut_in_another_encoding_is_asked_for_again(bench: Bench, tmp_path: Path, encoding: str) -> None:
    whole = listing(range(5), total=5)
    headers = {"Content-Encoding": encoding}
    packed = PACKED[encoding](whole)
    bench.put("/biz/a", Answer(body=packed[:-9], headers=headers), Answer(body=packed, headers=headers))
    landing, _ = crawled(bench, tmp_path)
    assert (landing.verdict.name, landing.reviews) == ("complete", 5)
    assert "arrived in part" in landing.problems[0]


@pytest.mark.parametrize("more", ["hang", "drip"])
def test_a_page_that_never_ends_is_left_at_its_timeout(bench: Bench, tmp_path: Path, more: str) -> None:
    bench.pages(60)
    endless = Answer(body=b"<html>", short=999, hang=more == "hang", drip=more == "drip")
    bench.put("/biz/a?page=2", endless)
    landing, _ = crawled(bench, tmp_path, limits={"download_timeout": 0.5})
    assert (landing.verdict.name, landing.reviews) == ("partial", 40)


def test_a_run_that_is_out_of_time_is_partial_and_says_that_the_next_goes_on(bench: Bench, tmp_path: Path) -> None:
    bench.pages(60)
    bench.put("/biz/a?page=2", Answer(body=b"<html>", short=99, hang=True))
    landing, _ = crawled(bench, tmp_path, limits={"download_timeout": 4, "run_seconds": 2})
    assert (landing.verdict.name, landing.reviews) == ("partial", 20)
    assert landing.verdict.reason.endswith("the next run goes on where this one stopped.")


@pytest.mark.parametrize(
    "large",
    [Answer(body=b"<html>" + b"0" * 50_000_000 + b"</html>"), Answer(body=b"0" * 1_000_000, endless=True)],
    ids=["50 MB", "endless"],
)
def test_a_body_too_large_or_without_end_is_refused_in_bounded_memory(
    bench: Bench, tmp_path: Path, large: Answer
) -> None:
    bench.pages(60)
    bench.put("/biz/a?page=2", large)
    whole, held = bench.answers["/biz/a?page=3"][0], []
    process = started(bench, tmp_path)
    bench.put("/biz/a?page=3", replace(whole, before=lambda: held.append(most_held(process.pid))))
    told, said = process.communicate(KEY.hex() + "\n", timeout=120)
    landing = read_landing(tmp_path / "landing")
    assert (process.returncode, said, len(told.splitlines())) == (0, "", 1)
    assert (landing.verdict.name, landing.reviews) == ("partial", 40)
    assert landing.pages_failed == (f"{bench.url}/biz/a?page=2",)
    assert held and max(held) < 256 << 20, "far below the 512 MiB that end a crawl"


def test_the_delay_that_robots_txt_asks_for_is_kept_where_it_is_longer_than_ours() -> None:
    crawler = get_crawler(settings_dict=scrapy_settings(contact="mailto:a@example.com", local=False))
    robots = StrictRobots(crawler)
    slots = {"shop.example": SimpleNamespace(delay=5.0), "else.example": SimpleNamespace(delay=5.0)}
    crawler.engine = SimpleNamespace(downloader=SimpleNamespace(slots=slots))  # type: ignore[assignment]
    throttle = crawler.get_extension(AutoThrottle)
    assert throttle is not None
    throttle.mindelay = 5.0  # as it is once the spider has opened
    for asked, kept in ((2, 5.0), (30, 30.0)):
        robots._slow_down(f"User-agent: *\nCrawl-delay: {asked}\n", "shop.example")
        assert (slots["shop.example"].delay, slots["else.example"].delay) == (kept, 5.0)
        assert throttle.mindelay == kept


def test_a_cookie_of_the_site_is_not_sent_back(bench: Bench, tmp_path: Path) -> None:
    bench.pages(40)
    first = bench.answers["/biz/a"][0]
    bench.put("/biz/a", Answer(body=first.body, headers={"Set-Cookie": "seen=1"}))
    assert crawled(bench, tmp_path)[0].verdict.name == "complete"
    assert all("Cookie" not in headers for asked in bench.headers.values() for headers in asked)


class Watched(PatientRetry):
    """Waits by a clock of our own."""

    waited: list[float]

    def now(self) -> datetime:
        return datetime(2024, 5, 1, 12, 0, tzinfo=UTC)

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)


def answered(times: int, **headers: str) -> tuple[list[float], object]:
    """How long was waited for a site that says 429 that often, and what came last."""
    polite = scrapy_settings(contact="mailto:a@example.com", local=False)
    crawler = get_crawler(settings_dict=polite)
    crawler.spider = crawler._create_spider("watched")
    retry = Watched.from_crawler(crawler)
    retry.waited = []
    request: object = Request("https://shop.example/")
    for _ in range(times):
        if isinstance(request, Request):
            response = Response(request.url, status=429, headers=headers)
            request = asyncio.run(retry.process_response(request, response))
    return retry.waited, request


def test_a_wait_that_the_site_asks_for_is_kept_and_the_tries_are_bounded() -> None:
    waited, last = answered(9, **{"Retry-After": "120"})
    assert len(waited) == RETRY_TIMES and min(waited) >= 120
    assert isinstance(last, Response) and last.status == 429


@pytest.mark.parametrize(
    ("until", "least"),
    [
        ("Wed, 01 May 2024 12:02:00 GMT", 120.0),
        ("Wednesday, 01-May-24 12:02:00 GMT", 120.0),
        ("Wed May  1 12:02:00 2024", 120.0),
        ("Wed, 01 May 2024 11:00:00 GMT", BACKOFF),
        ("soon", BACKOFF),
    ],
)
def test_3_a_wait_that_ends_at_a_date_is_counted_from_our_clock(until: str, least: float) -> None:
    waited, _ = answered(1, **{"Retry-After": until})
    assert len(waited) == 1 and least <= waited[0] <= max(120.0, BACKOFF * 1.5)


def test_3_a_date_that_is_longer_ahead_than_we_have_is_not_waited_for() -> None:
    waited, last = answered(1, **{"Retry-After": "Thu, 02 May 2024 12:00:00 GMT"})
    assert waited == [] and isinstance(last, Response) and last.status == 429


def test_without_a_word_of_the_site_each_wait_is_longer_and_none_is_like_another() -> None:
    waited, _ = answered(9)
    for turn, seconds in enumerate(waited):
        assert BACKOFF * 2**turn <= seconds <= BACKOFF * 2**turn * 1.5
    assert answered(1)[0] != answered(1)[0], "by chance"


def test_a_longer_wait_than_we_have_is_not_begun() -> None:
    waited, last = answered(1, **{"Retry-After": "86400"})
    assert waited == [] and isinstance(last, Response)


def certificate(folder: Path) -> Path:
    """A certificate for this machine that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "pair.pem"
    file.write_bytes(plain + made.public_bytes(pem))
    return file


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    with serving(context) as bench:
        bench.pages(5)
        landing, _ = crawled(bench, tmp_path)
    assert landing.verdict.name == "blocked" and "robots.txt could not be read" in landing.verdict.reason
    assert bench.asked == [], "nothing was said over that connection"
