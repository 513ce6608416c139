"""What one crawl is asked to do: read from a JSON file, checked before anything is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from spiders import guard
from spiders.site import Site
from spiders.sites import site as named_site


class JobError(ValueError):
    """A job that cannot be run: one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One listing to crawl. `out` is the landing's directory; `known_ids_file` has one review id a line."""

    engagement: str
    listing: str
    site: str
    url: str
    business: str
    out: Path
    contact: str
    location: str | None = None
    local: bool = False
    full: bool = False
    """Read to the last page even where everything is known: finds edited and vanished reviews."""
    known_ids_file: Path | None = None
    previous: Path | None = None
    """An earlier landing of this listing: its pages are asked for under the condition that they have changed."""
    resume: bool = False
    """Go on from the pages of `previous`: they are read from there and not asked for."""
    shared: Path | None = None
    """A landing of the same address that another engagement fetched tonight: its pages are not asked for again."""
    reread_top: bool = False
    """What is resumed is of another night: the page at its edge and the list's top are read again."""
    filled_before: Mapping[str, float] = field(default_factory=dict)
    """Field → share of reviews that had it in the last complete run, for the sentence on a drift."""
    at_once: int = 1
    """Pages asked for at once; more than one only where the listing is local."""
    workspace: Path | None = None
    """Where the landing's path counts from; without it the path is the directory's name."""
    progress: bool = False
    """One JSON line a page on stderr."""
    log: bool = False
    """Scrapy's own log on stderr; it holds addresses and no text."""
    limits: Mapping[str, float] = field(default_factory=dict)

    @property
    def of_site(self) -> Site:
        """The site this job names."""
        return named_site(self.site)

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts that may be asked: the site's; the listing's own where the site names none or the listing is local."""
        own = guard.host_of(self.url)
        return frozenset([own]) if self.local or not self.of_site.hosts else frozenset(self.of_site.hosts)

    def known_ids(self) -> frozenset[str]:
        """Ids that the store holds already; empty for a first run."""
        if self.known_ids_file is None:
            return frozenset()
        return frozenset(self.known_ids_file.read_text(encoding="utf-8").splitlines())


def read(path: Path) -> Job:
    """The job in a file; raises `JobError`."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise JobError(f"{path}: {wrong}") from None
    return job(given)


def job(given: Mapping[str, Any]) -> Job:
    """A job from its JSON form; raises `JobError` for an unknown or missing key."""
    names = {each.name for each in fields(Job)}
    if unknown := set(given) - names:
        raise JobError(f"a job has no key {', '.join(sorted(unknown))}")
    paths = {
        name: Path(given[name])
        for name in ("out", "known_ids_file", "previous", "shared", "workspace")
        if given.get(name) is not None
    }
    try:
        made = Job(**{**given, **paths})
        if made.at_once > 1 and not made.local:
            raise JobError("only a local listing may be asked for more than one page at once")
        made.of_site  # noqa: B018 - looks the site up now, not when the crawl is under way
    except (TypeError, LookupError) as wrong:
        raise JobError(str(wrong)) from None
    return made
