"""The bodies that lie in a folder or a single file: refused by size before they are opened, never followed outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from spiders.intake.heard import Heard
from spiders.intake.saved import BODY_MOST, Found, Passed, Spoilt, saved, unpacked

_SUFFIXES = frozenset([".html", ".htm", ".xhtml", ".json", ".txt", ".js", ".xml", ".body", ""])


def files(path: Path) -> Iterator[Path]:
    """The files of a folder in the order of their names; a single file is its own folder."""
    if not path.is_dir():
        yield path
        return
    for folder, below, names in os.walk(path):  # does not follow links to folders
        below[:] = sorted(each for each in below if not each.startswith("."))
        yield from (Path(folder) / each for each in sorted(names) if not each.startswith("."))


def too_large(path: Path) -> bool:
    """Whether a file is more than one body may be."""
    return path.stat().st_size > BODY_MOST


def read(path: Path, name: str, heard: Heard | None = None) -> Iterator[Found]:
    """One file as one body. When it was saved nobody knows: a file's own time is that of the last copy."""
    if path.suffix.lower() not in _SUFFIXES:
        yield Passed()
        return
    if path.is_symlink():
        yield Spoilt(file=name, record="file", reason="is a link to another place, which is not followed")
        return
    if too_large(path):
        reason = f"is {path.stat().st_size:,} bytes; a body of more than {BODY_MOST >> 20} MB is not read"
        yield Spoilt(file=name, record="file", reason=reason)
        return
    try:
        body = unpacked(path.read_bytes(), "")
    except (OSError, ValueError) as wrong:
        yield Spoilt(file=name, record="file", reason=getattr(wrong, "strerror", None) or str(wrong))
        return
    yield saved(name, "file", url="", body=body, fetched_at=None) if body.strip() else Passed()
