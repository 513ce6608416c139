"""What was named to start from is there, and a folder holds saved pages; a sentence says so where it is not."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from flows.asking import UnansweredError

TABLES = (".csv", ".tsv", ".xlsx")
"""Endings of files of reviews that no saved page has."""
_HOST = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)+/)", re.IGNORECASE)


def absent(source: str) -> str | None:
    """What is wrong with a source that is neither an address nor there; None for one that is."""
    if "://" in source or Path(source).exists():
        return None
    hint = f" If it is an address, write it whole: https://{source}" if _HOST.match(source) else ""
    return f"There is no file {source}.{hint}"


def with_pages(folder: Path) -> None:
    """Refuse a folder that holds no saved page, and name the files of reviews in it instead: `UnansweredError`."""
    held = [each for each in sorted(folder.rglob("*")) if each.is_file()]
    tables = [each for each in held if each.suffix.lower() in TABLES]
    if len(tables) < len(held):
        return
    if not tables:
        raise UnansweredError(f"{folder} is an empty folder: name a file of reviews, or a folder of saved pages.")
    named = " ".join(shlex.quote(str(each)) for each in tables[:3]) + (" …" if len(tables) > 3 else "")
    raise UnansweredError(f"{folder} is a folder of files, not of saved pages. Name them: telltale init {named}")
