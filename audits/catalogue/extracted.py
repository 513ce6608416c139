"""What the catalogue holds: the messages of code, templates and TOML files, as `pybabel extract` finds them.

`python -m audits.catalogue.extracted` writes `messages.pot`, from which a new language is copied.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from audits import catalogue

TEMPLATE = catalogue.FOLDER / "messages.pot"
ROOT = catalogue.FOLDER.parents[1]
KEYWORDS = ("gettext", "marked", "ngettext:1,2", "plural:2,3", "column", "Sentence", "_")
"""Functions and their arguments that are messages."""
_VALUE = re.compile(r"%\(\w+\)s")
_MARKUP = re.compile(r'<[^>]*>|[<>"&]')
Extracted = tuple[int, str, str, list[str]]


def toml(
    file: BinaryIO, _keywords: Mapping[str, Any], _tags: Iterable[str], options: Mapping[str, str]
) -> Iterator[Extracted]:
    """An extraction method of Babel: every string under one of the `keys` of a TOML file, also in tables under them."""
    keys = frozenset(options["keys"].split())
    for text in _texts(tomllib.load(file), keys, inside=False):
        yield 1, "", text, []


def _texts(value: Any, keys: frozenset[str], *, inside: bool) -> Iterator[str]:
    if isinstance(value, str):
        if inside and value:
            yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, keys, inside=inside)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, keys, inside=inside or key in keys)


def template(root: Path = ROOT) -> Catalog:
    """The messages of the checkout at `root`, as the mappings in its pyproject.toml say."""
    from babel.messages.extract import extract_from_dir
    from babel.messages.frontend import parse_keywords

    mappings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in mappings]
    options = {each["pattern"]: {k: v for k, v in each.items() if k not in ("method", "pattern")} for each in mappings}
    found = Catalog(project="telltale-audit", charset="utf-8")
    keywords = parse_keywords(KEYWORDS)
    folders = {str(root / pattern.partition("/")[0]) for pattern, _ in methods}
    here = extract_from_dir(
        root, methods, options, keywords=keywords, directory_filter=lambda path: _inside(Path(path), folders)
    )
    for name, _, message, comments, context in here:
        found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def faults(language: str) -> list[str]:
    """What is wrong with the file of a language: values that a translation loses or invents, and broken markup."""
    with (catalogue.FOLDER / f"{language}.po").open("rb") as file:
        found = read_po(file, locale=language)
    return [fault for message in found if message.id for fault in _faults(message)]


def _faults(message: Message) -> Iterator[str]:
    known, told = (list(text) if isinstance(text, (tuple, list)) else [text] for text in (message.id, message.string))
    own, values = str(known[-1]), [set(_VALUE.findall(str(text))) for text in known]
    for text in map(str, filter(None, told)):
        if not set.intersection(*values) <= set(_VALUE.findall(text)) <= set.union(*values):
            yield f"{own!r}: fills in other values"
        if sorted(_MARKUP.findall(text)) != sorted(_MARKUP.findall(own)):
            yield f"{own!r}: holds other marks of a page"


def _inside(path: Path, folders: set[str]) -> bool:
    """Whether a folder is one that a mapping names, or lies in one."""
    return any(str(each) in folders for each in (path, *path.parents)) and path.name != "__pycache__"


def written(catalog: Catalog) -> bytes:
    """The text of `messages.pot`: no line numbers and no date, so that it changes with the messages only."""
    out = BytesIO()
    write_po(out, catalog, width=120, sort_output=False, include_lineno=False, omit_header=True)
    return HEAD.encode() + out.getvalue()


HEAD = """# The messages of Telltale's report. A new language: copy this file to LANGUAGE.po, fill in `Language` and
# `Plural-Forms`, translate each msgstr (docs/engagement.md).
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


if __name__ == "__main__":
    TEMPLATE.write_bytes(written(template()))
