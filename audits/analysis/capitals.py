"""A name with capitals where customers mostly write them: TV, Sunday."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_INSIDE = re.compile(r"(?<=[^\W\d_] )[^\W\d_]{2,}\b|\b[^\W\d_]{2,4}\b")
"""A word after another, which no sentence opens with; a short one anywhere, for it may be all in capitals."""

_SHORT = 4
"""Letters of the longest word that may be an abbreviation: a longer one in capitals is shouted."""


def capitalised(name: str, texts: Iterable[str]) -> str:
    """The name with each word as most of the texts write it that are not in capitals altogether."""
    forms: dict[str, Counter[str]] = {word: Counter() for word in name.split()}
    for text in texts:
        if not (text.isupper() or text.istitle()):
            for match in _INSIDE.finditer(text):
                word = match[0]
                opens = match.start() == 0 or text[match.start() - 2 : match.start()] in (". ", "! ", "? ")
                plain = len(word) > _SHORT if word.isupper() else opens
                if word.lower() in forms:
                    forms[word.lower()][word.lower() if plain else word] += 1
    return " ".join(_most(word, forms[word]) for word in name.split())


def _most(word: str, forms: Counter[str]) -> str:
    """The form that more than half of them have; the word as it is where there is none."""
    return next((form for form, held in forms.items() if 2 * held > forms.total()), word)
