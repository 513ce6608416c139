"""Accounts, cards, orders and phones: numbers that lead to a person; prices, years and models are none."""

from __future__ import annotations

import re

from spiders.redact.rules import CARD, IBAN, ORDER, PHONE, Rule, after_cue

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]\d|\d)")

_SUBJECT = (
    r"order|booking|reservation|reference|ref|confirmation|policy|claim|ticket|case|invoice|account|acct|po|rma|loan"
    r"|member(?:ship)?|customer|tracking|contract|referral|nhs|confirmation code|pnr|passenger record|(?:record"
    r" )?locator"
    # German, Dutch and Nordic compounds: any "…nummer" but those of phones, houses, rooms and articles.
    r"|(?!telefon|handy|mobil|ruf|fax|haus|huis|zimmer|kamer|artikel|modell?|serie|platz|glücks|post)[a-zåäöüßøæ]{2,20}"
    r"(?=-?(?:nummer|nr))|bestell\w{0,6}|auftrags?|bestelling|buchung|rechnung|vertrag"
    r"|commande|réservation|dossier|client|facture|contrat|suivi|réf(?:érence)?"
    r"|p[óo]liza|polizza|pedido|reserva|cliente|factura|referencia|localizador|expediente|ordine|prenotazione|pratica|fattura"
    r"|zamówieni[ae]|rezerwacji|klienta|faktura|ordre|sinistre|siniestro|sinistro"
)
_NUMBERED = r"(?:nummer|number|numéro|número|numero|numer|code|num|no|nr|id|n°|nº|n|ref)"
_OF = r"(?:numéro|número|numero|numer|nº|n°)\s(?:de |d['’]|del )?"
_COUNTED = (
    r"dollars?|euros?|pounds?|miles?|km|people|points?|times|days|weeks|customers|USD|EUR|GBP|units?|pieces?|pcs|items?"
    r"|copies|boxes|bottles|bags|meals|hours|minutes|months|years|guests|users|lit(?:er|re)s|calories|words|tage|wochen"
)
_UNIT = rf"(?!\s?(?:{_COUNTED}|%|\.\d))"
_AMOUNT = r"(?!\d{1,3}/\d{1,3}\b|\d{1,3}0{3}\b|(?:19|20)\d\d[-/](?:19|20)?\d\d\b)"
"""A split (80/20), a round number or two years after a word that may be a verb or a rule: no number of an order."""
_CODE = r"(?=[A-Z\-/]{0,12}\d)[A-Z0-9][A-Z0-9\-/]{3,29}"
_GROUP = rf"(?: \d{{2,6}}\b(?!\s?(?:{_COUNTED}|%)))"
_PREFIXED = r"(?-i:[A-Z]{2,4} (?:\d{4,12}|\d{2,3}(?= \d\d))|[A-HJ-Z] \d{4,12}|[A-Z]\d{3,8}(?= \d{4}))"
_LETTERED = rf"(?:{_PREFIXED}{_GROUP}{{0,3}}|{_CODE})"
_ORDER = re.compile(
    # "order no. X1234", "booking: 4711", "claim #99": four characters do; bare "order 123456" must look like a number.
    rf"\b((?:(?:{_SUBJECT})[\s.,]{{0,2}}-?(?:{_NUMBERED}\.?\s?(?:is|was|to|ist)?\s?[:#]?|[:#]{{1,2}})\s?)"
    rf"|(?:{_OF}(?:{_SUBJECT})\s?:?\s?))"
    rf"({_LETTERED})\b"
    rf"|\b((?:pnr|locator|localizador|passenger record|booking code|confirmation code|buchungscode|code de"
    rf" réservation)\s(?:is\s|was\s)?)({_CODE})\b"
    rf"|\b((?:ref|reference|booking|booking code|reservation|reservation code|confirmation)\.?\s(?:is\s|was\s)?)"
    r"((?-i:(?=[A-Z]{0,6}\d)(?=\d{0,6}[A-Z])[A-Z0-9]{5,8}))\b"
    rf"|\b((?:{_SUBJECT}|auftrag)\.?\s(?:is\s|was\s)?)"
    rf"({_AMOUNT}(?=[A-Z\-/]{{0,12}}\d[\dA-Z\-/]{{0,6}}\d{{2}})[A-Z0-9][A-Z0-9\-/]{{4,29}})\b{_UNIT}",
    re.I,
)
_ORDER_WORDS = (
    "order|book|reserva|réserv|ref|réf|confirm|polic|claim|ticket|case|invoice|account|acct|po|rma|loan|member|customer"
    "|track|contrat|contract|nhs|pnr|passenger|record|locat|localiz|nummer|nr|bestell|auftrag|buchung|rechnung|vertrag|commande"
    "|dossier|client|factur|suivi|póliza|poliza|polizza|pedido|expediente|ordine|ordre|prenotazione|pratica|fattura|zamówieni|rezerwacji"
    "|klienta|faktura|sinistre|siniestro|sinistro"
)
_ORDER_NEAR = re.compile(
    rf"(?:{_ORDER_WORDS})[^\W\d]{{0,14}}(?:\W{{0,6}}(?:{_NUMBERED}|is|was|to|ist)){{0,3}}\W{{0,6}}[a-z/-]{{0,12}} ?\d"
)
"""What the pattern of orders begins with, and a digit not far from it: read without regard for case it is slow."""
_DIGITED = re.compile(r"\b(?=[\w/-]{4})[\w/-]{0,20}?\d|\d \d")
_HASH = re.compile(r"(?<!\w)#\s?(?=[A-Z0-9-]{0,20}\d{3})[A-Z0-9][A-Z0-9-]{4,20}\b")

