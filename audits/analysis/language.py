"""Which language a review is written in: `en`, another ISO 639-1 code, or None when it is too short to tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

ANALYSED = frozenset({"en"})
SHORT = 24
"""Letters below which a text in Latin script is not told apart from its neighbours."""
UNSURE = 60
"""Letters below which the identifier must be fairly sure to call a text foreign."""
READ = 600
"""Characters that are read of a review."""

_CANDIDATES = tuple(
    re.findall(
        r"\w+",
        "ar bg bn ca cs cy da de el en es et fa fi fr ga he hi hr hu id is it ja ko lt lv ms nl no pl pt ro ru sk "
        "sl sq sr sv sw ta th tl tr uk ur vi zh",
    )
)
_ENGLISH = frozenset(
    re.findall(
        r"\S+",
        "the and was were with for they my have had not this you your of that it would been very from our she "
        "i'm it's don't didn't but are which when could their what who then because never there",
    )
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FOREIGN_LETTER = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u2bff\U0001f000-\U0001faff\ufe0f\W\d_]")


def analysed(language: str | None) -> bool:
    """Whether statements are read in this language. A text too short to tell counts as readable."""
    return language is None or language in ANALYSED


def of_review(title: str | None, text: str | None, declared: str | None = None) -> str | None:
    """The language of a review's own words; what the site declares decides only where the words are too few."""
    found = detect(f"{title or ''} {text or ''}")
    return found if found is not None else (declared or None)


@lru_cache(maxsize=8_192)  # a review is asked for with its statements and again with its tone
def detect(text: str) -> str | None:
    """The language of a text. Evident English is known by its small words, the rest by py3langid."""
    read = text[:READ]
    words = _TOKEN.findall(read.lower().replace("’", "'"))
    if not words:
        return None
    known = sum(1 for word in words if word in _ENGLISH)
    if known >= 3 and known * 7 >= len(words):
        return "en"
    letters = sum(map(len, words))
    if _FOREIGN_LETTER.search(read):
        return str(_identifier().classify(read)[0])
    if letters < SHORT:
        return None
    code, probability = _identifier().classify(read)
    if letters < UNSURE and (probability < 0.8 or known):
        return "en" if code == "en" else None
    return str(code) if probability >= 0.6 else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """py3langid's model, loaded once (0.1 s), asked among the languages that reviews are written in."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_CANDIDATES)
    return identifier
