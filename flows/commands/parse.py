"""`telltale parse`: the reviews of saved pages as JSON lines; nothing is stored and no network is used."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from flows.commands import fetch_time, refused

if TYPE_CHECKING:
    from spiders.items import Page, ParsedPage


def run(*, files: list[Path], site: str, url: str, fetched_at: str | None, show_author: bool) -> int:
    """Print one JSON object a review; 0 when every file was read, 1 when none was, 2 between."""
    from spiders.items import Page
    from spiders.privacy import seal
    from spiders.site import UnreadableError

    try:
        parser, when = _parser(site), fetch_time(fetched_at)
    except LookupError as unknown:
        return refused(str(unknown))
    key = secrets.token_bytes(32)  # a key of this process: author_key tells authors apart here, and links to nothing
    failed = 0
    for file in files:
        try:
            body = file.read_bytes()
            page = Page(url=url, body=body, fetched_at=when, sha256=sha256(body).hexdigest())
            parsed = parser(page)
        except OSError as error:
            failed += 1
            refused(f"{file}: {error.strerror}")
            continue
        except UnreadableError as reason:
            failed += 1
            refused(f"{file}: {reason}")
            continue
        for problem in parsed.problems:
            typer.echo(f"{file}: {problem}", err=True)
        for review in parsed.reviews:
            sealed = replace(seal(review, key), author=review.author)
            typer.echo(json.dumps(sealed.as_json(with_author=show_author), ensure_ascii=False))
    return 0 if not failed else 1 if failed == len(files) else 2


def _parser(site: str) -> Callable[[Page], ParsedPage]:
    """The parser of the site that is named, or of the one that each page is recognised as."""
    from spiders.sites import site as named

    return _recognised if site == "auto" else named(site).parse


def _recognised(page: Page) -> ParsedPage:
    from spiders.recognise import recognise
    from spiders.site import UnreadableError

    found = recognise(page)
    if found is None:
        looked_for = "looked for the address of a known site, its marks, and schema.org reviews"
        raise UnreadableError(f"no site is recognised: {looked_for}. Name it with --site (telltale sites lists them).")
    return found.parse(page)
