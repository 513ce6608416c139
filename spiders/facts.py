"""What is known of a site beside its pages: robots, API, rules on asking, how its rating is made, what it hides."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Literal

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One site's entry in `sites/facts.toml`; whatever it does not say is "unknown"."""

    robots: Literal["open", "closed", "unknown"] = "unknown"
    robots_says: str = UNKNOWN
    robots_as_of: str = UNKNOWN
    api: str = UNKNOWN
    api_key: str = UNKNOWN
    api_link: str = UNKNOWN
    may_not_store: str = UNKNOWN
    asking: str = UNKNOWN
    asking_link: str = UNKNOWN
    mean: str = UNKNOWN
    mean_link: str = UNKNOWN
    not_shown: str = UNKNOWN
    as_of: str = UNKNOWN


@cache
def _table() -> dict[str, Facts]:
    told = tomllib.loads(files("spiders.sites").joinpath("facts.toml").read_text(encoding="utf-8"))
    return {name: Facts(**entry) for name, entry in told.items()}


def facts(name: str) -> Facts:
    """The facts of a site; all unknown where the table has none of it."""
    return _table().get(name, Facts())


def named() -> set[str]:
    """The sites that the table has an entry of."""
    return set(_table())


def told(known: Facts) -> dict[str, str]:
    """Each fact by its name, in the order of the card."""
    return {each.name: getattr(known, each.name) for each in fields(known)}
