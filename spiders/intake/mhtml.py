"""The bodies of a page that a browser saved whole in one file (MHTML, RFC 2557): the page itself and its frames."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from spiders.intake.heard import Heard
from spiders.intake.saved import Found, Passed, Spoilt, TooLargeError, may_be_page, moment, saved, within

SUFFIXES = (".mhtml", ".mht")
_FILE_MOST = 128 * 1024 * 1024
"""Bytes of a file, which is held in memory: its pictures are in it, in base64."""


def like(head: bytes) -> bool:
    """Whether a file begins as such a page does, whatever it is called."""
    start = head[:4096].lower()
    return b"mime-version:" in start and b"multipart/related" in start


def read(path: Path, name: str, heard: Heard | None = None) -> Iterator[Found]:
    """Every part: a body, a spoilt one with its number, or something that is no page."""
    if path.stat().st_size > _FILE_MOST:
        reason = f"is {path.stat().st_size:,} bytes; a saved page of more than {_FILE_MOST >> 20} MB is not read"
        yield Spoilt(file=name, record="file", reason=reason)
        return
    whole = message_from_bytes(path.read_bytes())
    if heard is not None:
        heard(path.stat().st_size)
    parts = [each for each in whole.walk() if not each.is_multipart()]
    when = _saved_at(whole)
    for number, part in enumerate(parts, start=1):
        yield _part(part, name, f"part {number}", when)


def _part(part: Message, file: str, record: str, when: str | None) -> Found:
    body = part.get_payload(decode=True)
    if not may_be_page(part.get_content_type()) or not isinstance(body, bytes) or not body.strip():
        return Passed()
    try:
        body = within(body)
    except TooLargeError as wrong:
        return Spoilt(file=file, record=record, reason=str(wrong))
    url = str(part.get("Content-Location") or "").strip()
    url = url if url.startswith(("http://", "https://")) else ""
    return saved(file, record, url=url, body=body, fetched_at=when, kind=part.get("Content-Type"))


def _saved_at(whole: Message) -> str | None:
    try:
        return moment(parsedate_to_datetime(str(whole.get("Date"))).isoformat())
    except ValueError:
        return None
