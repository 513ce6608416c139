"""Pure readings that every site shares: clean text, and a rating brought from its declared scale to 1–5."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from spiders.values import number

# HTML5 reads C1 bytes as cp1252: that is what the writer typed.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
# Overrides and isolates reorder what a reader sees; zero-width spaces and the BOM hide words from a search.
# The joiners U+200C and U+200D stay: Persian and emoji are spelt with them.
_INVISIBLE = (0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
_DROPPED = dict.fromkeys([*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *_INVISIBLE])
_CHARACTERS = {**_C1, **_DROPPED, 0x2028: "\n", 0x2029: "\n"}
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li)\s*/?\s*>", re.I)
_TAG = re.compile(r"</?(?:p|b|i|u|em|strong|span|div|ul|ol|li|a|font|small|blockquote)\b[^<>]{0,2000}>", re.I)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n ?(?:\n ?){2,}")
_AROUND_BREAK = re.compile(r" ?\n ?")


def clean(raw: object, *, escaped: int = 1) -> str | None:
    """Text as a person reads it, or None where nothing is left.

    `escaped` says how often the source escapes its entities. Markup that formats is dropped; any other stays as text.
    """
    if not isinstance(raw, str):
        return None if raw is None or isinstance(raw, (dict, list)) else clean(str(raw))
    if raw.isascii() and raw.isprintable() and not ("&" in raw or "<" in raw or "  " in raw):
        return raw.strip() or None  # most of what there is: nothing below would change it
    text = whole_unicode(raw)
    for _ in range(escaped):
        text = html.unescape(text)
    text = _TAG.sub("", _BREAK.sub("\n", text)) if "<" in text else text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS))
    text = _AROUND_BREAK.sub("\n", _BLANK_LINES.sub("\n\n", _SPACES.sub(" ", text))).strip()
    return text or None


def visible(text: str) -> str:
    """The text without what acts on a screen and is not seen: controls, overrides and zero-width spaces."""
    return text if text.isascii() and text.isprintable() else text.translate(_CHARACTERS)


def whole_unicode(raw: str) -> str:
    """Surrogate pairs joined; a lone one becomes U+FFFD, so that every later encoding works."""
    if raw.isascii():
        return raw
    try:
        raw.encode()
    except UnicodeEncodeError:
        return raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return raw


_NUMBER = r"(\d{1,3}(?:[.,]\d{1,17})?)"
_OF = re.compile(rf"{_NUMBER}\s*(?:stars?\s+)?(?:/|out\s+of|of|von|sur|de|su|van|av)\s*{_NUMBER}\b", re.I)
_PLAIN = re.compile(
    rf"^\s*(?:rated\s+)?{_NUMBER}\s*(%|stars?(?:\s+rating)?|sterne?|étoiles?|estrellas?|stelle|★|⭐)?\s*$", re.I
)
_AS_PICTURE = "\ufe0f"
"""What telephones write behind a star that is shown as a picture."""
_SPELT = {"ONE": 1.0, "TWO": 2.0, "THREE": 3.0, "FOUR": 4.0, "FIVE": 5.0}
"""Stars as Google gives an owner their own reviews."""
_STARS = re.compile(r"^\s*([★⭐]{0,10})(½?)([☆✩]{0,10})\s*$")


def bounds(scale: str) -> tuple[float, float]:
    """Low and high end of a scale such as "1-5" or "0-100"; ValueError where it is none."""
    low, _, high = scale.partition("-")
    ends = float(low), float(high)
    if not ends[0] < ends[1]:
        raise ValueError(f"{scale!r} is not a rating scale such as 1-5")
    return ends


def rating(raw: object, scale: str) -> tuple[float | None, str | None]:
    """The rating on 1–5 and None, or None and what is wrong with it; nothing given is (None, None).

    A value off the declared scale is a problem, never clamped: it may be another scale.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None, None
    return _rated(str(raw).strip(), scale)


def average_on(scale: str, raw: object) -> float | None:
    """A mean that a site tells of itself, on 1–5 as every rating is; a site that ends at five is taken at its word."""
    _, high = bounds(scale)
    return number(raw) if high == 5 else rating(raw, scale)[0]


@lru_cache(maxsize=4096)
def _rated(raw: str, scale: str) -> tuple[float | None, str | None]:
    low, high = bounds(scale)
    value = _value(raw.replace(_AS_PICTURE, ""), high)
    if value is None:
        return None, f"rating {shown(raw)} is not a number on {scale}"
    if not low <= value <= high:
        return None, f"rating {shown(raw)} is off the scale {scale}"
    return round(1 + 4 * (value - low) / (high - low), 4), None


def shown(raw: object) -> str:
    """A value as a problem may name it: a long one is not a value but somebody's words, which no log may hold."""
    text = str(raw).strip()
    return repr(text) if len(text) <= 24 else f"of {len(text)} characters"


def _value(raw: str, high: float) -> float | None:
    if raw in _SPELT:
        return _SPELT[raw] if high == 5 else None
    if found := _PLAIN.match(raw):
        share = found[2] == "%"
        return _float(found[1]) if not share or high == 100 else None
    if found := _OF.search(raw):
        return _float(found[1]) if _float(found[2]) == high else None
    if (found := _STARS.match(raw)) and (found[1] or found[2]):
        drawn = len(found[1]) + len(found[3]) + bool(found[2])
        return len(found[1]) + (0.5 if found[2] else 0) if drawn == high or not found[3] else None
    return None


def _float(raw: str) -> float:
    return float(raw.replace(",", "."))
