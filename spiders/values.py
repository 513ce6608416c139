"""Values out of JSON that a site may write in several ways: one thing or a list, a number or its text, or nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_DEEPEST = 12
_COUNT = re.compile(
    # Groups of three, or of two as India writes them, or bare; then what makes it no count: a fraction or a thousand.
    r"(\d{1,3}(?:[,.'’٬ ]\d{2,3})*[,.'’٬ ]\d{3}(?!\d)|\d+)(?:[.,]0{1,2}(?!\d))?"
    r"([.,]\d|\s?(?:[km]|mio|mil|tsd|тыс)\b|\s?[万萬만])?",
    re.I,
)


def at(node: Any, *path: str | int) -> Any:
    """What lies at the end of a path of keys and positions, or None where any step of it is missing."""
    for step in path:
        if isinstance(step, str):
            node = node.get(step) if isinstance(node, dict) else None
        else:
            node = node[step] if isinstance(node, list) and -len(node) <= step < len(node) else None
    return node


def members(node: Any, *path: str | int) -> list[dict[str, Any]]:
    """The objects of the list at the end of a path; what is no object, or no list, is left out."""
    found = at(node, *path)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def number(given: object) -> float | None:
    """A number as JSON or text has it, with a point or a comma; None for anything else."""
    if isinstance(given, bool):
        return None
    try:
        value = float(str(given).replace(",", "."))
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None


def count(given: object) -> int | None:
    """How many: "1,234", "1.234 reviews", "1’234" and 1234 alike; the first number where there are words around it.

    None for what is no whole number or is rounded ("1.2K").
    """
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return int(given) if given == given and 0 <= given < 10**12 else None
    found = _COUNT.search(unicodedata.normalize("NFKC", str(given or "")[:200]))
    if found is None or found[2]:
        return None
    digits = "".join(each for each in found[1] if each.isdecimal())
    return int(digits) if len(digits) <= 12 else None


def flag(given: object) -> bool | None:
    """True and false as sites write them; anything else is unknown, not no."""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(str(given).lower())


def first(given: Any) -> Any:
    """The thing, or the first of them."""
    return next(iter(flat(given)), None)


def flat(given: Any, depth: int = 0) -> list[Any]:
    """A list of what may be one thing, a list, or lists in lists."""
    if given is None:
        return []
    if not isinstance(given, list) or depth > _DEEPEST:
        return [given]
    return [inner for each in given for inner in flat(each, depth + 1)]
