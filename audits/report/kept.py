"""A rendered form until it is published: in memory, or where it is large in a file without a name.

The annex and the JSON of a million reviews are hundreds of megabytes each, and are made, hashed and written in pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

LARGE = 16_000_000
"""Bytes from which a form goes to a file."""
AT_ONCE = 1_000_000


class Kept:
    """Bytes in a file that has no name in any folder, so that it goes with the process, whatever ends it.

    It lies where the system keeps such files (TMPDIR).
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        """Its bytes from the first on, piece by piece; one reader at a time."""
        self._file.seek(0)
        while piece := self._file.read(AT_ONCE):
            yield piece

    @property
    def sha256(self) -> str:
        """In hex."""
        found = sha256()
        for piece in self:
            found.update(piece)
        return found.hexdigest()


Form = bytes | Kept


def kept(texts: Iterable[str]) -> Form:
    """The texts one after the other, in UTF-8."""
    held, left = bytearray(), iter(texts)
    for text in left:
        held += text.encode()
        if len(held) > LARGE:
            break
    else:
        return bytes(held)
    file = TemporaryFile()  # noqa: SIM115  # closed when nothing refers to it any more
    file.write(held)
    file.writelines(text.encode() for text in left)
    return Kept(file)


def pieces(form: Form) -> Iterable[bytes]:
    """Its bytes, in order."""
    return (form,) if isinstance(form, bytes) else form


def digest(form: Form) -> str:
    """SHA-256, in hex."""
    return sha256(form).hexdigest() if isinstance(form, bytes) else form.sha256
