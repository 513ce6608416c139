"""The elements of every outermost list in a JSON file, one after the other, in memory bounded by one element."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from spiders.intake.heard import Heard, opened

ELEMENT_MOST = 32 * 1024 * 1024
"""Characters of one element: a page of 16 MB in base64 with its headers; no review comes near it."""
_READ = 1 << 18
_DEEPEST = 12


class BrokenJsonError(ValueError):
    """What is wrong with the file, and at which character; what came before it has been given out."""


def elements(path: Path, heard: Heard | None = None) -> Iterator[tuple[str, Any]]:
    """Where a list stands ("" at the root, "log.entries" inside) and each of its elements; raises `BrokenJsonError`."""
    with io.TextIOWrapper(opened(path, heard), encoding="utf-8-sig", errors="replace", newline="") as file:
        yield from _Scanner(file).value("", 0)


class _Scanner:
    """A window on the text that grows until a whole element fits and moves on behind it."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.text, self.at, self.before, self.ended = file, "", 0, 0, False
        self.decode = json.JSONDecoder(strict=False).raw_decode

    def value(self, where: str, depth: int) -> Iterator[tuple[str, Any]]:
        """A value in which lists are looked for: a list is given out, an object is gone through, the rest is passed."""
        opened = self._peek()
        if opened == "[":
            yield from self._list(where)
        elif opened == "{" and depth < _DEEPEST:
            yield from self._object(where, depth)
        else:
            self._whole()

    def _object(self, where: str, depth: int) -> Iterator[tuple[str, Any]]:
        self.at += 1
        while self._peek() != "}":
            name = self._whole()
            if not isinstance(name, str):
                raise self._broken("an object without a name")
            self._expect(":")
            yield from self.value(f"{where}.{name}" if where else name, depth + 1)
            if self._peek() == ",":
                self.at += 1
        self.at += 1

    def _list(self, where: str) -> Iterator[tuple[str, Any]]:
        self.at += 1
        while self._peek() != "]":
            yield where, self._whole()
            if self._peek() == ",":
                self.at += 1
        self.at += 1

    def _whole(self) -> Any:
        """The value that starts here, read whole; the window at most doubles each time that it is too small."""
        self._peek()
        while True:
            try:
                found, end = self.decode(self.text, self.at)
            except (json.JSONDecodeError, RecursionError) as wrong:
                held = len(self.text) - self.at
                if held >= ELEMENT_MOST or not self._more(max(_READ, held)):
                    raise self._broken(_told(wrong, held)) from None
                continue
            # A number or word may go on behind the window.
            if end == len(self.text) and self._more(_READ):
                continue
            self.at = end
            return found

    def _peek(self) -> str:
        """The next character that is no white space."""
        while True:
            while self.at < len(self.text):
                if not self.text[self.at].isspace():
                    return self.text[self.at]
                self.at += 1
            if not self._more(_READ):
                raise self._broken("the file ends in the middle")

    def _expect(self, mark: str) -> None:
        if self._peek() != mark:
            raise self._broken(f"{mark!r} is missing")
        self.at += 1

    def _more(self, characters: int) -> bool:
        read = "" if self.ended else self.file.read(characters)
        self.ended = not read
        if self.at:
            self.before += self.at
            self.text, self.at = self.text[self.at :], 0
        self.text += read
        return bool(read)

    def _broken(self, reason: str) -> BrokenJsonError:
        return BrokenJsonError(f"{reason} (character {self.before + self.at + 1:,})")


def _told(wrong: Exception, held: int) -> str:
    if held >= ELEMENT_MOST:
        return f"an element is larger than {ELEMENT_MOST >> 20} MB or never ends"
    if isinstance(wrong, RecursionError):
        return "an element is nested too deeply"
    return f"the file breaks off or is no JSON here: {str(wrong).partition(':')[0].lower()}"
