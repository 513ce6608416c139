"""What may be fetched and what may be believed: addresses, hosts, and whether a body arrived whole. No network here."""

from __future__ import annotations

import ipaddress
import re
import zlib
from collections.abc import Collection
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from spiders import reasons
from spiders.settings import DOWNLOAD_MAXSIZE

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NUMERIC_HOST = re.compile(r"^(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?$", re.I)
_AMBIGUOUS = frozenset("ßς\u200c\u200d")
"""Letters that Scrapy's way to write a host changes into others: such a host is another one, and is not asked."""
_CLOSED = re.compile(rb"</html\s*>", re.I)
_PIECE, _FEED = 1 << 20, 256
"""Bytes unpacked, and bytes of a body unpacked, at a time."""
_TAIL = 4096
"""Analytics and comments may follow `</html>`; a page cut in its middle has none this near its end."""


def refused_address(text: str, *, local: bool) -> str | None:
    """Why a resolved address may not be connected to, or None. Loopback alone for local listings, never otherwise."""
    try:
        address = ipaddress.ip_address(text.split("%", 1)[0])
    except ValueError:
        return reasons.NO_ADDRESS(host=repr(text))
    if local:
        return None if address.is_loopback else reasons.NOT_LOCAL(host=text)
    for each in (address, *_inside(address)):
        if not each.is_global or each.is_multicast or each.is_reserved:
            return reasons.NOT_PUBLIC(host=text)
    return None


def _inside(address: Address) -> list[Address]:
    """The IPv4 address that an IPv6 one carries: mapped, 6to4 or Teredo. (NAT64 is no public address at all.)"""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    teredo = address.teredo
    carried = [address.ipv4_mapped, address.sixtofour, *(teredo or ())]
    return [each for each in carried if each is not None]


def refused_url(url: str, *, hosts: Collection[str], local: bool) -> str | None:
    """Why an address may not be asked for, or None: https and the site's hosts only, no port, no user name.

    A local listing may be http on any port, on this machine. What a name resolves to is checked again on connecting.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return reasons.NO_WEB_ADDRESS()
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in (("http", "https") if local else ("https",)):
        schemes = "http and https" if local else "https"
        return reasons.ONLY_SCHEME(schemes=schemes, scheme=parts.scheme or "nothing")
    if parts.username is not None or parts.password is not None:
        return reasons.USER_NAME()
    if not host or host not in hosts:
        return reasons.OTHER_HOST(host=host or "no host", hosts=", ".join(sorted(hosts)))
    if port not in (None, 443) and not local:
        return reasons.OTHER_PORT(port=str(port))
    return _refused_host(host, local=local)


def _refused_host(host: str, *, local: bool) -> str | None:
    try:
        return refused_address(host, local=local) if _literal(host) else None
    except ValueError:
        return reasons.NUMBER_HOST(host=host)


def _literal(host: str) -> bool:
    """Whether a host is an address; a number that is none in the usual form raises (decimal, octal, hex)."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if _NUMERIC_HOST.match(host):
            raise
        return False
    return True


def cut_off(body: bytes, encoding: str) -> bool:
    """Whether a compressed body ends before its stream does; a broken one counts as cut off."""
    if encoding in ("gzip", "x-gzip"):
        return not _whole(body, 47)
    if encoding == "deflate":
        return not _whole(body, 15) and not _whole(body, -15)
    if encoding == "br":
        return not _whole_brotli(body)
    return encoding == "zstd" and not _whole_zstd(body)


def _whole(body: bytes, wbits: int) -> bool:
    stream, made = zlib.decompressobj(wbits), 0
    try:
        while body and not stream.eof:
            # A piece at a time, and not beyond the limit: a bomb is refused by Scrapy's own limit, which comes next.
            made += len(stream.decompress(body, _PIECE))
            body = stream.unconsumed_tail
            if made > DOWNLOAD_MAXSIZE:
                return True
    except zlib.error:
        return False
    return stream.eof


def _whole_brotli(body: bytes) -> bool:
    import brotli  # type: ignore[import-untyped]  # it ships no types

    stream, made = brotli.Decompressor(), 0
    try:
        while not stream.is_finished():
            piece = stream.process(body, output_buffer_limit=_PIECE)
            body, made = b"", made + len(piece)
            if made > DOWNLOAD_MAXSIZE:
                return True
            if not piece and stream.can_accept_more_data():
                return False
    except brotli.error:
        return False
    return True


def _whole_zstd(body: bytes) -> bool:
    import zstandard

    stream, made = zstandard.ZstdDecompressor().decompressobj(read_across_frames=False), 0
    try:
        for start in range(0, len(body), _FEED):
            # Zstandard unpacks a piece whole: a small one cannot become a large one before it is measured.
            made += len(stream.decompress(body[start : start + _FEED]))
            if stream.eof or made > DOWNLOAD_MAXSIZE:
                return True
    except zstandard.ZstdError:
        return False
    return False


def unclosed(body: bytes, content_type: str) -> bool:
    """Whether an HTML page lacks its closing tag: half a page parses without an error and loses reviews in silence."""
    return "html" in content_type.lower() and not _CLOSED.search(body[-_TAIL:])


def no_robots(body: bytes) -> bool:
    """Whether what came as robots.txt is a web page: what it would have allowed is not known."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and b"user-agent:" not in body.lower()


def seconds_to_wait(told: str, now: datetime) -> float | None:
    """Seconds from now that a Retry-After asks for, as their number or as a date (UTC); None where it is neither."""
    text = told.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def host_of(url: str) -> str:
    """The host of an address, without port and case, as it is asked for ("bücher.example": xn--bcher-kva.example)."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host.isascii() or _AMBIGUOUS & set(host):
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host
