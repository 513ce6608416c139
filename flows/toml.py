"""A value as TOML writes it, so that what a person said cannot end a string or begin a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date


def quoted(text: str) -> str:
    """A basic string. JSON's without escapes beyond these is one too; DEL alone is allowed there and not here."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def array(values: Iterable[str]) -> str:
    """An array of strings on one line."""
    return f"[{', '.join(map(quoted, values))}]"


def inline(table: Mapping[str, str]) -> str:
    """An inline table of strings."""
    return "{ " + ", ".join(f"{quoted(key)} = {quoted(value)}" for key, value in table.items()) + " }"


def table(header: str, **values: str | bool | float | date | Iterable[str] | Mapping[str, str] | None) -> str:
    """A table with its keys; a value that is None or empty is left out."""
    held = [f"{key} = {_written(value)}" for key, value in values.items() if value not in (None, "", (), [], {})]
    return "\n".join([header, *held] if header else held)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, float | int):
        return f"{value:g}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return inline(value)
    return array(value) if isinstance(value, Iterable) else quoted(str(value))
