"""Which software made a report: its version, and a digest of all that its numbers depend on."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

VERSION = version("telltale-audit")


@cache
def software() -> str:
    """Digest of every file of the `audits` package: code, frame, model and templates, in the order of their names."""
    digest = sha256()
    for name, file in _files(files("audits"), ""):
        digest.update(name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable, under: str) -> list[tuple[str, Traversable]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _files(entry, f"{under}{entry.name}/")
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            found.append((under + entry.name, entry))
    return found
