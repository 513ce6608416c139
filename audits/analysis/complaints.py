"""Complaint, praise or neutral: what the words say, moved a little by the stars that the same customer gave."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from audits.analysis.encoder import Floats
from audits.analysis.model import KINDS

THRESHOLD = 0.5
"""From this probability a statement is a complaint."""

STARS_SHIFT = {1: 1.6, 2: 1.2, 3: 0.3, 4: -0.6, 5: -1.2}
"""Log-odds of complaint against praise that a rating adds: under half of what it would say of the whole review, because
five-star reviews hold complaints, and those are the ones a manager does not hear of."""

_FIXED = re.compile(
    r"\b(?:used to|was|were|had been|previously|in the past)\b[^.]{3,60}"
    r"\b(?:but )?(?:now|these days|today|since then)\b[^.]{0,30}"
    r"\b(?:quick|quicker|fast|faster|great|good|better|improved|fixed|sorted|easy|easier|excellent|perfect|brilliant|"
    r"fine|helpful|clean|smooth|friendly|resolved|spotless)\b",
    re.IGNORECASE,
)
_NO_COMPLAINT = re.compile(
    r"\b(?:(?:no|not a single|zero|without (?:any|a)|never (?:had )?(?:any|a|an)|not had any|nothing to) (?:\w+ )?"
    r"(?:complain(?:t|ts)?|problems?|issues?|hassle|trouble|quibbles?|delays?|fuss)\b"
    r"|(?:can['’]?t|cannot|couldn['’]?t|could not) "
    r"(?:fault|complain|praise|thank|recommend (?:\w+ )?(?:enough|highly)|"
    r"(?:have been|be) (?:better|more|easier|nicer|kinder|happier)))",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|except|however|until|apart from|although|though|other than|yet)\b", re.IGNORECASE)
_RULED = -3.0


def shifts(texts: Sequence[str], stars: Sequence[float | None]) -> Floats:
    """What is added to the log-odds of complaint of each text, for its stars and for praise in words of complaint."""
    return np.array([_stars(star) + _words(text) for text, star in zip(texts, stars, strict=True)], dtype=np.float32)


def _stars(stars: float | None) -> float:
    return STARS_SHIFT[min(5, max(1, round(stars)))] if stars is not None else 0.0


def _words(text: str) -> float:
    """ "No complaints", "couldn't fault them", "used to be slow, now quick": praise built from words of failure."""
    lower = text.lower()
    if ("now" in lower or "today" in lower or "these days" in lower or "since" in lower) and _FIXED.search(lower):
        return _RULED
    if ("no" in lower or "can" in lower or "could" in lower or "never" in lower or "without" in lower) and (
        _NO_COMPLAINT.search(lower) and not _TURN.search(lower)
    ):
        return _RULED
    return 0.0


def outside(kinds: Floats) -> str | None:
    """What a statement that is no complaint is; None for a complaint."""
    if float(kinds[0]) >= THRESHOLD:
        return None
    return KINDS[1] if kinds[1] >= kinds[2] else KINDS[2]
