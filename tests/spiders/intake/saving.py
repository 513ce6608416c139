"""Captures as browsers and archivers save them, of invented pages, written where a test wants them."""

from __future__ import annotations

import base64
import gzip
import io
import json
import quopri
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.spiders.bench import listing

ADDRESS = "https://127.0.0.1/biz/a"
WHEN = "2024-05-02T10:00:00+02:00"


def pages(total: int, *, size: int = 20, declared: int | None = None) -> dict[str, bytes]:
    """Address → body of a whole listing."""
    last = -(-total // size)
    made = {}
    for number in range(1, last + 1):
        ids = range((number - 1) * size, min(total, number * size))
        after = f"/biz/a?page={number + 1}" if number < last else None
        url = ADDRESS if number == 1 else f"{ADDRESS}?page={number}"
        made[url] = listing(ids, total=declared or total, after=after)
    return made


def entry(url: str, body: bytes | None, *, packed: bool = False, **given: Any) -> dict[str, Any]:
    """One HAR entry; `packed` keeps the body as it came over the line: gzip in base64."""
    content: dict[str, Any] = {"mimeType": "text/html; charset=utf-8", "size": len(body or b"")}
    headers = []
    if body is not None and packed:
        content |= {"text": base64.b64encode(gzip.compress(body)).decode(), "encoding": "base64"}
        headers = [{"name": "Content-Encoding", "value": "gzip"}]
    elif body is not None:
        content["text"] = body.decode()
    made = {
        "startedDateTime": WHEN,
        "request": {"method": "GET", "url": url},
        "response": {"status": 200, "headers": headers, "content": content},
    }
    return {**made, **given}


def har(path: Path, entries: Sequence[dict[str, Any]]) -> Path:
    """A HAR file as Chromium writes it."""
    log = {"version": "1.2", "creator": {"name": "WebInspector"}, "pages": [{"id": "page_1"}], "entries": entries}
    path.write_text(json.dumps({"log": log}, indent=1))
    return path


def warc(bodies: dict[str, bytes], *, packed: bool = True, kind: str = "text/html; charset=utf-8") -> bytes:
    """A WARC with request and response of every page, written by warcio."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "an archiver"}))
    for url, body in bodies.items():
        head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        given = {"WARC-Date": "2024-05-02T08:00:00Z"}
        writer.write_record(
            writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=head, warc_headers_dict=given)
        )
        writer.write_record(
            writer.create_warc_record(
                url, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
            )
        )
    return out.getvalue()


def wacz(path: Path, members: dict[str, bytes]) -> Path:
    """A WACZ with those members; what compresses is compressed, as a bomb would be."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", "{}")
        for name, body in members.items():
            archive.writestr(name, body)
    return path


def mhtml(path: Path, bodies: dict[str, bytes]) -> Path:
    """A page saved in one file as Chromium writes it: its parts in quoted-printable, a picture among them."""
    edge = "----MultipartBoundary--x4711x----"
    head = [
        "From: <Saved by Blink>", "Subject: Reviews", "Date: Thu, 2 May 2024 10:00:00 +0200", "MIME-Version: 1.0",
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{edge}"', "", "",
    ]  # fmt: skip
    parts = ["\r\n".join(head).encode()]
    for url, body in bodies.items():
        named = ["Content-Type: text/html", "Content-Transfer-Encoding: quoted-printable", f"Content-Location: {url}"]
        parts.append("\r\n".join([f"--{edge}", *named, "", ""]).encode() + quopri.encodestring(body) + b"\r\n")
    picture = ["Content-Type: image/png", "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo="]
    parts.append("\r\n".join([f"--{edge}", *picture, f"--{edge}--", ""]).encode())
    path.write_bytes(b"".join(parts))
    return path
