"""What exports call their columns, by language, as `names.toml` holds it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

_HELD = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


def plain(name: str) -> str:
    """A header name without accents, case and punctuation: `Date_de visite` and `date de visite` are one."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    # camelCase is two words to whoever wrote it.
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    return " ".join(re.findall(r"[a-z0-9]+", parted.casefold()))


FIELDS: dict[str, tuple[str, ...]] = {name: tuple(listed) for name, listed in _HELD["fields"].items()}
KNOWN = frozenset(name for listed in FIELDS.values() for name in listed)
PERSONAL = re.compile("|".join(rf"\b{each}\b" for each in _HELD["personal"]))
NO_GROUP = re.compile(
    r"\b(?:response|responder|responded|reply|replies|replied|antwort|reponse|respuesta|risposta"
    r"|sentiment|polarity|emotion|stimmung|label)\b"
)
"""Words of a header that describes the owner's answer, or what somebody made of the text: neither says who wrote it."""
SUBRATING = re.compile("|".join(rf"\b{each}\b" for each in _HELD["subrating"]))
