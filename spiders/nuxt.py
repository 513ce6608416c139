"""The state that Nuxt leaves in a page, a call of a function with its arguments, as the JSON it stands for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_CALL = re.compile(r"__NUXT__\s*=\s*\(function\s*\(([\w$,\s]{0,200000})\)\s*\{.{0,20000}?\breturn\s*(?=\{)", re.S)
_TOKEN = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<minus>-\s*)?(?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)'
    r"|(?P<word>void 0|![01]|[\w$]+)|(?P<mark>[{}\[\]:,]))"
)
_PLAIN = {"void 0": "null", "undefined": "null", "!0": "true", "!1": "false"}
_KEPT = frozenset(["true", "false", "null"])


def nuxt(html: str) -> Any:
    """The state, or None where there is none or it holds more than data."""
    called = _CALL.search(html)
    if called is None:
        return None
    try:
        body = list(_tokens(html, called.end()))
        given = html.index("(", body[-1].end())
        values = _values(html, given + 1)
        names = dict(zip((each.strip() for each in called[1].split(",")), values, strict=False))
        return json.loads("".join(_json(body, names)), strict=False)
    except (ValueError, LookupError, RecursionError):
        return None


def _tokens(text: str, at: int) -> Iterator[re.Match[str]]:
    """The tokens of one value, to the bracket that closes it; ValueError at the first that is not data."""
    depth = 0
    while True:
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError("not data")
        yield found
        depth += (found["mark"] in ("{", "[")) - (found["mark"] in ("}", "]"))
        if depth == 0:
            return
        at = found.end()


def _values(text: str, at: int) -> list[str]:
    """The arguments of the call, each as JSON."""
    values: list[str] = []
    while text[at : at + 1] != ")":
        held = list(_tokens(text, at))
        values.append("".join(_json(held, {})))
        at = held[-1].end() + (text[held[-1].end() : held[-1].end() + 1] == ",")
    return values


def _json(tokens: list[re.Match[str]], names: dict[str, str]) -> Iterator[str]:
    """The tokens as JSON: keys quoted, names replaced by what they stand for."""
    for here, each in enumerate(tokens):
        after = tokens[here + 1]["mark"] if here + 1 < len(tokens) else None
        if each["number"]:
            is_key = after == ":" and not each["minus"]
            whole = f"{'-' if each['minus'] else ''}{'0' if each['number'].startswith('.') else ''}{each['number']}"
            yield f'"{whole}"' if is_key else whole
        elif each["word"]:
            word = each["word"]
            yield json.dumps(word) if after == ":" else _PLAIN.get(word) or (word if word in _KEPT else names[word])
        else:
            yield each["string"] or each["mark"]
