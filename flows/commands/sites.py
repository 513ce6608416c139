"""`telltale sites`: which sites can be read and by which ways, and the card of one: robots, API, rules, rating."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import typer

from flows.commands import COMPLETE, refused

if TYPE_CHECKING:
    from spiders.site import Site

_LABELS = {
    "robots": "robots.txt, to a general crawler", "robots_says": "what it says", "robots_as_of": "as of",
    "api": "API", "api_key": "its key, from the environment", "api_link": "reference", "may_not_store": "may not store",
    "asking": "asking for reviews", "asking_link": "its rule", "mean": "shown rating is a plain mean",
    "mean_link": "its word on that", "not_shown": "does not show", "as_of": "facts as of",
}  # fmt: skip


def run(*, as_json: bool, name: str | None = None) -> int:
    """Print a line a site, or the card of the one that is named; 1 where there is no such site."""
    from spiders.sites import all_sites, site

    try:
        held = [site(name)] if name else list(all_sites().values())
    except LookupError as unknown:
        return refused(str(unknown))
    if as_json:
        rows = [_row(each) for each in held]
        typer.echo(json.dumps(rows[0] if name else rows, ensure_ascii=False))
    elif name:
        typer.echo(_card(held[0]))
    else:
        _print_table(held)
    return COMPLETE


def _row(each: Site) -> dict[str, Any]:
    from spiders.facts import facts, told

    says = {"site": each.name, "title": each.title, "hosts": list(each.hosts), "ways": sorted(each.ways)}
    return says | {"scale": each.scale, "facts": told(facts(each.name))}


def _print_table(held: list[Site]) -> None:
    from spiders.facts import facts

    typer.echo(f"{'site':<22} {'ways in':<26} {'robots.txt':<18} title")
    for each in held:
        known = facts(each.name)
        robots = f"{known.robots} ({known.robots_as_of})" if known.robots != "unknown" else known.robots
        typer.echo(f"{each.name:<22} {', '.join(each.ways):<26} {robots:<18} {each.title}")
    typer.echo('\n`telltale sites NAME` says more of one. An export of any other site is read too: way = "export".')


def _card(each: Site) -> str:
    from spiders.facts import facts, told

    hosts = ", ".join(each.hosts) or "the listing's own"
    lines = {"ways in": ", ".join(each.ways), "rating runs": each.scale, "hosts": hosts}
    lines |= {_LABELS[name]: said for name, said in told(facts(each.name)).items()}
    width = max(len(label) for label in lines)
    return "\n".join([f"{each.title} ({each.name})", *(_filled(label, said, width) for label, said in lines.items())])


def _filled(label: str, said: str, width: int) -> str:
    """A line of the card; an address is never broken."""
    return textwrap.fill(
        said, 110, initial_indent=f"{label:<{width}}  ", subsequent_indent=" " * (width + 2), break_on_hyphens=False
    )
