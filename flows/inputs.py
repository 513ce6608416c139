"""Which of a consultant's own input files may still hold a person: each is read as the intake reads it."""

from __future__ import annotations

import html
import json
from collections.abc import Collection, Iterator
from hashlib import file_digest
from pathlib import Path

from audits.engagement import Engagement, Listing
from spiders.intake.errors import IntakeError
from spiders.intake.forms import read
from spiders.intake.saved import Saved
from spiders.intake.table import table
from spiders.privacy import folded


def holding(engagement: Engagement, names: Collection[str], sources: Collection[str]) -> list[str]:
    """Files with a name in them or of a digest among `sources`, and those that are gone or cannot be read to tell."""
    files = [(path, listing) for listing in engagement.listings for path in engagement.files_of(listing)]
    found = [path for path, listing in files if not path.exists() or _holds(path, listing, names, sources)]
    return [str(path) for path in dict.fromkeys(found)]


def _holds(path: Path, listing: Listing, names: Collection[str], sources: Collection[str]) -> bool:
    forms = {folded(form) for name in names for form in (name, json.dumps(name)[1:-1])}
    try:
        if path.is_file() and _digest(path) in sources:
            return True
        return bool(forms) and any(form in said for said in _said(path, listing) for form in forms)
    except (IntakeError, OSError):
        return True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _said(path: Path, listing: Listing) -> Iterator[str]:
    """What a file says, folded as names are compared: it as a whole, and what the intake makes of it."""
    if path.is_file():
        yield _plain(path.read_bytes())
    if listing.way == "capture":
        yield from (_plain(each.page.body) for each in read([path]) if isinstance(each, Saved))
    else:
        yield from (folded(" ".join(row.cells)) for row in table(path, listing.sheet).rows())


def _plain(body: bytes) -> str:
    return folded(html.unescape(body.decode("utf-8", "replace")))
