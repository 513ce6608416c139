"""The content of a statement as word stems and pairs of neighbouring stems: what themes are made of and named by."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

NOT = "not"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[.!?;:,()]")
BREAKS = frozenset(".!?;:()")
"""Marks that part what belongs together; a comma parts nothing."""
_VOWEL = re.compile("[aeiouy]")
_NEGATIONS = frozenset(("not", "no", "never", "none", "nothing", "without", "cannot", "neither", "nor"))
# Words that carry the sentence or a bare judgement, never the matter: they neither make nor name a theme.
_EMPTY = frozenset(resources.files(__package__).joinpath("empty_words.txt").read_text(encoding="utf-8").split())
NOT_ALONE = frozenset(
    (
        "back",
        "tell",
        "add",
        "receive",
        "pay",
        "answer",
        "check",
        "work",
        "speak",
        "talk",
        "explain",
        "contact",
        "policy",
        "email",
    )
)
"""Words that mean something only beside another: "called back", "no answer"."""
PERSONAL = frozenset(
    ("i", "me", "my", "we", "us", "our", "you", "your", "he", "she", "they", "them", "their", "his", "her", "it", "its")
)

Key = tuple[str, ...]
"""One stem, or two in alphabetical order; "not" comes first in a negated word."""


def words(text: str) -> list[str]:
    """Words in order and in small letters, marks as words of their own."""
    found: list[str] = _WORD.findall(text.lower().replace("’", "'"))
    return found


def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry a matter, negations left out."""
    return frozenset(map(stem_of, set(words(text)))) - {"", NOT}


@lru_cache(1 << 16)  # reviews of one trade share their words
def stem_of(word: str) -> str:
    if word in _NEGATIONS or word.endswith("n't"):
        return NOT
    word = word.partition("'")[0]
    if len(word) < 3 or word in _EMPTY:
        return ""
    return _stem(word)


def _stem(word: str) -> str:
    """One form for waits, waited and waiting: an S-stemmer (Harman 1991) with -ed, -ing and -ation taken off too."""
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]
    for ending in ("ing", "ed", "ation"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and _VOWEL.search(root):
            return _root(root)
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _root(root: str) -> str:
    """A verb without its ending as it is written alone: cancell → cancel, fil → file, but bill and wait stay."""
    doubled = root[-1] == root[-2]
    if doubled and len(root) > 3 and (root[-1] not in "lsz" or (root[-1] == "l" and len(root) > 5)):
        return root[:-1]
    if len(root) == 3 and not doubled and root[-1] not in "aeiouwxy" and root[-2] in "aeiou":
        return root + "e"
    return root
