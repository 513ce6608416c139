"""The content of a statement as word stems and pairs of neighbouring stems: what themes are made of and named by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

WINDOW = 4
"""Tokens that a pair may span: "denied my claim" and "claim was denied" are one pair."""
NOT = "not"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[.!?;:,()]")
_VOWEL = re.compile("[aeiouy]")
_NEGATIONS = frozenset(("not", "no", "never", "none", "nothing", "without", "cannot", "neither", "nor"))
# Words that carry the sentence or a bare judgement, never the matter: they neither make nor name a theme.
_EMPTY = frozenset(resources.files(__package__).joinpath("empty_words.txt").read_text(encoding="utf-8").split())
_NOT_ALONE = frozenset(
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
_JOINED = frozenset(("on", "out", "off"))
"""Small words that a name may open with: "on hold", "out of stock"."""
_PERSONAL = frozenset(
    ("i", "me", "my", "we", "us", "our", "you", "your", "he", "she", "they", "them", "their", "his", "her", "it", "its")
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word (lower case), its stem and its place; the stem is empty where the word carries no matter."""

    word: str
    stem: str
    start: int
    end: int


Key = tuple[str, ...]
"""One stem, or two in alphabetical order; "not" comes first in a negated word."""


def tokens(text: str) -> list[Token]:
    """Words in order, punctuation as tokens of its own without a stem."""
    found = _WORD.finditer(text.lower().replace("’", "'"))
    return [Token(match[0], _stem_of(match[0]), match.start(), match.end()) for match in found]


def keys(words: list[Token]) -> dict[Key, tuple[int, int]]:
    """Every stem and pair of stems in a statement, each with its shortest span (first, last token)."""
    found: dict[Key, tuple[int, int]] = {}
    for at, token in enumerate(words):
        if not token.stem:
            continue
        if token.stem != NOT and token.stem not in _NOT_ALONE:
            found.setdefault((token.stem,), (at, at))
        for later in range(at + 1, min(at + WINDOW, len(words))):
            other = words[later].stem
            if words[later].word in ".!?;:()":
                break
            key = _pair(token.stem, other, later - at)
            if key and (key not in found or later - at < found[key][1] - found[key][0]):
                found[key] = (at, later)
    return found


def surface(text: str, words: list[Token], span: tuple[int, int]) -> str:
    """The words of a span in lower case, hyphens kept and other signs left out: "pre-existing condition"."""
    said = ""
    for token in words[span[0] : span[1] + 1]:
        if token.word[0].isalpha():
            joint = "-" if said and text[token.start - 1] == "-" else " "
            said = f"{said}{joint}{token.word}" if said else token.word
    return said


def around(text: str, words: list[Token], at: int) -> set[str]:
    """Phrases of two to four words that hold the word at `at`: "on hold", "answer the phone"."""
    found = set()
    for first in range(max(0, at - 3), at + 1):
        for last in range(max(at, first + 1), min(len(words), first + 4)):
            opens = words[first].stem or words[first].word in _JOINED
            unbroken = all(token.word[0].isalpha() for token in words[first : last + 1])
            if opens and words[last].stem and words[last].stem != NOT and unbroken:
                found.add(surface(text, words, (first, last)))
    return found


def plain(name: str) -> float:
    """How well a phrase serves as a name: persons and contractions make it part of someone's story."""
    words = name.split()
    told = sum(word in _PERSONAL or "'" in word for word in words)
    return 0.4**told * 0.85 ** max(0, len(words) - 3)


def _pair(stem: str, other: str, distance: int) -> Key | None:
    if not other or other in (stem, NOT):
        return None
    if stem == NOT:
        return (NOT, other) if distance <= 2 else None
    return (stem, other) if stem < other else (other, stem)


def _stem_of(word: str) -> str:
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
