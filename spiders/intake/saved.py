"""What a saved file gives out, whatever its form: a body with its address and time, or what is wrong with a record."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urldefrag

from spiders.embedded import own_address
from spiders.items import Page

BODY_MOST = 16 * 1024 * 1024
"""Bytes of one body, unpacked: twice what a crawl accepts, since a saved page holds what a browser added."""
NOWHERE = "https://capture.invalid/"
"""Stands before the digest of a body whose address nobody knows: a name that resolves nowhere (RFC 2606)."""
_READ_TYPES = ("html", "json", "javascript", "text/plain", "xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One body that could be a page. `record` says where in the file it stands, for a person."""

    file: str
    record: str
    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoilt:
    """A record that should hold a body and cannot be read, or may not be."""

    file: str
    record: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A record that is no page (an image, a script, a request) and is only counted."""


Found = Saved | Spoilt | Passed
Progress = Callable[[int, int], None]


class TooLargeError(ValueError):
    """A body that grows beyond what is read."""


def saved(
    file: str,
    record: str,
    *,
    url: str,
    body: bytes,
    fetched_at: str | None,
    status: int = 200,
    kind: str | None = None,
) -> Saved:
    """A body as a page: its address as recorded, else as the page itself says, else made of its digest."""
    digest = sha256(body).hexdigest()
    page = Page(url=url, body=body, fetched_at=fetched_at, status=status, sha256=digest, kind=kind)
    return Saved(file=file, record=record, page=page if url else replace(page, url=_address(page)))


def _address(page: Page) -> str:
    address = own_address(page)
    return urldefrag(address).url if address else f"{NOWHERE}{page.sha256}"


def may_be_page(content_type: str) -> bool:
    """Whether a body of that type could hold reviews; a type that is not told could."""
    kind = content_type.lower()
    return not kind or any(each in kind for each in _READ_TYPES)


def unpacked(body: bytes, encoding: str) -> bytes:
    """The body without its content encoding; raises `TooLargeError`, or `ValueError` where it cannot be unpacked."""
    kinds = [each.strip().lower() for each in encoding.split(",") if each.strip()]
    if body.startswith(b"\x1f\x8b"):
        return _inflated(body, 47)
    # HAR files mostly hold text that the browser unpacked already and still name the encoding.
    for kind in reversed(kinds):
        body = _without(body, kind)
    return within(body)


def _without(body: bytes, kind: str) -> bytes:
    if kind == "deflate" and body[:1] == b"\x78":
        return _inflated(body, 47)
    if kind == "br" and body.lstrip()[:1] not in (b"<", b"{", b"["):
        return _brotli(body)
    if kind == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        import zstandard

        with zstandard.ZstdDecompressor().stream_reader(body) as reader:
            return within(reader.read(BODY_MOST + 1))
    return body


def _inflated(body: bytes, wbits: int) -> bytes:
    try:
        stream = zlib.decompressobj(wbits)
        whole = within(stream.decompress(body, BODY_MOST + 1))
    except zlib.error as wrong:
        raise ValueError(f"it cannot be unpacked ({wrong})") from None
    if not stream.eof:
        raise ValueError("its compressed body breaks off")
    return whole


def _brotli(body: bytes) -> bytes:
    import brotli  # type: ignore[import-untyped]  # brotli ships no types

    stream = brotli.Decompressor()
    try:
        whole = within(bytes(stream.process(body, output_buffer_limit=BODY_MOST + 1)))
    except brotli.error:
        return body  # it names the encoding and was unpacked already
    if not stream.is_finished():
        raise ValueError("its compressed body breaks off")
    return whole


def within(body: bytes) -> bytes:
    """The body, where it is not larger than what is read."""
    if len(body) > BODY_MOST:
        raise TooLargeError(f"it is larger than {BODY_MOST >> 20} MB")
    return body


def moment(text: object) -> str | None:
    """A time as HAR and WARC write it, in UTC to the second; None where it is none."""
    try:
        when = datetime.fromisoformat(str(text).strip())
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if when.year > 1990 else None
