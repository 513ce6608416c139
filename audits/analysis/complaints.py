"""Complaint, praise or neutral: what the words say, moved a little by the stars that the same customer gave."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from audits.analysis.encoder import Floats
from audits.analysis.model import KINDS
from audits.analysis.severity import harmed

THRESHOLD = 0.5
"""From this probability a statement is a complaint."""

STARS_SHIFT = {1: 1.4, 2: 1.1, 3: 0.3, 4: -0.7, 5: -1.8}
"""Log-odds of complaint against praise that a rating adds: under half of what it would say of the whole review, because
five-star reviews hold complaints, and those are the ones a manager does not hear of."""

FLAG_SHIFT = {"leaving": 2.0, "warning": 2.0, "discrimination": 1.0, "recommends": -1.5}
"""Who leaves or warns complains, even in words that name nothing; who recommends rather does not."""

DONE, DONE_AS = 7.0, frozenset(("grave", "discrimination"))
"""For harm that was done to somebody, which reads like a plain fact: half of it counts against what is neutral."""

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
    r"(?:have been|be) (?:better|more|easier|nicer|kinder|happier))"
    r"|\b(?:not|never) (?:even )?(?:a|the slightest) (?:single )?(?:speck|spot|trace|hint|whiff|sign) of (?:\w+ )?"
    r"(?:mou?ld|damp|dust|dirt|grime|grease|rust|smoke|smells?|odou?rs?|noise|litter|rudeness|pressure|impatience|"
    r"trouble|fuss)\b)",
    re.IGNORECASE,
)
_NOT_GOOD = re.compile(
    r"(?:\b(?:not|never|hardly|isnt|wasnt|werent|arent)|n['’]t)"
    r"(?: been| be| at all| very| really| that| so| particularly| exactly| even| too| all that| a| the)* "
    r"(?:helpful|friendly|good|great|clean|happy|impressed|satisfied|pleased|worth|acceptable|professional|polite|easy|"
    r"fresh|comfortable|interested|bothered|recommended|welcoming|caring|hot|reliable)\b",
    re.IGNORECASE,
)
_NOT_BAD = re.compile(
    r"(?:\b(?:not|never|isnt|wasnt)|n['’]t)(?: been| be| at all| very| really| that| so| too| all that| a| an)* "
    r"(?:bad|disappointed|disappointing|unreasonable|problem|let down|rude|expensive|pricey|unhappy)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"n[o'’]t|\bno\b|never|nothing|without|zero|hardly|cannot|[sdn]nt\b")
_TURN = re.compile(r"\b(?:but|except|however|until|apart from|although|though|other than|yet)\b", re.IGNORECASE)
_RULED = -3.0
_NEGATED = 2.0
"""Log-odds for "not helpful" and, the other way, "not bad": two words that mean the opposite of one of them."""


def shifts(
    texts: Sequence[str], stars: Sequence[float | None], flags: Sequence[tuple[str, ...]] | None = None
) -> Floats:
    """What is added to the log-odds of complaint of each text, for its stars, its flags and its turns of phrase."""
    raised = flags if flags is not None else [()] * len(texts)
    rows = zip(texts, stars, raised, strict=True)
    return np.array([_stars(star) + _words(text) + _flags(text, found) for text, star, found in rows], dtype=np.float32)


def _stars(stars: float | None) -> float:
    return STARS_SHIFT[min(5, max(1, round(stars)))] if stars is not None else 0.0


def _flags(text: str, found: tuple[str, ...]) -> float:
    shift = sum(FLAG_SHIFT.get(flag, 0.0) for flag in found)
    return shift + DONE if DONE_AS.intersection(found) and harmed(text) else shift


def _words(text: str) -> float:
    """ "No complaints", "used to be slow, now quick", "not helpful": words that mean the opposite of one of them."""
    lower = text.lower()
    if ("now" in lower or "today" in lower or "these days" in lower or "since" in lower) and _FIXED.search(lower):
        return _RULED
    if not _NEGATION.search(lower) or _TURN.search(lower):
        return 0.0
    if _NO_COMPLAINT.search(lower):
        return _RULED
    if _NOT_GOOD.search(lower):
        return _NEGATED
    return -_NEGATED if _NOT_BAD.search(lower) else 0.0


def outside(kinds: Floats) -> str | None:
    """What a statement that is no complaint is; None for a complaint."""
    if float(kinds[0]) >= THRESHOLD:
        return None
    return KINDS[1] if kinds[1] >= kinds[2] else KINDS[2]
