"""Frozen values and their JSON, by their own type hints: read back, and described as a JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from audits.analysis.values import NotObservable

UNKNOWN = "not_observable"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


class ShapeError(ValueError):
    """A JSON value is not of the type that was asked for: where, and what is wrong."""


def read(kind: Any, value: Any, at: str = "report") -> Any:
    """The value of that type from its JSON form, the inverse of `json.plain`; raises `ShapeError`."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind), value, at)
    if kind is NotObservable:
        return NotObservable(reason=_mapping(value, at)[UNKNOWN])
    if is_dataclass(kind):
        return _whole(kind, _mapping(value, at), at)
    if origin is Literal:
        return _checked(value in get_args(kind), value, at)
    if origin is tuple:
        return _row(get_args(kind), value, at)
    if origin is not None and issubclass(origin, Mapping):
        return {name: read(get_args(kind)[1], each, f"{at}.{name}") for name, each in _mapping(value, at).items()}
    if kind is float:
        # A whole number stays one: the same report must give the same bytes again.
        return _checked(isinstance(value, (int, float)) and not isinstance(value, bool), value, at)
    return _checked(isinstance(value, kind) and (kind is bool or not isinstance(value, bool)), value, at)


def _one_of(kinds: Sequence[Any], value: Any, at: str) -> Any:
    if value is None and type(None) in kinds:
        return None
    unknown = isinstance(value, Mapping) and set(value) == {UNKNOWN}
    for kind in kinds:
        if (kind is NotObservable) == unknown and kind is not type(None) and _may_be(kind, value):
            return read(kind, value, at)
    raise ShapeError(f"{at}: {str(value)[:60]!r} is none of the forms that may stand here")


def _may_be(kind: Any, value: Any) -> bool:
    """Whether a member of a union is the one that was written: an object, a list, or a plain value of its type."""
    if kind is float:
        return isinstance(value, (int, float))
    if isinstance(kind, type) and not is_dataclass(kind):
        return isinstance(value, kind)
    return not is_dataclass(kind) or isinstance(value, Mapping)


def _whole(kind: Any, value: Mapping[str, Any], at: str) -> Any:
    hints = _hints(kind)
    names = [field.name for field in fields(kind)]
    if set(names) != set(value):
        odd = sorted(set(names) ^ set(value))
        raise ShapeError(f"{at}: {', '.join(odd)} missing or unknown; it was written by another version of Telltale")
    return kind(**{name: read(hints[name], value[name], f"{at}.{name}") for name in names})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _row(kinds: Sequence[Any], value: Any, at: str) -> tuple[Any, ...]:
    _checked(isinstance(value, list), value, at)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(read(kinds[0], each, f"{at}[{number}]") for number, each in enumerate(value))
    _checked(len(kinds) == len(value), value, at)
    return tuple(read(kind, each, at) for kind, each in zip(kinds, value, strict=True))


def _mapping(value: Any, at: str) -> Mapping[str, Any]:
    _checked(isinstance(value, dict), value, at)
    held: Mapping[str, Any] = value
    return held


def _checked(right: bool, value: Any, at: str) -> Any:
    if not right:
        raise ShapeError(f"{at}: {str(value)[:60]!r} is not what stands here")
    return value


def schema(kind: Any, *, title: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of a frozen value's JSON form."""
    known: dict[str, Any] = {}
    whole = _described(kind, known)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **whole,
        "$defs": dict(sorted(known.items())),
    }


def _described(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if origin in (Union, UnionType):
        return {"anyOf": [_described(each, known) for each in get_args(kind)]}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        return _listed(get_args(kind), known)
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _described(get_args(kind)[1], known)}
    if kind.__name__ not in known:
        known[kind.__name__] = {}  # stands before its members are described: a type may hold itself
        known[kind.__name__] = _object(kind, known)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _listed(kinds: Sequence[Any], known: dict[str, Any]) -> dict[str, Any]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return {"type": "array", "items": _described(kinds[0], known)}
    parts = [_described(kind, known) for kind in kinds]
    return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}


def _object(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    if kind is NotObservable:
        members = {UNKNOWN: {"type": "string"}}
    else:
        hints = _hints(kind)
        members = {field.name: _described(hints[field.name], known) for field in fields(kind)}
    told = " ".join((kind.__doc__ or "").split())
    described = {} if told.startswith(f"{kind.__name__}(") else {"description": told}
    return {
        "type": "object",
        **described,
        "properties": members,
        "required": sorted(members),
        "additionalProperties": False,
    }
