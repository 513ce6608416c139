"""`python -m spiders.scaffold NAME`: a new site's parser and its two pages stand in their places, to be filled in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from spiders.sites import all_sites

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PAGE = """<!DOCTYPE html>
<html><head><title>Invented Business</title></head><body>
<script id="state" type="application/json">{"total": 1, "reviews": [
 {"id": "1", "stars": "4", "title": "Replace me", "text": "The site's real markup, invented people and words.",
  "author": "Nobody Real", "date": "01/05/2024"}]}</script>
</body></html>
"""
_REFUSED = """<!DOCTYPE html>
<html><head><title>Replace me by the site's own wall</title></head><body>
<form action="/login"><label>Password <input type="password" name="p"></label></form></body></html>
"""


class ScaffoldError(Exception):
    """The site cannot be begun: the sentence says why."""


def scaffold(name: str, root: Path) -> list[Path]:
    """Write the files of a site that is not there yet; returns them."""
    if not _SLUG.fullmatch(name):
        raise ScaffoldError(
            f"{name!r} is no name of a site: use small letters, digits and hyphens (make site NAME=my-site)"
        )
    module = root / "spiders" / "sites" / f"{name.replace('-', '_')}.py"
    fixtures = root / "tests" / "sites" / name
    if name in all_sites() or module.exists() or fixtures.exists():
        raise ScaffoldError(
            f"the site {name!r} is there already: {module.relative_to(root)}, {fixtures.relative_to(root)}"
        )
    template = (root / "spiders" / "sites" / "_template.py").read_text(encoding="utf-8")
    written = {
        module: _renamed(template, name),
        fixtures / "page.html": _PAGE,
        fixtures / "refused.html": _REFUSED,
    }
    fixtures.mkdir(parents=True)
    for file, text in written.items():
        file.write_text(text, encoding="utf-8")
    return list(written)


def _renamed(template: str, name: str) -> str:
    words = name.split("-")
    title = " ".join(words).title()
    named = template.replace("class Template(", f"class {''.join(each.capitalize() for each in words)}(")
    named = named.replace('name = "template"', f'name = "{name}"').replace('"Name of the site"', f'"{title}"')
    opening = f'"""{title}: say where its reviews are, and what is odd there."""'
    return re.sub(r'^""".*?"""', opening, named, count=1)


def main(arguments: list[str]) -> int:
    """Exit code 0 with the files named, 1 with the reason."""
    root = Path(__file__).resolve().parents[1]
    try:
        written = scaffold(arguments[0] if arguments else "", root)
    except (ScaffoldError, OSError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    for file in written:
        sys.stdout.write(f"{file.relative_to(root)}\n")
    sys.stdout.write("Next: docs/adding-a-site.md, from its step 2 on.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
