"""What a parser costs on captured pages: milliseconds of processor time a page and site, beside extruct on the same."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from spiders import embedded
from spiders.items import Page
from spiders.schemareview import types
from spiders.site import Site, UnreadableError
from spiders.sites import all_sites

RUNS = 5
FOLDERS = {"schema_org": "schema-org"}


def run(captures: Path) -> None:
    """Print a line a site, the median over all pages, and the comparison on the schema.org captures."""
    print(f"parse: best of {RUNS} runs a page in processor time, one core, body in memory; median and worst page")
    spent: list[float] = []
    for folder in sorted(each for each in captures.iterdir() if each.is_dir()):
        site = all_sites().get(FOLDERS.get(folder.name, folder.name))
        if site is not None and (costs := _costs(site, folder)):
            spent += costs
            print(f"  {site.name:<22} {len(costs):>3} pages  {statistics.median(costs):6.1f} ms  {max(costs):6.1f} ms")
    if spent:
        print(f"  {'all':<22} {len(spent):>3} pages  {statistics.median(spent):6.1f} ms  {max(spent):6.1f} ms")
    _beside_extruct(captures / "schema_org")


def _costs(site: Site, folder: Path) -> list[float]:
    costs = []
    for file in sorted(folder.iterdir()):
        page = Page(url="", body=file.read_bytes(), fetched_at=None)
        try:
            site.parse(page)
        except UnreadableError:
            continue
        costs.append(_best(partial(site.parse, page)))
    return costs


def _best(work: Callable[[], Any]) -> float:
    """Milliseconds of the cheapest run: what is dearer was somebody else's."""
    costs = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        costs.append(time.process_time() - started)
    return 1000 * min(costs)


def _beside_extruct(folder: Path) -> None:
    import extruct

    site, ours, theirs, found, seen = all_sites()["schema-org"], 0.0, 0.0, 0, 0
    for file in sorted(folder.iterdir()):
        page = Page(url="", body=file.read_bytes(), fetched_at=None)
        html = embedded.text_of(page)
        read = partial(extruct.extract, html, syntaxes=["json-ld", "microdata"], errors="ignore")
        ours += _best(partial(site.parse, page))
        theirs += _best(read)
        found += len(site.parse(page).reviews)
        seen += _reviews(read())
    print(f"  schema.org captures: {ours:.0f} ms, {found} reviews; extruct {theirs:.0f} ms, {seen} (doubles too)")


def _reviews(block: Any) -> int:
    if isinstance(block, list):
        return sum(_reviews(each) for each in block)
    if not isinstance(block, dict):
        return 0
    return any(each.endswith("Review") for each in types(block)) + sum(_reviews(each) for each in block.values())
