"""In which form a capture is saved (HAR, WARC, WACZ, MHTML, a body), told by its bytes, and what reads it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from spiders.intake import folder, har, mhtml, wacz, warc
from spiders.intake.errors import IntakeError
from spiders.intake.heard import Heard
from spiders.intake.saved import Found, Progress

Reader = Callable[[Path, str, Heard | None], Iterator[Found]]
_HEAD = 65_536


def read(paths: list[Path], progress: Progress | None = None) -> Iterator[Found]:
    """Every record of every file, folders gone through; `progress` hears bytes."""
    listed = [(path, held) for path in paths for held in _files(path)]
    whole = sum(held.lstat().st_size for _, held in listed)
    done = 0
    for path, held in listed:
        name = held.relative_to(path).as_posix() if path.is_dir() else held.name
        yield from form(held)(held, name, _onwards(progress, done, whole))
        done += held.lstat().st_size
        if progress is not None:
            progress(done, whole)


def _onwards(progress: Progress | None, done: int, whole: int) -> Heard | None:
    """Progress of one file as progress of all of them."""
    return None if progress is None else lambda read: progress(done + read, whole)


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise IntakeError(path, "there is no such file or folder", next_step="Check the path")
    return folder.files(path)


def form(path: Path) -> Reader:
    """What reads a file."""
    if path.is_symlink() or not path.is_file():
        return folder.read
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04") or path.suffix.lower() == ".wacz":
        return wacz.read
    if _is_warc(head) or path.name.lower().endswith((".warc", ".warc.gz")):
        return warc.read
    if path.suffix.lower() == ".har" or (head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and _is_har(head)):
        return har.read
    if path.suffix.lower() in mhtml.SUFFIXES or mhtml.like(head):
        return mhtml.read
    return folder.read


def _is_har(head: bytes) -> bool:
    return b'"log"' in head[:200] and (b'"entries"' in head or b'"creator"' in head)


def _is_warc(head: bytes) -> bool:
    if head.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            return zlib.decompressobj(47).decompress(head, 5) == b"WARC/"
        return False
    return head.startswith(b"WARC/")
