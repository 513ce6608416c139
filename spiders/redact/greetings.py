"""Titles with a family name, people who are greeted in a reply, and people who sign: the names are gone."""

from __future__ import annotations

import re

from spiders.redact.lists import NO_SURNAME, NOBODY, SURNAME, doubtful, given
from spiders.redact.rules import CAP, LOWER, NAME, UPPER, cued, small

_TITLED = re.compile(
    rf"\b((?:Mr|Mrs|Ms|Mx|Dr|Prof|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Mevrouw|Meneer|Mevr|Dhr|Pani|[Ss]ignora?e?"
    rf"|[Ss]eñora?|Sra?|Doña|Don)(?:\.\s?|\s)(?:(?:Dr|Prof)\.?\s)?)({SURNAME}(?:\s{SURNAME})?)"
)
_MISS = re.compile(rf"\b(Miss(?:\.\s?|\s))({CAP})")
_PAN = re.compile(rf"\b(Pan(?:a|em|u)?\s)([{UPPER}][{LOWER}]{{1,15}}(?:ski|cki|dzki|czyk|wicz|iak|rek|wak|ego)(?!\w))")
_TITLE = re.compile(
    r"[MDPHFSs](?:(?<=M)(?:rs?|[sx]|me|lle|onsieur|adame|evrouw|eneer|evr|iss)|(?<=D)(?:r|hr|oña|on)|(?<=P)(?:rof|an"
    r"(?:i|a|em|u)?)|(?<=H)errn?|(?<=F)rau|(?<=[Ss])(?:ignora?e?|eñora?)|(?<=S)ra?)[.\s]"
)
"""What the three patterns of titles begin with: it spares most texts all three."""
_FULL = rf"({SURNAME}(?: (?:{SURNAME}|[A-Z]\.?(?!\w))){{0,2}})"
_GREETING = re.compile(
    r"^(\s*(?:(?i:dear|hi|hello|hey|good (?:morning|afternoon|evening)|hallo|lieber?|bonjour|cher|chère|hola"
    r"|estimad[oa]|ciao|gentile|beste|geachte|hej|kære|guten tag|sehr geehrter?|caro|cara|thank you|thanks(?:"
    r" again)?)\s+)"
    r"((?i:mr|mrs|ms|miss|dr|herrn?|frau|heer|mevrouw|señora?|signora?)(?:\.\s*|\s+))?)" + _FULL
)
_THANKED = re.compile(rf"^(\s*(?i:thank you|thanks|thanks again|thank you so much|many thanks),\s+){_FULL}")
_FIRST = re.compile(rf"^(\s*)({CAP}(?: [A-Z]\.)?)(?=,| {CAP},)")
PARTICLES = frozenset(("De", "La", "Le", "Los", "El", "Al", "Der", "Den", "Van", "Von", "Di", "Da", "Du"))
_CLOSINGS = (
    "regards", "sincerely", "wishes", "many thanks", "cheers", "grüße", "cordialement", "saludos", "saluti", "groeten",
    "hälsningar", "hilsen", "pozdrawiam", "best,",
)  # fmt: skip
_SIGNED = re.compile(rf"((?i:{'|'.join(_CLOSINGS)})n?,?\s*\n?\s*)" + _FULL + r"(?=\s*(?:$|\n|[,.!(]))")
_DASHED = re.compile(rf"([-–—~]\s?)({CAP}(?: (?:{CAP}|[A-Z]\.?))?)\s*$")
_ENDS = re.compile(r"\s*[,!.:;–—\n-]|\s*$")


def parted(text: str, kept: frozenset[str], *, reply: bool) -> str:
    """The text without titled and signing persons; in an owner's reply without the greeted one too."""
    if reply:
        for pattern in (_GREETING, _THANKED, _FIRST):
            text = pattern.sub(lambda found: _greeted(found, kept), text, count=1)
        text = _DASHED.sub(lambda found: _gone(found, kept), text)
    if cued(_CLOSINGS, small(text)):
        text = _SIGNED.sub(lambda found: _gone(found, kept), text)
    if not _TITLE.search(text):
        return text
    for pattern in (_TITLED, _PAN):
        text = pattern.sub(lambda found: _gone(found, kept), text)
    return _MISS.sub(lambda found: _gone(found, kept) if found[2] in given() else found[0], text)


def _gone(found: re.Match[str], kept: frozenset[str]) -> str:
    """The cue stays, the name goes; a word that names nobody stays."""
    last = found.lastindex or 0
    words = found[last].split()
    # "Mr Le Blanc" has a particle, but in "vu le Dr. Le lendemain" a sentence begins.
    particles = PARTICLES if found.re is _TITLED and not found[1].rstrip().endswith(".") else frozenset()

    def nobody(at: int) -> bool:
        if words[at] in particles and at + 1 < len(words) and words[at + 1] not in NOBODY - particles:
            return False
        return words[at] in NOBODY or words[at] in kept

    if nobody(0) or words[0] in NO_SURNAME:
        return found[0]
    # "Mr Hargreaves The": what begins the next sentence is no name.
    over = next((at for at in range(1, len(words)) if nobody(at)), len(words))
    tail = "".join(f" {word}" for word in words[over:])
    return found[0][: found.start(last) - found.start()] + NAME + tail


def _greeted(found: re.Match[str], kept: frozenset[str]) -> str:
    """A greeted word is a name where it is a known one, or where the greeting ends with it."""
    last = found.lastindex or 0
    first = found[last].split()[0]
    known = first in given() or (first in doubtful() and bool(_ENDS.match(found.string, found.end())))
    if found.re is _GREETING and not known:
        known = bool(found[2]) or bool(_ENDS.match(found.string, found.end()))
    return _gone(found, kept) if known else found[0]
