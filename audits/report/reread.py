"""A published report is read back from its JSON without the words of erased reviews, and can be rendered again."""

from __future__ import annotations

import re
import types
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from audits.analysis.values import NotObservable
from audits.report.model import Report


def without(report: Mapping[str, Any], gone: Collection[str], said: Sequence[str], names: Sequence[str]) -> Any:
    """The report's JSON without quotes and links of the reviews `gone`, quotes of what was `said`, and `names`.

    Numbers and the ids behind them stay: they were counted when it was published, and no id leads to a text any more.
    """
    pattern = re.compile("|".join(rf"(?<!\\w){re.escape(name)}(?!\\w)" for name in names), re.I) if names else None
    return _cleaned(report, frozenset(gone), tuple(said), pattern)


def _cleaned(value: Any, gone: frozenset[str], said: tuple[str, ...], pattern: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        return pattern.sub("[name]", value) if pattern else value
    if isinstance(value, list):
        return [_cleaned(each, gone, said, pattern) for each in value if not _quotes(each, gone)]
    if not isinstance(value, dict):
        return value
    kept = {name: _cleaned(each, gone, said, pattern) for name, each in value.items()}
    if value.get("key") in gone and "link" in value:
        kept |= {"link": None, "row": None}
    quote = value.get("quote")
    if isinstance(quote, str) and any(_bare(quote) in _bare(each) for each in said):
        kept["quote"] = None
    return kept


def _quotes(value: Any, gone: frozenset[str]) -> bool:
    return isinstance(value, dict) and value.get("review") in gone and "text" in value


def _bare(text: str) -> str:
    return " ".join(text.replace("…", " ").split())


def reread(plain: Mapping[str, Any]) -> Report:
    """The `Report` that a JSON form was written from; raises `TypeError` or `KeyError` for one of another version."""
    value = _value(Report, plain)
    assert isinstance(value, Report)
    return value


def _value(kind: Any, plain: Any) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(inside, plain)
    if origin is Literal or kind is Any or (not inside and not is_dataclass(kind)):
        return float(plain) if kind is float else plain
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        made: Any = kind
        return made(**{each.name: _value(hints[each.name], plain[each.name]) for each in fields(kind)})
    if origin is tuple:
        whole = inside[:1] * len(plain) if inside[-1] is Ellipsis else inside
        return tuple(_value(each, item) for each, item in zip(whole, plain, strict=True))
    if issubclass(origin, Mapping):
        return {inside[0](name): _value(inside[1], item) for name, item in plain.items()}
    return [_value(inside[0], item) for item in plain]


def _one_of(kinds: Sequence[Any], plain: Any) -> Any:
    """Of a union, the kind that fits: None, what is not observable, or the one other."""
    if plain is None:
        return None
    if isinstance(plain, dict) and plain.keys() == {"not_observable"} and NotObservable in kinds:
        return NotObservable(reason=plain["not_observable"])
    rest = [kind for kind in kinds if kind not in (type(None), NotObservable)]
    fitting = [kind for kind in rest if isinstance(kind, type) and isinstance(plain, kind)]
    return _value((fitting or rest)[0], plain)
