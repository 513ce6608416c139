"""What the report says of its own making: methods, limits and glossary, from one catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from audits.analysis.resemblance import RIGHT, weights
from audits.catalogue import gettext
from audits.catalogue.forms import count, percent
from audits.report.model import Line


@cache
def _catalogue() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(resources.files(__package__).joinpath("lines.toml").read_text(encoding="utf-8"))


def methods(anchors: Iterable[str], *, cases: bool = False) -> tuple[Line, ...]:
    """A line for each method that a printed number used, in order; a test holds that each method has one.

    Of a reading of cases, here as below, what is said of shares, ranges and stars is left out: it prints none.
    """
    known = _catalogue()["methods"]
    return _lines({anchor: known[anchor] for anchor in anchors}, cases)


def limits(*, cases: bool = False) -> tuple[Line, ...]:
    """What the numbers cannot say; with how many of the model's answers people found right."""
    read = weights()
    told = {"answers": count(int(read["answers"])), "right": percent(read[RIGHT])}
    return _lines(_catalogue()["limits"], cases, told)


def glossary(*, cases: bool = False) -> tuple[Line, ...]:
    """The report's own words."""
    return _lines(_catalogue()["glossary"], cases)


def _lines(
    known: Mapping[str, Mapping[str, Any]], cases: bool, told: Mapping[str, str] | None = None
) -> tuple[Line, ...]:
    return tuple(_line(anchor, line, told or {}) for anchor, line in known.items() if line.get("cases") or not cases)


def _line(anchor: str, line: Mapping[str, Any], told: Mapping[str, str]) -> Line:
    name, text = line["name"], line["text"]
    return Line(anchor=anchor, name=gettext(name), text=gettext(text, **(told if "%(" in text else {})))
