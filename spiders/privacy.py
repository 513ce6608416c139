"""What leaves this package carries no reviewer's name: authors become keys, text is redacted, ids are keyed."""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import replace

from spiders.items import Reply, Review
from spiders.redact import REDACTOR_VERSION, redact

__all__ = ["REDACTOR_VERSION", "author_key", "content_hash", "keyed", "redact", "seal"]

_NOBODY_WORDS = (
    "anonymous|anonym|anonyme|anonimo|anónimo|guest|customer|a customer|verified customer|verified buyer|consumer|user"
    "|verified reviewer|a google user|google user|reviewer|client|kunde|gast|n/a|na|none|unknown|deleted user"
)
_NOBODY = frozenset(_NOBODY_WORDS.split("|"))
"""Names that stand for nobody in particular: they make no two reviews the same person's."""


def keyed(key: bytes, *parts: str | None) -> str:
    """HMAC-SHA256 over the parts in 32 hex digits; None and the empty text differ."""
    whole = "\x1f".join("\x00" if part is None else part for part in parts)
    return hmac.digest(key, whole.encode("utf-8", "surrogatepass"), "sha256").hex()[:32]


def folded(text: str) -> str:
    """Text as it is compared: compatibility forms, case and white space do not make a difference."""
    whole = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(whole.casefold().split())


def named(author: str | None) -> str | None:
    """The author as it is compared, or None where the name stands for nobody in particular."""
    name = folded(author or "")
    return None if not name or name in _NOBODY else name


def author_key(key: bytes, author: str) -> str:
    """What stands for an author in everything that is written down."""
    return keyed(key, "author", folded(author))


def content_hash(review: Review, key: bytes) -> str:
    """What a review says, without when it was fetched: the same for an unchanged review, another for an edited one."""
    marks = [f"{name}={value:g}" for name, value in sorted(review.subratings.items())]
    words = [folded(each or "") for each in (review.title, review.text)]
    return keyed(key, "content", review.rating_raw, str(review.recommended), *words, *marks)


def seal(review: Review, key: bytes) -> Review:
    """The review as it may be written: no author, redacted text, and the keyed hash of what it said before."""
    author = named(review.author)
    names = [review.author.strip()] if author is not None and review.author else []
    keep = [review.business] if review.business else []
    reply = review.reply
    if reply is not None:
        known = names + [each for name in names for each in name.split() if len(each) > 2 and each[0].isupper()]
        reply = Reply(text=redact(reply.text, reply=True, names=known, keep=keep), posted=reply.posted)
    return replace(
        review,
        author=None,
        author_key=review.author_key or (author_key(key, author) if author else None),
        title=redact(review.title, names=names, keep=keep) if review.title else None,
        text=redact(review.text, names=names, keep=keep) if review.text else None,
        reply=reply,
        content_hash=review.content_hash or content_hash(review, key),
    )
