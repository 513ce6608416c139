"""A person, or what may no longer be kept, is gone from a landing; its manifest says how much, and when.

Files are replaced whole, the manifest last. Half-way through, the digests differ and nobody reads the landing; the same
erasure again completes it.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from spiders.embedded import text_of
from spiders.items import Landing, Page, Review
from spiders.landing import MANIFEST, PAGES, REVIEWS, from_manifest
from spiders.mentions import masked


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What went from one landing, and the landing as it is now."""

    landing: Landing
    reviews: int
    masked: int
    pages: int


def erase(path: Path, gone: Callable[[Review], bool], *, pattern: re.Pattern[str] | None = None, on: str) -> Erased:
    """Take out the reviews that `gone` says, with the pages they stood on, and the names that `pattern` finds."""
    manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    landing = from_manifest(manifest)
    rows, sources, changed = _without(path, gone, pattern)
    erased = landing.reviews - len(rows)
    pages = _pages_without(path, frozenset(sources), pattern, on) if sources or pattern else 0
    if erased or changed:
        _swap(path / REVIEWS, b"".join(rows))
    if not (erased or changed or pages):
        return Erased(landing=landing, reviews=0, masked=0, pages=0)
    told = f"erased on {on}: {erased} reviews, {changed} mentions, {pages} pages"
    whole = replace(landing, reviews=len(rows), problems=(*landing.problems, told))
    return Erased(landing=_sealed(path, whole, rows), reviews=erased, masked=changed, pages=pages)


def purge_pages(path: Path, *, on: str) -> Landing | None:
    """The landing without its pages; None where it has none."""
    landing = from_manifest(json.loads((path / MANIFEST).read_text(encoding="utf-8")))
    if PAGES not in landing.files:
        return None
    files = {name: digest for name, digest in landing.files.items() if name != PAGES}
    told = f"pages purged on {on}"
    sealed = _sealed(path, replace(landing, files=files, problems=(*landing.problems, told)), None)
    (path / PAGES).unlink(missing_ok=True)
    return sealed


def purge_text(path: Path, *, on: str) -> Landing | None:
    """The landing without a word that anybody wrote; None where that was done before."""
    landing = from_manifest(json.loads((path / MANIFEST).read_text(encoding="utf-8")))
    if any(each.startswith("text purged on") for each in landing.problems):
        return None
    with (path / REVIEWS).open("rb") as file:
        rows = [_line(wordless(Review.from_json(json.loads(line)))) for line in file if line.endswith(b"\n")]
    _swap(path / REVIEWS, b"".join(rows))
    whole = replace(landing, reviews=len(rows), problems=(*landing.problems, f"text purged on {on}"))
    return _sealed(path, whole, rows)


def wordless(review: Review) -> Review:
    """The review without its words: stars, dates and where it stood remain."""
    reply = None if review.reply is None else replace(review.reply, text="")
    return replace(review, title=None, text=None, reply=reply)


def _without(
    path: Path, gone: Callable[[Review], bool], pattern: re.Pattern[str] | None
) -> tuple[list[bytes], list[str], int]:
    """The lines that stay, the pages of those that go, and how many of those that stay named somebody."""
    rows, sources, changed = [], [], 0
    with (path / REVIEWS).open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                continue
            review = Review.from_json(json.loads(line))
            if gone(review):
                sources.append(review.source or "")
                continue
            kept = masked(line.decode(), pattern).encode()
            changed += kept != line
            rows.append(kept)
    return rows, sources, changed


def _pages_without(path: Path, sources: frozenset[str], pattern: re.Pattern[str] | None, on: str) -> int:
    """Replace each record that held an erased review or a name by one that says so; how many were."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.warcwriter import WARCWriter

    if not (path / PAGES).is_file():
        return 0
    count, out = 0, BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    with (path / PAGES).open("rb") as file:
        for record in ArchiveIterator(file):
            name = record.rec_headers.get_header("WARC-Record-ID")
            body = record.content_stream().read()
            plain = name.removeprefix("<urn:uuid:").removesuffix(">")
            if record.rec_type == "response" and (plain in sources or _holds(record, body, pattern)):
                count += 1
                note = f"erased on {on}".encode()
                about = {"WARC-Refers-To": name, "Content-Type": "text/plain"}
                writer.write_record(
                    writer.create_warc_record(
                        "urn:telltale:erased", "metadata", payload=BytesIO(note), warc_headers_dict=about
                    )
                )
            else:
                record.raw_stream, record.length = BytesIO(body), None
                writer.write_record(record)
    if count:
        _swap(path / PAGES, out.getvalue())
    return count


def _holds(record: Any, body: bytes, pattern: re.Pattern[str] | None) -> bool:
    """Whether a name stands in a page, in the page's own encoding and however its letters are escaped."""
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else None
    said = text_of(Page(url="", body=body, fetched_at=None, kind=kind))
    return any(masked(each, pattern) != each for each in (said, html.unescape(said)))


def _line(review: Review) -> bytes:
    return json.dumps(review.as_json(), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _sealed(path: Path, landing: Landing, rows: Sequence[bytes] | None) -> Landing:
    """Write the manifest with the digests of the files as they are now."""
    files = {name: sha256((path / name).read_bytes()).hexdigest() for name in landing.files}
    whole = replace(landing, files=files)
    before_last = sha256(b"".join(rows[:-1] if rows else [])).hexdigest() if rows is not None else _before_last(path)
    manifest: Mapping[str, Any] = asdict(whole) | {"reviews_without_last": before_last}
    _swap(path / MANIFEST, json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode())
    return whole


def _before_last(path: Path) -> str:
    return str(json.loads((path / MANIFEST).read_text(encoding="utf-8"))["reviews_without_last"])


def _swap(path: Path, body: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
