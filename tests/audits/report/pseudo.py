"""A language that nobody speaks: every message with accents, so that what is not looked up stands out."""

from __future__ import annotations

import re

OTHER = "el"
"""A language whose dates, months and lists Babel writes in letters of its own, so that English stands out."""
ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "áƀćđéƒǵĥíĵķĺḿńóṕɋŕśťúṽẃẋýžÁƁĆĐÉƑǴĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼẂẊÝŽ"
)
_KEPT = re.compile(r"%\(\w+\)s|<[^>]*>|&\w+;|annex\.html|95%%")


def pseudo(text: str) -> str:
    """The message with an accent on every letter outside placeholders and markup."""
    kept = _KEPT.findall(text)
    parts = _KEPT.split(text)
    return "".join(part.translate(ACCENTED) + (kept[at] if at < len(kept) else "") for at, part in enumerate(parts))
