"""Persons named in running text: known given names where nothing speaks against it, others where a cue speaks"
" for it."""

from __future__ import annotations

import re

from spiders.redact.lists import NOBODY, PLACE_NOUNS, SURNAME, brands, doubtful, firms, given
from spiders.redact.rules import CAP, LOWER, NAME, UPPER

# The capital first, what may not stand before it after: a search for one letter of a set costs a fifth.
_WORD = re.compile(rf"[{UPPER}](?<![\w'’.@#\[&-].)[{LOWER}]{{2,20}}(?:-[{UPPER}][{LOWER}]{{1,20}})?(?![\w@\]])")
_REST = re.compile(rf"(?: (?:[A-Z]\.(?= {CAP}|,|!| ?$)|{SURNAME}))")
_CHAIN = re.compile(rf"(?: [{UPPER}][{LOWER}'’]{{1,20}}){{0,2}}(?: (\w+))?")

_JOB_WORDS = (
    "driver server waiter waitress agent rep representative advisor adviser technician tech manager dentist nurse"
    " doctor receptionist host hostess bartender barber stylist mechanic supervisor cashier salesman saleswoman"
    " chef hairdresser carer midwife surgeon groomer instructor trainer porter concierge housekeeper"
    " salesperson plumber electrician guide assistant consultant associate clerk steward stewardess therapist teacher"
)
_ROLE_WORDS = (
    f"{_JOB_WORDS} owner husband wife son daughter brother sister mother father friend colleague partner neighbour"
    " neighbor lady guy gentleman berater beraterin Berater Beraterin Kellner Kellnerin Mitarbeiter Mitarbeiterin"
    " Verkäufer Verkäuferin"
    " serveur serveuse vendeur vendeuse recepcionista camarero camarera cameriere cameriera dentista medewerker monteur"
    " kelner kelnerka conseiller conseillère"
)
_ROLES = _ROLE_WORDS.split()
_ROLE = "|".join(_ROLES)
_JOB = "|".join(_JOB_WORDS.split())
_BEFORE = re.compile(
    rf"(?:\b(?i:named|called|name is|name was|name's|names are|i am|i'm|this is|spoke (?:to|with)|speaking (?:to|with)"
    rf"|talked (?:to|with)|speak (?:to|with)|spoken to|dealt with|worked with|ask for|asked for|helped by"
    rf"|served by|from a"
    rf"|shout ?out to|kudos to|props to|credit to|thanks? to|thank you to|thank you|thanks|big thanks|bedankt|danke an"
    rf"|dank an|merci à|gracias a|grazie a|tack till|dank aan|dzięki)|\b(?:(?:[Oo]ur|[Mm]y|[Tt]he|[Hh]is|[Hh]er"
    rf"|[Aa]n?|[Uu]nser"
    rf"|[Mm]ein|[Dd]ie|[Dd]er|[Nn]otre|[Ll]e|[Ll]a|[Ee]l|[Ii]l|[Dd]e) )?(?:{_ROLE})|\bNurse|\[name\] (?:and|und"
    rf"|et|y|e|&)),? $"
)
_LAST = re.compile(r"\n? ,?(\w+|&)")
_END_WORDS = (
    "named called is was s are am m to with for by a you thanks bedankt an à tack till aan dzięki nurse"
    " and und et y e &"
)
_CUE_ENDS = frozenset(word.lower()[::-1] for word in (*_END_WORDS.split(), *_ROLES))
"""The last word of everything that `_BEFORE` reads, backwards."""
_THINGS = (
    "place|shop|store|restaurant|caf[eé]|pub|bar|company|firm|business|outfit|agency|website|site|app|game|dish|drink|wine|beer|book"
    "|song|film|movie|show|product|programme?|system|hotel|town|village|street|brand|model|band"
)
_CALLED_THING = re.compile(
    rf"\b(?i:an?|another|some|this)(?: \w+)? (?:{_THINGS})(?: (?:that is|which is|now))? (?:called|named) $"
)
"""What bears the name that follows: a thing. "The company called Bogdan" may as well have telephoned."""
_DESK = re.compile(
    r" (?:customer (?:services?|care|support)|helpline|call cent(?:re|er)|head office|insurance|staff)\b"
)
"""What a firm has and a person has not."""
_STRONG = re.compile(r"(?:(?i:named|name is|name was|name's)|\[name\] (?:and|und|et|y|&)) $")
_AFTER = re.compile(
    rf"(?:,? (?:our|my|the|an?|his|her|your) (?:\w+ )?(?:{_ROLE})\b|, (?:who|the manager)\b"
    r"| (?:is|was|has been) (?:by far |simply |honestly |easily )?(?:our|my|the|an?|your|their)"
    rf" (?:(?!to |for |of |and |or |when |in |at |on |with )\w+ ){{0,3}}(?:{_JOB})\b"
    r"| (?:at|on|in|from|behind) (?:the |your |their )?(?:front desk|reception|service desk|desk|bar|counter"
    r"|billing|claims"
    r"|sales|support|accounts|parts|chat|customer|service|team|call cent|branch manager)"
    r"| (?:helped|assisted|took care|took the time|went above|fixed|explained|listened|greeted|answered my"
    r"|called me|told me"
    r"|walked me|made sure|was (?:our|my|so|very|extremely|super|really|such|kind|helpful|rude|friendly|polite|patient"
    r"|courteous|professional|knowledgeable|attentive|brilliant|great|amazing|wonderful|fantastic|excellent|lovely))\b)"
)
_THING_BEFORE = re.compile(
    r"(?:\b(?:St|Saint|San|Santa|Sankt|King's|Queen|King|Prince|Princess|Pope|Lady|Sir|Port|Fort|Mount|Lake|Café|Cafe"
    r"|Hotel|Casa|Villa|Hurricane|Storm|the|The|Le|La|El)\.? |& ?|\bJohnson and )$"
)
_PET = re.compile(
    rf"(?i:\b(?:dog|cat|puppy|kitten|pup|pet|horse|rabbit|bird|kitty|pooch|lab|terrier),?(?: named| called|"
    rf" is)?) ({CAP})"
)
_OWNS = re.compile(r"['’]s(?! [a-z]{3})|['’]s (?:and|or|is|are|was|in|at|has|had|for|but|with)\b")
_PLAIN_WORDS = "said farm lemonade spot help champion took told made did had then later came gave"
_PLAIN = frozenset(_PLAIN_WORDS.split())
"""Words that writers capitalise after a cue."""
_SURNAMES = 2
_NEAR = 40
"""Characters before a word in which its cue stands."""


