"""Street addresses and postcodes of several countries; a street or a town alone is nobody's address."""

from __future__ import annotations

import re

from spiders.redact.rules import ADDRESS, CAP, LOWER, UPPER, Rule, after_cue

_ENGLISH = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Terrace|Crescent|Close|Highway|Hwy|Gardens"
    r"|Way|Square|Sq|Place|Pl|Grove|Hill|Mews|Row|Parade|Walk|Circle|Cir|Trail|Parkway|Pkwy|Loop|Quay|Rise|View"
)
_GERMAN = r"straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|markt|berg|hof|wall|graben"
_DUTCH = r"straat|gracht|laan|weg|plein|kade|singel|dijk"
_NORDIC = r"gatan|gata|vägen|gade|vej|veien|torget|torvet|allén|allé"
_SMALL = r"(?:de la |de las |de los |del |de |des |du |dei |delle |della |degli |d['’]|di |l['’])?"
_NUMBER = r"\d{1,4}[a-z]?(?:/\d{1,3})?\b"
_FLAT = r"(?:(?:Flat|Apt|Apartment|Unit|Suite|Room)\.? ?\w{1,5}, ?)?"
_FLAT_AFTER = r"(?:,? (?:Apt|Apartment|Unit|Suite|#)\.? ?\w{1,5})?"
_TOWN = rf"(?:, ?\d{{5}} {CAP})?"
_STREET = re.compile(
    rf"\b{_FLAT}\d{{1,5}}[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:(?:East |West |North |South )?\d{{1,3}}(?:st|nd|rd|th)"
    rf" (?:Street|St|Avenue|Ave)\b|(?:[{UPPER}][{LOWER}.'’]{{1,20}}\s){{1,3}}(?:{_ENGLISH})\b)\.?{_FLAT_AFTER}"
    rf"|\b\d{{1,5}}\s(?:[NSEW]\.?\s)?(?:Broadway|Kingsway)\b|\b{_FLAT}\d{{1,4}}\s[{UPPER}][{LOWER}]{{2,15}}\sGardens\b"
    r"|\bP\.?\s?O\.?\s?Box\s\d{1,6}"
    rf"|\b[{UPPER}][{LOWER}]{{2,20}}(?:{_GERMAN})\s{_NUMBER}{_TOWN}"
    rf"|\b[{UPPER}][{LOWER}]{{3,20}}er (?:Straße|Strasse|Str\.|Allee|Platz|Weg|Gasse|Ring|Damm|Ufer"
    rf"|Chaussee)\s{_NUMBER}{_TOWN}"
    rf"|\b(?:Am|An der|An den|Im|Zum|Zur|In der|Auf dem|Auf der) (?:[{UPPER}][{LOWER}]{{2,15}} )?"
    rf"(?:[{UPPER}][{LOWER}]{{0,15}}(?:markt|berg|bach|hof|tor|park|feld|wald|graben|dom|brunnen|mühle|anger)"
    rf"|Markt|Berg|Hof|Tor|Park|Ring|Anger|Platz|See|Wald|Graben)\s{_NUMBER}"
    rf"|\b\d{{1,4}}(?: ?(?:bis|ter))?,?\s(?:[Rr]ue|bd|av\.|[Aa]venue|boulevard|chemin|allée|place|impasse|quai"
    rf"|cours|route|via|calle)\s{_SMALL}"
    rf"[{UPPER}][\w'’-]{{1,20}}(?: (?:de la |de |du |des )?[{UPPER}][\w'’-]{{1,20}})?{_TOWN}"
    rf"|\b(?:Calle|C/|Avenida|Avda\.?|Plaza|Paseo|Via|Viale|Piazza|Corso|Largo|Vicolo|Rua|Praça|ul\.|ulicy"
    rf"|ulica|ulicę|al\.|os\.)"
    rf"\s?{_SMALL}{CAP}(?: {CAP})?,?\s{_NUMBER}"
    rf"|\b[{UPPER}][{LOWER}]{{2,20}}(?:{_DUTCH}|{_NORDIC})\s{_NUMBER}"
)
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b"
    r"|\b[ABCEGHJ-NPR-TVXY]\d[A-CEGHJ-NPR-TV-Z][ -]?\d[A-CEGHJ-NPR-TV-Z]\d\b"
    # An Irish Eircode has a letter and a digit in its second half.
    r"|\b[A-Z]\d[\dW] (?=[A-Z0-9]{0,3}\d)(?=[A-Z0-9]{0,3}[A-Z])[A-Z0-9]{4}\b"
)
_STATES = {
    "0": "CT MA ME NH NJ RI VT", "1": "DE NY PA", "2": "DC MD NC SC VA WV", "3": "AL FL GA MS TN", "4": "IN KY MI OH",
    "5": "IA MN MT ND SD WI", "6": "IL KS MO NE", "7": "AR LA OK TX", "8": "AZ CO ID NM NV UT WY", "9": "AK CA"
    " HI OR WA",
}  # fmt: skip
_ZIP = re.compile(
    # A US state's zip codes begin with its digit: "in MA 20000 people" is none.
    "|".join(
        rf"(\b(?:{'|'.join(names.split())}),? )({first}\d{{4}}(?:-\d{{4}})?)\b" for first, names in _STATES.items()
    )
)
_CODED = re.compile(
    r"\b((?:zip(?: ?code)?|post ?code|postal code|eircode|postleitzahl|plz|code postal|c\.?p\.?|código postal|cap"
    r"|kod pocztowy)"
    r"(?: is| ist| was)?:? )(\d{4} ?[A-Z]{2}\b|\d{2}-\d{3}\b|\d{4,5}(?:-\d{4})?\b|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b|[A-Z]\d[\dW] ?[A-Z\d]{4}\b)",
    re.I,
)
_CODED_CUES = ("zip", "post", "pocztow", "plz", "c.p", "cp ", "cp.", "cp:", "cap ", "cap:", "eircode")
_AREAS = (
    r"ab|al|ba|bb|bd|bh|bl|bn|br|bs|bt|ca|cb|cf|ch|cm|co|cr|ct|cv|cw|da|dd|de|dg|dh|dl|dn|dt|dy|ec|eh|en|ex|fk|fy|gl"
    r"|gu|gy|ha|hd|hg|hp|hr|hs|hu|hx|ig|im|ip|iv|je|ka|kt|kw|ky|la|ld|le|ll|ln|ls|lu|me|mk|ml|ne|ng|nn|np|nr|nw|ol|ox"
    r"|pa|pe|ph|pl|po|pr|rg|rh|rm|sa|se|sg|sk|sl|sm|sn|so|sp|sr|ss|st|sw|sy|ta|td|tf|tn|tq|tr|ts|tw|ub|wa|wc|wd|wf|wn"
    r"|wr|ws|wv|yo|ze|[beglmnsw]"
)
_LIVED = r"(?:address\]?|liv(?:e|es|ed|ing) (?:at|in|on|near)|we are|i am at|flat|house|home|deliver\w{0,3} to|sent to)"
_SMALL_CODE = re.compile(
    # Small letters are a British postcode beside words of an address alone; "m1 1hr delay" and "4th" are none.
    rf"({_LIVED}\b[^.!?\n]{{0,40}}?\s)"
    rf"((?:{_AREAS})\d[a-z\d]? ?(?!\d(?:st|nd|rd|th|hr|ft|lb))\d[abd-hjlnp-uw-z]{{2}})\b",
    re.I,
)
_ENDS = {
    3: "weg|hof|tor|see|dom|vej", 4: "str.|ring|damm|ufer|berg|wall|bach|park|feld|wald|laan|kade|dijk|gata|gade|allé",
    5: "platz|allee|gasse|markt|anger|mühle|plein|vägen|veien|allén|gatan",
    6: "straße|graben|straat|gracht|singel|torget|torvet", 7: "strasse|brunnen", 8: "chaussee",
}  # fmt: skip
"""Ends of German, Dutch and Nordic streets by their length: what is looked for backwards has one."""
_BEFORE = "|".join(rf"(?<=(?:{words.replace('.', '[.]')})\s)" for words in _ENDS.values())
_NUMBERED = re.compile(
    rf"\d(?:[A-Za-z]?\s(?:[NSEW]\.?\s)?[{UPPER}\d]|(?: ?(?:bis|ter))?,?\s[RrAabcpiqv][udvohlmai])"
    rf"|\s(?=\d)(?i:{_BEFORE}|(?<=box\s))"
    rf"|(?:C(?:alle|/|orso)|Av(?:enida|da)|P(?:laza|aseo|iazza|raça)|Vi[ac]|Largo|Rua|ul(?:\.|ic)|al\.|os\.)\D{{1,80}}\d"
)
PLACES = (
    Rule(pattern=_STREET, put=ADDRESS, digits=1, gate=_NUMBERED),
    Rule(pattern=_POSTCODE, put=ADDRESS, digits=2, gate=re.compile(r"[A-Z]\d")),
    Rule(
        pattern=_ZIP,
        put=lambda found: next(each for each in found.groups()[::2] if each) + ADDRESS,
        digits=5,
        gate=re.compile(r"[A-Z]{2},? \d{5}"),
    ),
    Rule(pattern=_CODED, put=after_cue(ADDRESS), digits=2, cues=_CODED_CUES),
    Rule(
        pattern=_SMALL_CODE,
        put=after_cue(ADDRESS),
        digits=2,
        cues=("addres", " at ", " in ", " on ", " near ", "we are", "flat", "house", "home", " to "),
        gate=re.compile(r"[A-Za-z]\d[A-Za-z\d]? ?\d[A-Za-z]{2}"),
    ),
)
