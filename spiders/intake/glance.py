"""A look at a capture before it is read: whose pages its first bodies are, told in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from spiders.intake import forms
from spiders.intake.saved import Saved
from spiders.recognise import recognise
from spiders.site import Site

_LOOKED_AT = 40
"""Records: the page itself comes early in what a browser or an archiver saves."""


def glance(files: Sequence[Path], site: Site) -> str:
    """Which site the first page is recognised as, and whose parser will read them."""
    seen: Counter[str] = Counter()
    for found in islice(forms.read(list(files)), _LOOKED_AT):
        known = recognise(found.page) if isinstance(found, Saved) else None
        if known is not None:
            seen[known.title] += 1
            if known == site:
                break
    names = ", ".join(each.name for each in files)
    read = f"read as pages of {site.title} ({site.parser_version})"
    if site.title in seen:
        return f"{names}: recognised as {site.title}; {read}"
    told = f"looks like {seen.most_common(1)[0][0]}" if seen else "no page in its beginning is recognised"
    return f"{names}: {told}; {read}, as the listing says"


def recognised(files: Sequence[Path]) -> str | None:
    """The name of the site that most of the first pages are from; None where none is recognised."""
    seen: Counter[str] = Counter()
    for found in islice(forms.read(list(files)), _LOOKED_AT):
        known = recognise(found.page) if isinstance(found, Saved) else None
        seen.update([known.name] if known is not None else [])
    return seen.most_common(1)[0][0] if seen else None
