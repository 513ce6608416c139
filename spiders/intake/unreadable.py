"""What is no table at all, told by its first bytes: a sentence that says what it is and what to hand in instead."""

from __future__ import annotations

from pathlib import Path

from spiders.intake.errors import IntakeError

_EXPORT = "Hand in the reviews as CSV, XLSX or JSON"
_UNPACK = "Unpack it, and hand in the CSV, XLSX or JSON that is in it"
_KINDS: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    ((b"\x1f\x8b",), "this is packed with gzip", _UNPACK),
    ((b"7z\xbc\xaf\x27\x1c", b"Rar!"), "this is an archive", _UNPACK),
    ((b"%PDF-",), "this is a PDF", _EXPORT),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "this is a picture", _EXPORT),
    ((b"{\\rtf",), "this is a text document (RTF)", _EXPORT),
    ((b"PAR1", b"SQLite format 3"), "this is a database file", _EXPORT),
)
_PAGES = (b"<!doctype html", b"<html", b"<head", b"from: <saved by", b"mime-version:")


def refuse(path: Path, start: bytes) -> None:
    """Raise `IntakeError` for what begins as no table does."""
    for marks, kind, step in _KINDS:
        if start.startswith(marks):
            raise IntakeError(path, kind, next_step=step)
    if start.lower().startswith(_PAGES):
        step = 'Say in the listing that it is a saved page: way = "capture"; or hand in the reviews as CSV'
        raise IntakeError(path, "this is a web page and no table", next_step=step)
