"""The site that a page is from: by its address, else by what stands in it; None where nothing tells."""

from __future__ import annotations

from spiders import embedded
from spiders.items import Page
from spiders.site import Site, UnreadableError
from spiders.sites import all_sites, site

ANY = "schema-org"
"""The site that reads whatever carries schema.org reviews: asked last, after every site that knows its own pages."""


def recognise(page: Page) -> Site | None:
    """The one site that reads this page. The address decides, then the body; of several, the first that reads it."""
    known = [each for name, each in all_sites().items() if name != ANY]
    home = _at_home(known, page.url) or _at_home(known, embedded.own_address(page))
    likely = [each for each in home if each.recognises(page)] or home
    if len(likely) == 1:
        return likely[0]
    # A mark may stand in a page that only speaks of that site: what tells is whether its parser finds reviews.
    likely = likely or [each for each in known if each.recognises(page)]
    reads = next((each for each in (*likely, site(ANY)) if _reads(each, page)), None)
    return reads or next(iter(likely), None)


def _at_home(known: list[Site], address: str | None) -> list[Site]:
    return [each for each in known if address and each.at_home(address)]


def _reads(candidate: Site, page: Page) -> bool:
    try:
        return bool(candidate.parse(page).reviews)
    except UnreadableError:
        return False
