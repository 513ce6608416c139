"""Text without the personal data in it: each find gives way to a word in brackets that says what stood there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

REDACTOR_VERSION = "1"
"""Raised when a pattern changes; stored beside every landing, since offsets index the redacted text."""

EMAIL, PHONE, CARD, IBAN = "[email]", "[phone]", "[card]", "[iban]"
LINK, ORDER, ADDRESS, NAME = "[link]", "[order]", "[address]", "[name]"

_UPPER = "A-ZÀ-ÖØ-ÞŁŚŻĆŞĞČŠŽ"
_LOWER = "a-zà-öø-ÿłśżźćńęąşğıčšž"
_GIVEN = rf"[{_UPPER}][{_LOWER}'’\-]{{1,20}}"

_EMAIL = re.compile(
    r"\b[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}"
    # "jo99 at mail.com": somebody who hides an address from machines.
    r"|\b[\w.+-]{0,40}\d[\w.+-]{0,20} at [\w-]{2,63}\.(?:com|org|net|edu)\b",
    re.I,
)
_LINK = re.compile(
    r"\bhttps?://\S{1,2000}|\bwww\.[\w-]{1,63}\.\S{2,2000}"
    # Only endings that are no words: "scam.It took" lacks a space and is no address.
    r"|\b[\w-]{2,63}\.(?:com|org|net|co\.uk|eu|io|biz|(?-i:de|fr|nl|info))(?:/\S{0,500})?\b",
    re.I,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+|00)\d{1,3}[ .\-/]?(?:\(0\)[ ]?)?\(?\d{1,4}\)?(?:[ .\-/]?\d{2,4}){2,4}(?!\w)"
    r"|(?<![\w.,/-])\(\d{2,5}\)[ .\-/]?\d{3,4}[ .\-]?\d{3,4}(?!\w)"
    r"|(?<![\w.,/-])\d{3}[ .\-]\d{3}[ .\-]\d{4}(?!\w)"
    r"|(?<![\w.,/-])0\d{2,4}[ \-/]?\d{3,4}[ \-]?\d{3,4}(?!\w)"
    # A bare run of nine to twelve digits is a phone or an account: no price and no year is that long.
    r"|(?<![\w.,/$€£-])\d{9,12}(?![\w-])"
)
_CALL = re.compile(
    r"\b((?:phone|tel|telephone|mobile|cell|call(?:ed)?|ring|text|whatsapp|fax|number is|telefon|handy)\W{1,4})"
    r"(\d[\d ().\-]{5,17}\d)",
    re.I,
)
_SUBJECT = (
    r"order|booking|reservation|reference|ref|confirmation|policy|claim|ticket|case|invoice|account|member(?:ship)?"
    r"|customer|tracking|contract|bestell\w{0,6}|auftrags?\w{0,6}|buchungs?\w{0,6}|kunden|commande|réservation|dossier"
    r"|pedido|reserva|ordine"
)
_NUMBERED = r"(?:number|num|no|nr|id|code|n°|nummer|numéro|número|numero)"
_ORDER = re.compile(
    # "order no. X1234", "booking: 4711", "claim #99": four characters do; bare "order 123456" must look like a number.
    rf"\b((?:{_SUBJECT})\s?(?:{_NUMBERED}\.?\s?(?:is|was)?\s?[:#]?|[:#])\s?)((?=[A-Z\-/]{{0,12}}\d)[A-Z0-9][A-Z0-9\-/]{{3,29}})\b"
    rf"|\b((?:{_SUBJECT})\s)((?=[A-Z\-/]{{0,12}}\d[\dA-Z\-/]{{0,6}}\d{{2}})[A-Z0-9][A-Z0-9\-/]{{4,29}})\b",
    re.I,
)
_HASH = re.compile(r"(?<!\w)#\s?(?=[A-Z0-9-]{0,20}\d{3})[A-Z0-9][A-Z0-9-]{4,20}\b")
_STREET = re.compile(
    rf"\b\d{{1,5}}[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:[{_UPPER}][{_LOWER}.'’]{{1,20}}\s){{1,3}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Terrace|Crescent|Close|Highway|Hwy)\b\.?"
    rf"|\b[{_UPPER}][{_LOWER}]{{2,20}}(?:straße|strasse|str\.|weg|platz|allee|gasse)\s\d{{1,4}}[a-z]?\b"
    rf"|\b\d{{1,4}},?\s(?:rue|avenue|boulevard|chemin|via|calle)\s(?:d\w{{1,2}}\s)?[{_UPPER}][\w'’-]{{1,20}}\b"
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b|\b(?<=[A-Z]{2} )\d{5}(?:-\d{4})?\b")
_TITLED = re.compile(
    rf"\b(Mr|Mrs|Ms|Miss|Mx|Dr|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Signora?|Señora?)\.?\s({_GIVEN})(?:\s{_GIVEN})?"
)
_NAMED = re.compile(
    rf"\b((?i:named|called|name is|name was|name's|my name is|spoke (?:to|with)|talked (?:to|with)|speak to|ask for"
    rf"|thanks? to|thank you|agent|rep|representative|advisor|waiter|waitress|server|technician|manager|dentist|nurse))"
    rf"\s({_GIVEN})(?=[\s.,;:!?)]|$)(?!\s[{_UPPER}])"
)
_GREETING = re.compile(
    rf"^(\s*(?i:dear|hi|hello|hey|good (?:morning|afternoon|evening)|thank you|thanks|hallo|lieber?|bonjour|cher"
    rf"|chère|hola|estimad[oa]|ciao|gentile),?\s+)((?i:mr|mrs|ms|miss|dr|herr|frau)\.?\s+)?"
    rf"({_GIVEN}(?:[ ]{_GIVEN}){{0,2}})",
)
_SIGNED = re.compile(
    rf"((?i:regards|sincerely|best wishes|many thanks|cheers|grüßen|cordialement|saludos),?\s*\n?\s*)"
    rf"({_GIVEN}(?:[ ]{_GIVEN}){{0,2}})"
)
_NOBODY_WORDS = (
    "The This That They There Their These Then Thank Thanks You Your Yes No Not And But For Our We It He She I My A An"
    " Customer Customers Service Support Team Management Manager Reception Staff Guest Guests Reviewer Friend Sir Madam"
    " Everyone All Valued Member Patient Client Sales Billing Claims Head Office Corporate God Goodness Lord Jesus"
    " Again So Very Much Front Desk Agent Human Resources Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " Kunde Kundin Gast Kundenservice Madame Monsieur Clienti Cliente Traveller Traveler Sincerely"
)
_NOBODY = frozenset(_NOBODY_WORDS.split())


def redact(text: str, *, reply: bool = False, names: Iterable[str] = (), keep: Iterable[str] = ()) -> str:
    """The text with personal data replaced; `names` are people known to be meant, `keep` is never taken for a name.

    In an owner's reply the greeted and the signing person go too.
    """
    kept = _NOBODY | {word for each in keep for word in each.split()}
    for name in names:
        text = _whole(name).sub(NAME, text) if len(name) > 2 else text
    for pattern, put in (*_WORDED, *(_NUMBERS if _TWO_DIGITS.search(text) else ())):
        text = pattern.sub(put, text)
    for pattern in (*((_GREETING, _SIGNED) if reply else ()), _TITLED, _NAMED):
        text = pattern.sub(lambda found: _unnamed(found, kept), text)
    return text


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _unnamed(found: re.Match[str], kept: frozenset[str] | set[str]) -> str:
    """The cue stays, the name goes; a word that names nobody stays."""
    name = found[found.lastindex or 0]
    if name.split()[0] in kept or name == NAME:
        return found[0]
    return found[0][: found.start(found.lastindex or 0) - found.start()] + NAME


def _card(found: re.Match[str]) -> str:
    digits = [int(each) for each in found[0] if each.isdigit()]
    doubled = [sum(divmod(2 * each, 10)) for each in digits[-2::-2]]
    return CARD if (sum(doubled) + sum(digits[-1::-2])) % 10 == 0 else found[0]


_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
_TWO_DIGITS = re.compile(r"\d\d")
_WORDED: tuple[_Rule, ...] = ((_EMAIL, EMAIL), (_LINK, LINK), (_STREET, ADDRESS), (_POSTCODE, ADDRESS))
_NUMBERS: tuple[_Rule, ...] = (
    (_IBAN, IBAN),
    (_CARD, _card),
    (_ORDER, lambda found: (found[1] or found[3]) + ORDER),
    (_PHONE, PHONE),
    (_CALL, lambda found: found[1] + PHONE),
    (_HASH, ORDER),
)
