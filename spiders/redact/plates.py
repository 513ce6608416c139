"""Licence plates: those whose form no product has, and anything like one beside a word that says so."""

from __future__ import annotations

import re

from spiders.redact.rules import PLATE, Rule, after_cue

_VALUE = r"((?![A-Z]{4} )(?=[A-Z0-9 -]{0,7}\d)(?=[A-Z0-9 -]{0,7}[A-Z])[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,6}){1,3})"
_FORMED = re.compile(
    r"\b[A-HJ-PR-Y][A-HJ-PR-Y]\d\d ?[A-HJ-PR-Z]{3}\b"  # Great Britain
    r"|\b[A-Z]{2}-\d{3}-[A-Z]{2}\b"  # France
    r"|\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{1,4}\b"  # Germany
    r"|\b(?:[01]\d|2[0-9]|\d{2}[12])-[A-Z]{1,2}-\d{2,6}\b"  # Ireland
)
_CUED = re.compile(
    r"\b((?:(?i:licen[cs]e plates?|licen[cs]e|number ?plates?|plates? number|plates?|rego?|registration"
    r"|reg(?:istration)?(?: number| no\.?)?"
    r"|kennzeichen|nummernschild|immatricul\w{1,5}|plaque|targ[ah]\w{0,2}|matrícula|kenteken|rejestracyjn\w{1,3}))"
    rf"[ :]{{1,2}}(?:(?i:is|was) )?)(?-i:{_VALUE})(?![\w-])"
)
_CAR = re.compile(
    rf"\b((?i:auto|car|van|taxi|cab|bus|driver of|audi|coche) )(?-i:{_VALUE})(?= (?:nr rej|Kennzeichen|plate|kenteken))"
    rf"|\b((?i:taxi|van|auto|coche) )((?-i:[A-Z]{{1,3}}[ -]\d{{2,4}} ?[A-Z]{{0,3}}|\d{{4}} [A-Z]{{3}}))(?![\w-])"
)
_AFTER = re.compile(r"\b([A-Z]{1,3} \d{1,3} ?\d{2,3})(?= (?:Kennzeichen|als Kennzeichen))")
PLATES = (
    Rule(
        pattern=_CUED,
        put=after_cue(PLATE),
        digits=1,
        cues=("plate", "reg", "licen", "kennz", "nummern", "immat", "plaque", "targ", "matr", "kente", "rejes"),
    ),
    Rule(
        pattern=_FORMED,
        put=PLATE,
        digits=1,
        gate=re.compile(r"[A-Z\d-](?:(?<=[A-Z])\d\d|(?<=-)[A-Z]{1,2} \d|(?<=\d)-[A-Z]|(?<=-)\d{3}-)"),
    ),
    Rule(pattern=_AFTER, put=PLATE, digits=3, cues=("kennzeichen",)),
    Rule(
        pattern=_CAR,
        put=lambda found: (found[1] or found[3]) + PLATE,
        digits=1,
        cues=("auto ", "car ", "van ", "taxi ", "cab ", "bus ", "driver of ", "audi ", "coche "),
        gate=re.compile(r"\b(?i:auto|car|van|taxi|cab|bus|of|audi|coche) [A-Z0-9]{1,4}[ -]?\w"),
    ),
)
