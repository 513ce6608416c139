"""Engagement files and exports of invented reviews, written where a test wants them."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import product
from pathlib import Path

BAD = (
    (1, "Nobody answered the phone when I rang to ask about {}."),
    (2, "We waited an hour in the queue for {} and nobody said why."),
    (1, "A service charge that nobody had mentioned was added for {}."),
    (2, "The table we had booked for {} had been given away."),
)
GOOD = (
    (5, "Such kind and friendly staff looked after {}."),
    (4, "Delicious from start to finish, and {} was the best of it."),
)
ABOUT = (
    "my sister's birthday", "the Sunday roast", "a party of nine", "the early supper", "our anniversary",
    "lunch with a client", "the set menu", "the terrace", "afternoon tea", "a christening", "the wine evening",
    "breakfast on a weekday",
)  # fmt: skip


def export(file: Path, *, reviews: int, leave_out: str | None = None) -> Path:
    """A CSV of invented reviews spread over two years, without one column if asked."""
    said = [(stars, text.format(about)) for about, (stars, text) in product(ABOUT, BAD + GOOD)]
    rows = []
    for number in range(reviews):
        stars, text = said[number % len(said)]
        posted = date(2024, 1, 31) - timedelta(days=number * 700 // reviews)
        again = "" if number < len(said) else " And the same once more, weeks later, with other people."
        row = {"id": f"r{number}", "date": posted.isoformat(), "rating": stars, "title": "", "text": text + again}
        rows.append({name: value for name, value in row.items() if name != leave_out})
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, rows[0])
        table.writeheader()
        table.writerows(rows)
    return file


def engagement(
    folder: Path,
    *,
    reviews: int = 60,
    rival: bool = False,
    registered: bool = True,
    key: str = "as_of",
    drafts: str = "screen",
) -> Path:
    """`engagement.toml` and its exports in `folder`: the rival's site has no entry in the source register.

    Drafts are not set as pages, which would be most of a small audit's time: tests of the PDF ask for `all`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    export(folder / "own.csv", reviews=reviews)
    parts = [
        f'engagement = "corner-cafe"\n{key} = 2024-02-01\n',
        '[business]\nname = "Corner Café"\nindustry = "restaurant"\n',
        f'[publishing]\ndrafts = "{drafts}"\n',
    ]
    parts += ['[[competitors]]\nname = "Café Opposite"\n'] if rival else []
    parts.append(_listing("own", "Corner Café", "own-site"))
    parts += [_listing("opposite", "Café Opposite", "other-site")] if rival else []
    if registered:
        parts.append('[[sources]]\nsite = "own-site"\nbasis = "client export"\nchecked = 2024-02-01\nstorage = true\n')
    file = folder / "engagement.toml"
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


def _listing(name: str, business: str, site: str) -> str:
    lines = [
        f'name = "{name}"',
        f'business = "{business}"',
        f'site = "{site}"',
        'way = "export"',
        'files = ["own.csv"]',
    ]
    return "\n".join(["[[listings]]", *lines, ""])
