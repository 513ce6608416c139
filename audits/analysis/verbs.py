"""The -ing form in which a verb stands in the name of a theme, from the form in which a customer wrote it."""

from __future__ import annotations

import re

_VOWEL = re.compile("[aeiou]")


def gerund(word: str, tag: str) -> str | None:
    """The -ing form of a verb as it stands in a name; None for a past form that its spelling does not give."""
    if tag == "VBG" and word.endswith("ing"):
        return word
    if tag == "VBZ" and word.endswith("s"):
        word = _singular(word)
    elif tag not in ("VB", "VBP"):
        return None
    if len(word) < 3 or not word.isalpha():
        return None
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    if word.endswith("el") and len(word) > 4:  # cancel, travel
        return word + "ling"
    short = len(word) <= 4 and len(_VOWEL.findall(word)) == 1 and word[-2] in "aeiou" and word[-1] not in "aeiouwxy"
    return word + word[-1] + "ing" if short else word + "ing"


def _singular(word: str) -> str:
    """A verb without its -s: denies → deny, refuses → refuse, reaches → reach."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "oes")) else word[:-1]
