"""Where a person's name is written, in words, in JSON and in pages: as theirs, not as a word or a part of one."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence

_WORD_NAMES = (
    "ace ally amber an angel april art ash august autumn bath bear bell berry bill black blessing bond brain brook"
    " brown buck bud buddy can candy case cash chance charity chase cherry chip church clay cliff coco coral cook"
    " cooper cruise crystal curt dale dash dawn dean del den des destiny dial do dove duke dusty earl early earnest"
    " else faith floor focus ford forest fox frank gap gene genesis ginger golden grace grant gray green grey guy"
    " hazel heath heaven holly honey hope hunter in its ivy jack jade joke joy jun june junior juste king kitty la"
    " lady lake lance lane lark le les lies lily line little lone long lotus love lucky luna mai major man manual mark"
    " marks mason mats max may me merry mini misty my no noble numbers oh ok olive on or page parish pat pearl penny"
    " pepper per plum pope precious price prince princess prune queen ram raven ray reed rich rip river robin rock"
    " rocky rod roman rose rosemary rosy royal ruby rusty sage say scout shadow sherry short skip sky smokey so son"
    " song soon soul spring star sterling stock stone storm stormy sue sugar summer sun sunny sunshine tanner target"
    " temple than the tiger tin to tuck una van violet ville vista von wade ward wells white will windy winter wolf"
    " wood wren young"
)
_WORDS = frozenset(_WORD_NAMES.split())
"""Names that are written small where they are words: of them a name is what begins with a capital."""
_MONTHS = frozenset(("april", "june", "august", "mai", "may"))
_BEGINS = r"(?:(?<![^\W_])|(?<=\\[bfnrt])|(?<=\\u[0-9a-fA-F]{4}))"
_ENDS = r"(?![^\W_])"
_BETWEEN = r"(?:\s|\\[nrt]|&nbsp;)+"


def mentions(names: Sequence[str], keep: Sequence[str] = ()) -> re.Pattern[str] | None:
    """What finds each of the names where it stands by itself, and what is to be kept, as a group; None without a name.

    However it is spelt in case, escaped for HTML or for JSON, and whatever blanks part it. A name that is also a word
    ("May", "Will") is one where it begins with a capital; and a month's is none beside a day or a year. `keep` are
    businesses: a guest called Wendy takes nothing from "Wendy's Café".
    """
    if not names:
        return None
    kept = [(each, rf"({_BEGINS}(?i:{_parted(each)}){_ENDS})") for each in keep if each.strip()]
    found = [*kept, *((each, _written(each)) for each in names)]
    return re.compile("|".join(form for _, form in sorted(found, key=lambda each: -len(each[0]))))


def masked(text: str, pattern: re.Pattern[str] | None) -> str:
    """The text with [name] where somebody is named."""
    if pattern is None:
        return text
    from spiders.redact import NAME  # all its patterns, which a morning that masks nothing need not compile

    return pattern.sub(lambda found: found[0] if found.lastindex else NAME, text)


def _written(name: str) -> str:
    word = name.casefold()
    if word not in _WORDS:
        escaped = (html.escape(name), *(json.dumps(name, ensure_ascii=plain)[1:-1] for plain in (True, False)))
        forms = sorted({name, name.upper(), *escaped}, key=lambda each: (-len(each), each))
        return rf"{_BEGINS}(?i:{'|'.join(map(_parted, forms))}){_ENDS}"
    plain = rf"{_BEGINS}(?:{word.capitalize()}|{word.upper()}){_ENDS}"
    if word not in _MONTHS:
        return plain
    until = r"(?:\s+\w+\s+[A-Z]\w+)?"  # "from May to June 2026"
    return rf"(?<!\d[ .-])(?<!\d\. )(?<!\d(?:st|nd|rd|th) ){plain}(?!{until},?[\s-]+(?:of )?\d)"


def _parted(name: str) -> str:
    return _BETWEEN.join(map(re.escape, name.split()))
