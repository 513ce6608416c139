"""Which Western encoding makes words of a file's bytes: the one whose letters and signs stand where people put them."""

from __future__ import annotations

import re

_ENCODINGS = ("cp1252", "mac_roman", "cp850", "cp1250")
"""What English and its neighbours are written in where it is not UTF-8: Windows, Macintosh, DOS, Windows in Warsaw."""
_SOUND = 0.9
"""Share of signs that stand well from which an encoding is believed."""
_FOREIGN = 0.4
"""Share of letters beyond ASCII that no Western language reaches, and every Greek or Russian text."""
_SIGNS = frozenset("’‘“”„‚«»‹›–—…•·°€£¥§©®™½¼¾²³¿¡\u00a0´ªº×±\u00ad")
_WITHIN = frozenset("’‘–—…·\u00a0\u00ad´")
"""Signs that may stand between two letters."""
_OPENING = frozenset("„‚")
"""Signs that stand before a word alone."""


def western(spoilt: bytes) -> str | None:
    """The encoding in which these lines read well, Windows first; None where none does."""
    held = {name: _share(spoilt.decode(name, "replace")) for name in _ENCODINGS}
    best = max(_ENCODINGS, key=lambda name: held[name])
    return best if held[best] >= _SOUND else None


def _share(text: str) -> float:
    """The share of signs beyond ASCII that stand where one would write them; nothing where most letters are such."""
    beyond = [found.start() for found in re.finditer(r"[^\x00-\x7f]", text)]
    letters = sum(letter.isalpha() for letter in text)
    if not beyond or sum(text[at].isalpha() for at in beyond) > _FOREIGN * max(1, letters):
        return 0.0
    return sum(_stands(text, at) for at in beyond) / len(beyond)


def _stands(text: str, at: int) -> bool:
    """A letter in a word, its capital not behind a small one; a sign between words, or one that joins them."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign.isalpha() and sign not in "ªº":
        behind_small = sign.isupper() and (before.islower() or (before.isalpha() and after.islower()))
        return not behind_small and not before.isdigit() and not after.isdigit()
    if sign in _OPENING and (before.isalpha() or not after.isalnum()):
        return False
    return sign in _SIGNS and (sign in _WITHIN or not (before.isalpha() and after.isalpha()))
