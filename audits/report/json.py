"""A report as deterministic JSON, and its digest: same report, same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from json.encoder import encode_basestring_ascii
from operator import attrgetter
from typing import Any

from audits.analysis.values import NotObservable
from audits.report import kept
from audits.report.kept import Form
from audits.report.model import Report

LINED = ("evidence", "reviews")
"""Members of the report with an item for each set of evidence and each review."""


def render(report: Report) -> str:
    """The whole value with sorted keys; what is not observable is `{"not_observable": reason}`.

    LINED members have a line an item.
    """
    return "".join(_pieces(report))


def _pieces(report: Report) -> Iterator[str]:
    """The text from its beginning: a large report has millions of ids, and is never held in plain values whole."""
    for at, name in enumerate(sorted(field.name for field in fields(report))):
        value = getattr(report, name)
        yield f'{"," if at else "{"}\n "{name}": '
        yield from _lined(value) if name in LINED and value else (_written(value),)
    yield "\n}\n"


def _lined(items: Sequence[Any]) -> Iterator[str]:
    for at, item in enumerate(items):
        yield f"{',' if at else '['}\n  {_line(item)}"
    yield "\n ]"


def _line(item: Any) -> str:
    """As `_text`; a large report has a million of them, most of whose values are short texts."""
    values, layout = _layout(item.__class__)
    return layout % tuple(map(_value, values(item)))


@cache
def _layout(kind: type) -> tuple[Callable[[Any], tuple[Any, ...]], str]:
    """What takes the values out of a dataclass (of two fields or more), by name, and the line that they stand in."""
    names = sorted(_names(kind))
    return attrgetter(*names), f"{{{', '.join(f'{encode_basestring_ascii(name)}: %s' for name in names)}}}"


def _value(value: Any) -> str:
    if value is None:
        return "null"
    return encode_basestring_ascii(value) if isinstance(value, str) else _in_line(plain(value))


_in_line = json.JSONEncoder(sort_keys=True, ensure_ascii=True, allow_nan=False).encode


def _written(value: Any) -> str:
    """A line break inside a text is an escape, so each one here is the layout's."""
    return _text(value, indent=1).replace("\n", "\n ")


def _text(value: Any, indent: int | None = None) -> str:
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=True, allow_nan=False, indent=indent)


def digest(report: Report) -> str:
    """SHA-256 of the report as a draft, in hex: approving it changes its state, not its name."""
    found = sha256()
    for piece in _pieces(replace(report, state="draft", release=None, checks=())):
        found.update(piece.encode())
    return found.hexdigest()


def audit_id(report: Report) -> str:
    """Date of the evidence and the first eight digits of the digest: `2026-06-30-1a2b3c4d`."""
    return f"{report.as_of[:10]}-{digest(report)[:8]}"


def named(report: Report) -> tuple[str, Form]:
    """The audit's id and its JSON; a draft is its own digest's text, and is written once."""
    form = kept.kept(_pieces(report))
    draft = report.state == "draft" and report.release is None and not report.checks
    return (drafted(report, form) if draft else audit_id(report)), form


def drafted(report: Report, form: Form) -> str:
    """The audit's id where the JSON of its draft is at hand: a large report is not written again for its name."""
    return f"{report.as_of[:10]}-{kept.digest(form)[:8]}"


def plain(value: Any) -> Any:
    """JSON values of a frozen value."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, NotObservable):
        return {"not_observable": value.reason}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [item if isinstance(item, str) else plain(item) for item in value]
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields: asked for at every one of a million reviews."""
    return tuple(field.name for field in fields(kind))
