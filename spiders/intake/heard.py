"""While a file is read it is told how far: a bar moves inside one large file, too."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEP = 1 << 20
"""Bytes between two words."""
Heard = Callable[[int], None]


def opened(path: Path, heard: Heard | None = None) -> io.BufferedReader:
    """The file, open for reading; `heard` is told how much was read, each megabyte."""
    return io.BufferedReader(_Telling(path, heard) if heard else io.FileIO(path), 1 << 16)


class _Telling(io.FileIO):
    def __init__(self, path: Path, heard: Heard) -> None:
        super().__init__(path)
        self._heard, self._read, self._told, self._size = heard, 0, 0, path.stat().st_size

    def readinto(self, buffer: Any, /) -> int | None:
        count = super().readinto(buffer)
        self._read += count or 0  # not the place: an archive is read at its end first
        if self._read - self._told >= STEP:
            self._told = self._read
            self._heard(min(self._read, self._size))
        return count
