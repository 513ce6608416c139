"""`telltale sites`: which sites can be read, and by which ways."""

from __future__ import annotations

import json

import typer


def run(*, as_json: bool) -> int:
    """Print a line a site; always complete."""
    from spiders.sites import all_sites

    rows = [
        {"site": name, "title": site.title, "hosts": list(site.hosts), "ways": sorted(site.ways), "scale": site.scale}
        for name, site in sorted(all_sites().items())
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        typer.echo(f"{row['site']:<14} {', '.join(row['ways']):<24} {row['title']}")
    typer.echo('\nA CSV export of any other site is read too: way = "export" in the engagement file.')
    return 0