_START = r"(?<![\w.,/$€£#:-])"
_EXTENSION = r"(?:,? ?(?:ext(?:ension|n)?\.?|durchwahl|poste|x|#) ?\d{1,6})"
_PHONE = re.compile(
    rf"{_START}(?:(?:\+|00)[1-9]\d{{0,2}}(?:[ .\-/]{{0,2}}\(?\d{{1,5}}\)?){{2,6}}"
    r"|(?:\+?1[ .\-]?)?\(\d{2,5}\)[ .\-/]?\d{3,4}[ .\-]?\d{3,4}"
    r"|(?:\+?1[ .\-])?\d{3}[ .\-]\d{3}[ .\-]\d{4}"
    # A national number begins with 0 and has nine to twelve digits; some write its 0 in brackets.
    r"|(?!\d{1,2}[.\-/ ]\d{1,2}[.\-/ ](?:19|20)\d\d\b)(?=0(?:[ .\-/]?\d){8,11}(?![\d]|[ .\-/]\d{2}))"
    r"0\d{1,5}(?:[ .\-/]?\d{2,8}){1,5}"
    r"|\(0\) ?(?=\d(?:[ .\-/]?\d){7,10}(?![\d]|[ .\-/]\d))\d{2,5}(?:[ .\-/]?\d{2,8}){1,4}"
    r"|0\d{2,4} / (?=\d(?:[ \-]?\d){4,8}(?![\d]|[ \-]\d))\d{2,8}(?:[ \-]\d{1,5}){0,3}"
    # Digit by digit, to hide it from machines or to be read aloud.
    r"|(?<!\d[ .\-])(?:\+ ?[1-9]|0)(?:[ .\-]\d){8,13}(?![ .\-]\d))"
    rf"(?:{_EXTENSION}\b|(?!\w))"
    # Spain, Poland, Australia: three groups of three, or 1800 and 1300; round numbers are amounts.
    rf"|{_START}(?:[5-9]\d\d \d{{3}} (?!000)\d{{3}}|1[38]00 \d{{3}} \d{{3}}|\d\d \d{{3}} \d\d \d\d)(?![\w]|[ .,]\d)"
    # A bare run of nine to twelve digits is a phone or an account: no price and no year is that long.
    r"|(?<![\w.,/$€£-])\d{9,12}(?![\w-])",
    re.I,
)
_CALL = re.compile(
    r"\b((?:(?:phone|telephone)(?: number| no\.?)?|tel|tlf|mobile|cell|call(?:ed)?|rang|ring|text(?:ed)?"
    r"|dial(?:led)?|whatsapp|fax|number is"
    r"|telefon|handy|handynummer|hotline|unter|ruf|portable|appel\w{1,4}|móvil|teléfono|llam\w{1,4}|cellulare"
    r"|chiam\w{1,4}"
    r"|bel|nummer is|dzwoni\w{1,4}|numer to)\W{1,4}(?:(?:on|le|al|il|us at|me at|pod|på|an) )?)"
    r"((?!\d{4}\b)\d[\d ().\-]{5,17}\d)(?![\w%]| (?:times|minutes|days|weeks))",
    re.I,
)
_CALL_WORDS = (
    "phone|tel|tlf|mobil|cell|call|rang|ring|text|dial|whats|fax|number is|handy|hotline|unter|ruf|portable|appel|móvil"
    "|teléf|llam|chiam|bel|nummer is|dzwoni|numer to"
)
_CALL_CUES = tuple(_CALL_WORDS.split("|"))
_SIX = re.compile(r"\d(?:\D{0,2}\d){5}")


def _iban(found: re.Match[str]) -> str:
    """Only what the check digits confirm (ISO 13616); a capitalised word that followed is given back."""
    whole, rest = found[0], ""
    while len(whole) > 14:
        if _sound(whole.replace(" ", "")):
            return IBAN + rest
        whole, gap, last = whole.rpartition(" ")
        rest = gap + last + rest
    return found[0]


def _sound(iban: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def _card(found: re.Match[str]) -> str:
    """Only what the check digit confirms (ISO 7812, Luhn)."""
    digits = [int(each) for each in found[0] if each.isdigit()]
    doubled = [sum(divmod(2 * each, 10)) for each in digits[-2::-2]]
    return CARD if (sum(doubled) + sum(digits[-1::-2])) % 10 == 0 else found[0]


def _order(found: re.Match[str]) -> str:
    return next(each for each in found.groups()[::2] if each) + ORDER


NUMBERS = (
    Rule(pattern=_IBAN, put=_iban, digits=2, gate=re.compile(r"[A-Z]{2}\d{2} ?[A-Z0-9]{4}")),
    Rule(pattern=_ORDER, put=_order, digits=1, cues=tuple(_ORDER_WORDS.split("|")), near=_ORDER_NEAR, gate=_DIGITED),
    Rule(pattern=_HASH, put=ORDER, digits=3, cues=("#",)),
    Rule(pattern=_CARD, put=_card, digits=13, gate=_SIX),
    Rule(pattern=_PHONE, put=PHONE, digits=6, gate=_SIX),
    Rule(pattern=_CALL, put=after_cue(PHONE), digits=6, cues=_CALL_CUES, gate=_SIX),
)
