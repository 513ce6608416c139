"""The revisions of an audit by their folders' names: `2024-06-30-0f0f0f0f`, then `.r2`, `.r3` and so on."""

from __future__ import annotations

import re
from pathlib import Path


def revision(name: str) -> int:
    """Which revision a folder's name says."""
    number = name.rpartition(".r")[2]
    return int(number) if number.isdecimal() else 1


def standing(home: Path, audit: str) -> list[Path]:
    """The folders of an audit that are there, in the order of their revisions."""
    named = re.compile(rf"{re.escape(audit)}(?:\.r\d+)?")
    return sorted((path for path in home.iterdir() if named.fullmatch(path.name)), key=lambda path: revision(path.name))


def following(home: Path, audit: str) -> Path:
    """Where the next one goes: the name of a revision that was recalled stays its own."""
    there = standing(home, audit)
    return home / (f"{audit}.r{revision(there[-1].name) + 1}" if there else audit)
