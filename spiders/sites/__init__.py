"""The rating sites: every module beside this one that has no leading underscore is one, found by looking."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache

from spiders.site import Site


@cache
def all_sites() -> dict[str, Site]:
    """Every site by its name, in the order of names."""
    found: dict[str, Site] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        whole = importlib.import_module(f"{__name__}.{module.name}")
        for each in vars(whole).values():
            if isinstance(each, type) and issubclass(each, Site) and each.__module__ == whole.__name__:
                found[each.name] = each()
    return dict(sorted(found.items()))


def site(name: str) -> Site:
    """The site of that name, with hyphens or underscores; `LookupError` with a suggestion where there is none."""
    known = all_sites()
    spelt = name.casefold().replace("_", "-")
    if spelt in known:
        return known[spelt]
    near = difflib.get_close_matches(spelt, known, n=1, cutoff=0.5)
    meant = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}."
    raise LookupError(f"there is no site {name!r}: {meant}")
