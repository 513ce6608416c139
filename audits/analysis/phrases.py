"""The content of a statement as word stems and pairs of neighbouring stems: what themes are made of and named by."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

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
_ARTICLES = frozenset(("the", "a", "an"))
_VERBS = frozenset(
    (
        *("am", "is", "are", "was", "were", "be", "do", "does", "did", "has", "have", "had"),
        *("can", "could", "may", "might", "must", "shall", "should", "will", "would"),
    )
)
"""Verbs that a "not" follows: they belong to its phrase."""
_WHOLE = {"won't": "will not", "can't": "cannot", "shan't": "shall not", "ain't": "is not"}
PERSONAL = frozenset(
    ("i", "me", "my", "we", "us", "our", "you", "your", "he", "she", "they", "them", "their", "his", "her", "it", "its")
)


class Token(NamedTuple):
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
    return [Token(match[0], stem_of(match[0]), match.start(), match.end()) for match in found]


def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry a matter, negations left out."""
    return frozenset(map(stem_of, set(_WORD.findall(text.lower().replace("’", "'"))))) - {"", NOT}


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


def phrases(text: str, words: list[Token], at: int, names: Collection[str] = ()) -> dict[Key, str]:
    """Phrases of two to four words that hold the word at `at`, by the stems they share with other ways to say it.

    `names` are stems of businesses, which stand in no phrase.

    A negation before the word stays in the phrase: "did not cover" and "would not cover" are one, "cover" is another.
    """
    found: dict[Key, str] = {}
    denied = _negation(words, at)
    start = at if denied is None else denied
    if denied is not None:
        found[(NOT, words[at].stem)] = told(text, words, (start, at))
    for other in range(max(0, at - WINDOW + 1), min(len(words), at + WINDOW)):
        span = (min(start, other), max(at, other))
        if other == at or not 1 <= span[1] - span[0] < WINDOW or not _unbroken(words, span):
            continue
        near = words[other]
        if near.stem and near.stem not in (NOT, words[at].stem, *names):
            key = tuple(sorted((words[at].stem, near.stem)))
            found.setdefault(key if denied is None else (NOT, *key), told(text, words, span))
        elif near.word in _JOINED and (other == at - 1 or (other == at - 2 and words[at - 1].word in _ARTICLES)):
            found[(near.word, words[at].stem)] = told(text, words, span)
    return found


def negated(text: str, words: list[Token], span: tuple[int, int]) -> str:
    """The phrase of a span together with the negation before it, if there is one; else empty."""
    denied = _negation(words, span[0])
    return "" if denied is None else told(text, words, (denied, span[1]))


def _negation(words: list[Token], at: int) -> int | None:
    """Where the nearest negation before a word stands, in the same clause and at most two words away."""
    for before in range(at - 1, max(-1, at - 4), -1):
        if not words[before].word[0].isalpha():
            return None
        if words[before].stem == NOT:
            return before
    return None


def _unbroken(words: list[Token], span: tuple[int, int]) -> bool:
    return all(token.word[0].isalpha() for token in words[span[0] : span[1] + 1])


def told(text: str, words: list[Token], span: tuple[int, int]) -> str:
    """The words of a span with the verb that a "not" belongs to, written out: "wouldn't pay" is "would not pay"."""
    first = span[0] - 1 if words[span[0]].word == "not" and span[0] and words[span[0] - 1].word in _VERBS else span[0]
    said = surface(text, words, (first, span[1]))
    return " ".join(_WHOLE.get(word, word.replace("n't", " not")) for word in said.split())


def plain(name: str) -> float:
    """How well a phrase serves as a name: persons and contractions make it part of someone's story."""
    words = name.split()
    told = sum(word in PERSONAL or "'" in word for word in words)
    return 0.4**told * 0.85 ** max(0, len(words) - 3)


def _pair(stem: str, other: str, distance: int) -> Key | None:
    if not other or other in (stem, NOT):
        return None
    if stem == NOT:
        return (NOT, other) if distance <= 2 else None
    return (stem, other) if stem < other else (other, stem)


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
