"""E-mail addresses and links: also those that somebody hid from machines."""

from __future__ import annotations

import re

from spiders.redact.rules import EMAIL, LINK, Rule

_OPEN, _CLOSE = r"\s?[(\[{<]\s?", r"\s?[)\]}>]\s?"
_AT = r"at|ät|arobase|arroba|chiocciola|malpa|małpa"
_DOT = r"dot|punkt|point|punto|ponto|punt|kropka"
_PLACED = rf"(?:\.|{_OPEN}(?:{_DOT}){_CLOSE}| (?:{_DOT}) )"
"""A full stop, however it is written: "mail.com", "mail (dot) com", "mail punkt de"."""
_EMAIL = re.compile(
    rf"\b[\w.+-]{{1,64}}(?:\s?[@＠]\s?|{_OPEN}(?:{_AT}){_CLOSE})[\w-]{{1,63}}(?:{_PLACED}[\w-]{{2,63}}){{1,4}}"
    # "jo99 at mail.com", "jo dot bloggs at mail dot com": somebody who hides an address from machines.
    r"|\b[\w.+-]{0,40}\d[\w.+-]{0,20} at [\w-]{2,63}\.(?:com|org|net|edu)\b"
    r"|\b[\w.+-]{1,40}(?: dot [\w-]{1,40}){0,3} at [\w-]{1,40} dot (?:com|org|net|edu|co)(?: dot (?:uk|nz|za|in))?\b"
    # These words for the sign mean hardly anything else.
    rf"|\b[\w.+-]{{1,40}} (?:arobase|arroba|chiocciola|malpa|małpa) [\w-]{{1,40}}(?: ?\.| (?:{_DOT})) ?[a-z]{{2,6}}\b",
    re.I,
)
_END = r"[^\s.,;:!?)\]»”\"']"
_PATH = rf"(?:/(?:\S{{0,500}}{_END})?)"
_SURE = r"com|org|net|edu|gov|co\.uk|org\.uk|com\.au|co\.nz|co\.in|io|biz|info|eu|app|example"
# Endings that are also words, or that a missing space after a full stop makes: the rest must look like an address.
_LIKELY = r"de|fr|nl|it|es|pl|ca|at|ch|be|ie|se|dk|no|fi|pt|us|uk|au|nz|in|me|ly|gl|gg|tv|co|shop|site|online|store"
_HOST = r"(?:[\w-]{1,63}\.){0,4}"
_LINK = re.compile(
    rf"\bhttps?://\S{{0,2000}}{_END}|\bwww\.[\w-]{{1,63}}\.\S{{0,2000}}{_END}"
    rf"|\b(?!(?:asp|vb)\.net)(?:[\w-]{{1,63}}\.){{1,4}}(?:{_SURE})(?![\w-]|\.\w){_PATH}?"
    rf"|\b(?-i:{_HOST}[a-z0-9-]{{2,63}}\.(?:{_LIKELY})){_PATH}(?!\w)"
    rf"|\b(?-i:{_HOST}[a-z]{{1,40}}[0-9-][a-z0-9-]{{1,40}}\.(?:{_LIKELY}))(?![\w-])"
    rf"|(?-i:(?<=site )|(?<=page )|(?<=auf )|(?<=sur )|(?<=visit )|(?<=unter )|(?<=siehe ))"
    rf"(?-i:{_HOST}[a-z0-9-]{{3,63}}\.(?:{_LIKELY}))(?![\w-])",
    re.I,
)
_SIGNS = ("(", "[", "{", "<", "arobase", "arroba", "chiocciola", "malpa", "małpa")
_SAID = re.compile(
    rf"[@＠]|(?i:[(\[{{<]\s?(?:{_AT})\s?[)\]}}>]|\s(?:{_AT})\s[\w-]{{1,63}}(?:\s?\.| (?:{_DOT})\b))",
)
"""The sign itself or a word for it: what every address has."""
CONTACTS = (
    Rule(pattern=_EMAIL, put=EMAIL, cues=("@", "＠", ".com", ".org", ".net", ".edu", " dot ", *_SIGNS), gate=_SAID),
    Rule(pattern=_LINK, put=LINK, gate=re.compile(r"[:.](?:(?<=:)//|(?<=\w\.)[A-Za-z]{2})")),
)
