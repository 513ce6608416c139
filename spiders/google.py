"""What Google's pages, calls and APIs share: nested arrays without names, and translations beside originals."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

_CALLBACK = re.compile(
    r"AF_initDataCallback\(\s*\{.{0,200}?\bdata:\s*(?:function\s*\(\)\s*\{\s*return\s+)?(?=\[)", re.S
)
_STATE = re.compile(r"\bAPP_INITIALIZATION_STATE\s*=\s*(?=\[)")
_GUARD = ")]}'"
_DEEPEST = 24
_FRAMES_DEEP = 5
_DECODER = json.JSONDecoder(strict=False)
_ORIGINAL = re.compile(r"\(Original\)\s*(.*)\Z", re.S)
_TRANSLATED = re.compile(r"\s*\(Translated by Google\).*\Z", re.S)


def original(text: object) -> str | None:
    """The words as they were written: Google puts its translation before or behind them, in one text."""
    if not isinstance(text, str):
        return None
    found = _ORIGINAL.search(text) if "(Translated by Google)" in text else None
    return found[1] if found else _TRANSLATED.sub("", text)


def arrays(text: str) -> list[Any]:
    """Every array of a page (`AF_initDataCallback`, Maps' own state), of an answer to its calls, or of a JSON body."""
    marks = [*_CALLBACK.finditer(text), *_STATE.finditer(text)]
    found = [held for each in marks if (held := _from(text, each.end())[0]) is not None]
    if not found and text[:40].lstrip().startswith((_GUARD, "[")):
        found = list(_bodies(text))
    return [inner for each in found for inner in (each, *_answers(each))]


def _bodies(text: str) -> Iterator[Any]:
    """The arrays that follow each other in an answer; its guard and the lengths before each are passed over."""
    at = 0
    while (at := text.find("[", at)) >= 0:
        held, at = _from(text, at)
        if held is None:
            return
        yield held


def _answers(node: Any, depth: int = 0) -> Iterator[Any]:
    """Answers that stand in an array as the text of another: what a call returned, kept whole."""
    if isinstance(node, list) and depth < _FRAMES_DEEP:
        called = node[:1] == ["wrb.fr"]
        for each in node:
            if isinstance(each, str) and (each.startswith(_GUARD) or (called and each.startswith("["))):
                yield from _bodies(each)
            else:
                yield from _answers(each, depth + 1)


def _from(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at


def find(node: Any, wanted: Callable[[list[Any]], bool], depth: int = 0) -> Iterator[list[Any]]:
    """Every array of the wanted shape, outermost first; what is inside one is its own."""
    if not isinstance(node, list) or depth > _DEEPEST:
        return
    if wanted(node):
        yield node
        return
    for each in node:
        yield from find(each, wanted, depth + 1)
