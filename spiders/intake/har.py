"""The bodies of a HAR file, entry by entry; a file that breaks off gives what stands before the break."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spiders.intake.heard import Heard
from spiders.intake.jsonstream import BrokenJsonError, elements
from spiders.intake.saved import Found, Passed, Spoilt, TooLargeError, may_be_page, moment, saved, unpacked

_NO_BODY = (204, 301, 302, 303, 304, 307, 308, 0)


def read(path: Path, name: str, heard: Heard | None = None) -> Iterator[Found]:
    """Every entry: a body, a spoilt one with its number, or something that is no page."""
    number = 0
    try:
        for where, entry in elements(path, heard):
            if where == "log.entries":
                number += 1
                yield _entry(entry, name, f"entry {number}")
    except BrokenJsonError as broken:
        yield Spoilt(file=name, record=f"after entry {number}", reason=str(broken))


def _entry(entry: Any, file: str, record: str) -> Found:
    response = entry.get("response") if isinstance(entry, dict) else None
    request = entry.get("request") if isinstance(entry, dict) else None
    content = response.get("content") if isinstance(response, dict) else None
    if not isinstance(content, dict) or not isinstance(response, dict) or not isinstance(request, dict):
        return Spoilt(file=file, record=record, reason="is no HAR entry: it has no request, response or content")
    status = response.get("status")
    status = status if isinstance(status, int) else 0
    if status in _NO_BODY or not may_be_page(str(content.get("mimeType") or "")):
        return Passed()
    text = content.get("text")
    if not isinstance(text, str) or not text:
        reason = "the browser saved no body for it; save the HAR again with content"
        return Spoilt(file=file, record=record, reason=reason) if content.get("size") else Passed()
    try:
        body = _body(text, str(content.get("encoding") or ""), _header(response, "content-encoding"))
    except (TooLargeError, ValueError) as wrong:
        return Spoilt(file=file, record=record, reason=str(wrong))
    url, when = str(request.get("url") or ""), moment(entry.get("startedDateTime"))
    # A body as text is in the file's own encoding; only one that is kept as it came is in its header's.
    kind = str(content.get("mimeType") or "") if content.get("encoding") else None
    return saved(file, record, url=url, body=body, fetched_at=when, status=status, kind=kind)


def _body(text: str, encoding: str, content_encoding: str) -> bytes:
    if encoding.lower() != "base64":
        return unpacked(text.encode("utf-8", "replace"), "")
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        raise ValueError("its base64 body is spoilt") from None
    return unpacked(packed, content_encoding)


def _header(response: dict[str, Any], name: str) -> str:
    for each in response.get("headers") or ():
        if isinstance(each, dict) and str(each.get("name", "")).lower() == name:
            return str(each.get("value", ""))
    return ""
