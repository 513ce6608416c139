"""Numbers that a state gives a person: those with a form of their own, or confirmed by their check letter."""

from __future__ import annotations

import re

from spiders.redact.rules import ISSUED, Rule, after_cue

_SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"
"""Check letters by the number's rest of 23 (Real Decreto 1553/2005)."""
_SOCIAL = re.compile(
    r"(?<![\w.,/$€£#:-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])"  # United States
    r"|\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"  # Great Britain
    r"|\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b"  # Italy
)
_CUED = re.compile(
    r"\b((?:ssn|social security(?: number| no\.?)?)(?: is| was)?[ :#]{1,2})(\d{3}[ -]?\d{2}[ -]?\d{4})\b", re.I
)
_IDENTITY = re.compile(r"\b([XYZ]-?\d{7}|\d{8})[ -]?([A-Z])\b")


def _spanish(found: re.Match[str]) -> str:
    digits = found[1].replace("-", "").translate(str.maketrans("XYZ", "012"))
    return ISSUED if _SPANISH[int(digits) % len(_SPANISH)] == found[2] else found[0]


ISSUED_NUMBERS = (
    Rule(pattern=_CUED, put=after_cue(ISSUED), digits=9, cues=("ssn", "social sec")),
    Rule(pattern=_SOCIAL, put=ISSUED, digits=6, gate=re.compile(r"\d[- ]?\d|[A-Z]\d")),
    Rule(pattern=_IDENTITY, put=_spanish, digits=7, gate=re.compile(r"\d{7}")),
)
