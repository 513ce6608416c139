"""Pages are WARC records that standard replay tools open: one gzip member each, so that a cut file keeps its rest."""

from __future__ import annotations

import gzip
import uuid
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from http.client import responses
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from spiders.items import Page

LEVEL = 3
"""Of gzip: level 9 costs three times the time for a few hundredths of the size."""
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "telltale:record")
_HOP = frozenset({"content-encoding", "transfer-encoding", "connection", "keep-alive", "content-length", "set-cookie"})
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_NO_DATE = "1970-01-01T00:00:00Z"
"""A WARC record must have a date: the one of a page that does not say when it was saved."""
_CHUNK = 1 << 20
Line = tuple[str, str, list[tuple[str, str]]]
"""First word and rest of an HTTP head's first line, and its headers."""


class RecordError(ValueError):
    """A record that is not what was written."""


def record_id(page: Page) -> str:
    """The id of a page's record, derived from address, content and time of fetch: the same wherever it is made."""
    return str(uuid.uuid5(_SPACE, f"{page.url}\n{page.sha256}\n{page.fetched_at}"))


class WarcWriter:
    """Appends records to an open file, each flushed whole: what a killed run wrote up to then can be read back."""

    def __init__(self, out: IO[bytes]) -> None:
        from warcio.warcwriter import WARCWriter

        self._out, self._buffer, self._begun = out, BytesIO(), False
        self._writer: Any = WARCWriter(self._buffer, gzip=False, warc_version="1.1")

    def page(self, page: Page, headers: Mapping[str, str], asked: Mapping[str, str]) -> None:
        """A response as it was received, and the request for it where that is known."""
        self._information(page)
        status = f"{page.status} {responses.get(page.status, 'Unknown')}"
        kept = [(name, value) for name, value in headers.items() if name.lower() not in _HOP]
        kept.append(("Content-Length", str(len(page.body))))
        given = {"WARC-Payload-Digest": f"sha256:{page.sha256}"}
        self._record(
            page.url, "response", page, record_id(page), given, body=page.body, http=("HTTP/1.1", status, kept)
        )
        if asked:
            path = urlsplit(page.url)._replace(scheme="", netloc="").geturl() or "/"
            given = {"WARC-Concurrent-To": f"<urn:uuid:{record_id(page)}>"}
            line = ("GET", f"{path} HTTP/1.1", [*asked.items()])
            self._record(page.url, "request", page, _derived("request", page), given, http=line)
        self._out.flush()

    def unchanged(self, page: Page, at: str) -> None:
        """The site said at a later time that a page is as it was: a revisit, which refers to the page's record."""
        given = {
            "WARC-Date": at,
            "WARC-Profile": _NOT_MODIFIED,
            "WARC-Refers-To": f"<urn:uuid:{record_id(page)}>",
            "WARC-Refers-To-Target-URI": page.url,
            "WARC-Refers-To-Date": page.fetched_at or _NO_DATE,
            "WARC-Payload-Digest": f"sha256:{page.sha256}",
        }
        line: Line = ("HTTP/1.1", "304 Not Modified", [])
        self._record(page.url, "revisit", page, _derived(f"revisit {at}", page), given, http=line)
        self._out.flush()

    def _information(self, page: Page) -> None:
        """The first record says who wrote the file; it is dated as the first page is: equal input gives equal bytes."""
        if self._begun:
            return
        self._begun = True
        about = "software: telltale-audit (warcio)\r\nformat: WARC File Format 1.1\r\n"
        self._record(None, "warcinfo", page, _derived("warcinfo", page), {}, body=about.encode())

    def _record(
        self,
        url: str | None,
        kind: str,
        page: Page,
        name: str,
        given: Mapping[str, str],
        *,
        body: bytes = b"",
        http: Line | None = None,
    ) -> None:
        from warcio.statusandheaders import StatusAndHeaders

        head = {"WARC-Record-ID": f"<urn:uuid:{name}>", "WARC-Date": page.fetched_at or _NO_DATE, **given}
        said = StatusAndHeaders(http[1], http[2], protocol=http[0]) if http else None
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), http_headers=said, warc_headers_dict=head
        )
        self._writer.write_record(record)
        self._out.write(gzip.compress(self._buffer.getvalue(), LEVEL, mtime=0))
        self._buffer.seek(0)
        self._buffer.truncate()


def _derived(what: str, page: Page) -> str:
    return str(uuid.uuid5(_SPACE, f"{what}\n{record_id(page)}"))


def members(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Start, end and content of every whole gzip member of a file; ends at the first that was cut or is broken."""
    with path.open("rb") as file:
        start, held = 0, b""
        while content := _member(file, held):
            body, held = content
            end = file.tell() - len(held)
            yield start, end, body
            start = end


def _member(file: IO[bytes], held: bytes) -> tuple[bytes, bytes] | None:
    """The next member and what was read beyond it."""
    stream, parts = zlib.decompressobj(31), []
    try:
        while not stream.eof:
            chunk = held or file.read(_CHUNK)
            if not chunk:
                return None
            held = b""
            parts.append(stream.decompress(chunk))
    except zlib.error:
        return None
    return b"".join(parts), stream.unused_data


def member_at(path: Path, start: int) -> bytes:
    """The content of the member that starts there."""
    with path.open("rb") as file:
        file.seek(start)
        found = _member(file, b"")
    if found is None:
        raise RecordError(f"{path}: the record at byte {start} is cut off or broken")
    return found[0]


def read_records(file: IO[bytes]) -> Iterator[tuple[str, Page, dict[str, str]]]:
    """Record id, page and HTTP headers of every response of a WARC; `RecordError` where a digest differs."""
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(file):
        if record.rec_type != "response":
            continue
        body = record.content_stream().read()
        page = Page(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            body=body,
            fetched_at=None if (when := record.rec_headers.get_header("WARC-Date")) == _NO_DATE else when,
            status=int(record.http_headers.get_statuscode()),
            sha256=sha256(body).hexdigest(),
            kind=record.http_headers.get_header("Content-Type"),
        )
        name = record.rec_headers.get_header("WARC-Record-ID").removeprefix("<urn:uuid:").removesuffix(">")
        if name != record_id(page):
            raise RecordError(f"record {name} is not what was written")
        yield name, page, dict(record.http_headers.headers)
