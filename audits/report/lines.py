"""What the report says of its own making: methods, limits and glossary, from one catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from audits.catalogue import gettext
from audits.report.model import Line


@cache
def _catalogue() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("lines.toml").read_text(encoding="utf-8"))


def methods(anchors: Iterable[str]) -> tuple[Line, ...]:
    """A line for each method that a printed number used, in order; a test holds that each method has one."""
    return tuple(_line(anchor, _catalogue()["methods"][anchor]) for anchor in anchors)


def limits() -> tuple[Line, ...]:
    """What the numbers cannot say."""
    return tuple(_line(anchor, line) for anchor, line in _catalogue()["limits"].items())


def glossary() -> tuple[Line, ...]:
    """The report's own words."""
    return tuple(_line(anchor, line) for anchor, line in _catalogue()["glossary"].items())


def _line(anchor: str, line: Mapping[str, str]) -> Line:
    name, text = line["name"], line["text"]
    return Line(anchor=anchor, name=gettext(name), text=gettext(text))
