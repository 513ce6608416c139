"""The engagement file of the demo: the sandbox's audited business and its competitors, as a consultant writes it."""

from __future__ import annotations

from pathlib import Path

from flows.toml import quoted as _quoted
from spiders.sandbox.truth import Demo, DemoBusiness, demo

NAME = "sandbox"
PORT = 47110
"""Preferred, so that links and landings of one demo are those of the next; any free port serves where it is taken."""


def written(folder: Path, url: str) -> Path:
    """Write `sandbox.toml` into `folder` for a sandbox that answers at `url`; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{NAME}.toml"
    file.write_text(engagement_toml(demo(), url), encoding="utf-8")
    return file


def engagement_toml(told: Demo, url: str) -> str:
    """The text of the engagement file."""
    audited = told.audited
    parts = [
        "# Written by `telltale demo`: invented businesses on a rating site in a box, served on this machine.",
        f"engagement = {_quoted(NAME)}",
        f"title = {_quoted(f'{audited.name} and its competitors')}",
        f"as_of = {told.last_day}",
        "",
        "[business]",
        f"name = {_quoted(audited.name)}",
        'industry = "hotel"',
        f"locations = [{', '.join(map(_quoted, audited.locations))}]",
        "",
        "[period]",
        f"start = {told.first_day}",
        f"end = {told.last_day}",
        "",
        "[money]",
        f"currency = {_quoted(told.currency)}",
    ]
    parts += [f"\n[[competitors]]\nname = {_quoted(each.name)}" for each in told.competitors]
    parts += [_listing(each, url) for each in (audited, *told.competitors)]
    parts += [
        "",
        "[[sources]]",
        'site = "sandbox"',
        'basis = "sandbox"',
        f"checked = {told.last_day}",
        "storage = true",
    ]
    return "\n".join(parts) + "\n"


def _listing(business: DemoBusiness, url: str) -> str:
    return "\n".join(
        [
            "",
            "[[listings]]",
            f"name = {_quoted(business.slug)}",
            f"business = {_quoted(business.name)}",
            'site = "sandbox"',
            'way = "crawl"',
            f"url = {_quoted(url.rstrip('/') + business.path)}",
            "local = true",
        ]
    )
