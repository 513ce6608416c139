"""A sentence of the catalogue, cut into pieces where a number in it leads to its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audits.report.model import Piece

_MARK = re.compile(r"%\((\w+)\)s")


def pieces(sentence: str, **values: str | Piece | Sequence[Piece]) -> tuple[Piece, ...]:
    """The sentence with its `%(name)s` filled in, in the order of its language; plain texts beside one another are one.

    Raises `KeyError` for a name without a value.
    """
    found: list[Piece] = []
    for at, part in enumerate(_MARK.split(sentence)):
        value = values[part] if at % 2 else part.replace("%%", "%")
        held = [Piece(text=value)] if isinstance(value, str) else [value] if isinstance(value, Piece) else value
        for piece in held:
            _add(found, piece)
    return tuple(found)


def _add(found: list[Piece], piece: Piece) -> None:
    if found and found[-1].evidence is None and piece.evidence is None:
        found[-1] = Piece(text=found[-1].text + piece.text)
    elif piece.text:
        found.append(piece)