def nameless(text: str, kept: frozenset[str]) -> str:
    """The text without the persons that it names."""
    out: list[str] = []
    at = 0
    pets: frozenset[str] | None = None
    for found in _WORD.finditer(text):
        if found.start() < at or found[0] in NOBODY or found[0] in kept:
            continue
        before = (out[-1][-_NEAR:] if out else "") + text[max(at, found.start() - _NEAR) : found.start()]
        if not _person(found, before, text):
            continue
        pets = frozenset(_PET.findall(text)) if pets is None else pets
        if found[0] not in pets:
            out.append(text[at : found.start()] + NAME)
            at = _end(text, found.end(), kept)
    return "".join(out) + text[at:] if out else text


def _person(found: re.Match[str], before: str, text: str) -> bool:
    """A known name unless it stands in that of a thing; any other word only where a cue is sure."""
    word = found[0]
    first = word.split("-")[0]
    known, unsure = first in given(), first in doubtful()
    if not known and not unsure:
        return _cued_stranger(found, before, text)
    if _thing(found, before, text):
        return False
    return known or bool((_may_be_cued(before) and _BEFORE.search(before)) or _AFTER.match(text, found.end()))


def _may_be_cued(before: str) -> bool:
    """Whether the last word is one that a cue ends with; read backwards, since a pattern is sought from the left."""
    last = _LAST.match(before[::-1])
    return last is not None and last[1].lower() in _CUE_ENDS


def _cued_stranger(found: re.Match[str], before: str, text: str) -> bool:
    """A word that no list has is a name right after "named X", or beside a role and before a word that is not one."""
    if not before.endswith(" ") or before.endswith((". ", "! ", "? ")):
        return False
    if not _may_be_cued(before) or not _BEFORE.search(before):
        return False
    if found[0] in firms() or _DESK.match(text, found.end()) or _CALLED_THING.search(before):
        return False
    word = found[0].lower()
    if word.endswith(("ed", "ing")) or word in _PLAIN:
        return False
    if _STRONG.search(before):
        return True
    return text[found.end() : found.end() + 2] not in ("'s", "’s") and not re.match(rf" {CAP}", text[found.end() :])


def _thing(found: re.Match[str], before: str, text: str) -> bool:
    if brands().match(text, found.start()) or _THING_BEFORE.search(before):
        return True
    if _OWNS.match(text, found.end()) or text.startswith((" &", "&"), found.end()):
        return True
    chain = _CHAIN.match(text, found.end())
    words = chain[0].split() if chain else []
    return any(word in PLACE_NOUNS for word in words)


def _end(text: str, at: int, kept: frozenset[str]) -> int:
    """Where the name ends: an initial and up to two more names belong to it."""
    for _ in range(_SURNAMES):
        more = _REST.match(text, at)
        if more is None or more[0].strip() in NOBODY or more[0].strip() in kept:
            return at
        at = more.end()
    return at
