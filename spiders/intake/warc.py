"""The responses of a WARC file, record by record; a record that is spoilt is named, and reading goes on behind it."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from spiders.intake.heard import Heard, opened
from spiders.intake.saved import BODY_MOST, Found, Passed, Spoilt, TooLargeError, may_be_page, moment, saved, unpacked

_MARK, _GZIP = b"WARC/", b"\x1f\x8b\x08"
_SEARCHED = 1 << 20


def read(path: Path, name: str, heard: Heard | None = None) -> Iterator[Found]:
    """Every response of a file on disk."""
    with opened(path, heard) as file:
        yield from records(file, name)


def records(file: IO[bytes], name: str) -> Iterator[Found]:
    """Every response of an open file that can be searched; after a break the next record is found by its mark."""
    held = _Records(name)
    start: int | None = 0
    while start is not None:
        file.seek(start)
        yield from held.until_break(file)
        start = None if held.broke_at is None else _next_mark(file, held.broke_at + 1)


@dataclass(slots=True)
class _Records:
    """How many records were met so far, and where the last reading broke off, if it did."""

    name: str
    number: int = 0
    broke_at: int | None = None

    def until_break(self, file: IO[bytes]) -> Iterator[Found]:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        self.broke_at, start = None, file.tell()
        archive = None
        # What warcio would print of a record's length is told here as a spoilt record instead.
        with contextlib.redirect_stderr(io.StringIO()):
            try:
                archive = ArchiveIterator(file)
                for record in archive:
                    self.number += 1
                    yield _record(record, self.name, self.number)
            except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error, AttributeError, TypeError) as broken:
                self.broke_at = max(start, archive.offset if archive is not None else start)
                told = next(iter(str(broken).strip().splitlines()), "") or "the file breaks off"
                yield Spoilt(file=self.name, record=f"after record {self.number}", reason=f"unreadable: {told[:150]}")


def _next_mark(file: IO[bytes], start: int) -> int | None:
    """Where the next record begins, packed or plain; a chance likeness of the mark is looked into and passed over."""
    file.seek(start)
    at, window = start, b""
    while chunk := file.read(_SEARCHED):
        window = window[-8192:] + chunk
        begins = at + len(chunk) - len(window)
        found = min((each for each in (_packed(window), window.find(_MARK + b"1.")) if each >= 0), default=None)
        if found is not None:
            return begins + found
        at += len(chunk)
    return None


def _packed(window: bytes) -> int:
    found = window.find(_GZIP)
    while found >= 0:
        with contextlib.suppress(zlib.error):
            if zlib.decompressobj(47).decompress(window[found : found + 4096], len(_MARK)) == _MARK:
                return found
        found = window.find(_GZIP, found + 1)
    return -1


def _record(record: Any, file: str, number: int) -> Found:
    place = f"record {number}"
    if record.rec_type not in ("response", "resource") or not _is_page(record):
        return Passed()
    try:
        body = record.content_stream().read(BODY_MOST + 1)
        if len(body) > BODY_MOST:
            raise TooLargeError(f"it is larger than {BODY_MOST >> 20} MB")
        if getattr(record.raw_stream, "limit", 0) > 0 and not record.raw_stream.read(1):
            raise ValueError("the file breaks off inside it")
        body = unpacked(body, "")
    except (ValueError, OSError, EOFError, zlib.error) as wrong:
        return Spoilt(file=file, record=place, reason=str(wrong) or "it cannot be read")
    status = int(record.http_headers.get_statuscode() or 0) if record.http_headers else 200
    if not body or status in (301, 302, 303, 304, 307, 308):
        return Passed()
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    when = moment(record.rec_headers.get_header("WARC-Date"))
    return saved(file, place, url=url.strip("<>"), body=body, fetched_at=when, status=status, kind=_kind(record))


def _is_page(record: Any) -> bool:
    return may_be_page(_kind(record) or "")


def _kind(record: Any) -> str | None:
    kind: str | None = (record.http_headers or record.rec_headers).get_header("Content-Type")
    return kind
