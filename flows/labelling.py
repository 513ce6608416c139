"""Labels as people write them, and what becomes of them: a correction with who and when."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, Literal

from audits.analysis.corrections import digest
from audits.analysis.gaps import frame
from audits.analysis.values import Statement
from audits.store.records import StoredCorrection

OUTSIDE = ("praise", "neutral", "vague", "outside-control", "other-business")
MOST = 2
"""Gaps of one statement."""
SHORT = {"p": "praise", "n": "neutral", "v": "vague", "o": "outside-control", "b": "other-business"}


class LabelError(ValueError):
    """A label that the frame does not have: a sentence with what was probably meant."""


def label(words: Sequence[str]) -> dict[str, Any]:
    """What is stored of a label: one gap or two by slug or code, or one of OUTSIDE; raises `LabelError`."""
    codes = {gap.code.lower(): gap.slug for gap in frame().gaps}
    found = [SHORT.get(word, codes.get(word, word)) for word in (one.strip().lower() for one in words) if word]
    known = (*frame().slugs, *OUTSIDE)
    for word in found:
        if word not in known:
            near = get_close_matches(word, known, n=1)
            meant = f" (did you mean {near[0]!r}?)" if near else ""
            raise LabelError(f"{word!r} is no gap of the frame and none of {', '.join(OUTSIDE)}{meant}.")
    gaps = list(dict.fromkeys(word for word in found if word in frame().slugs))
    outside = [word for word in found if word in OUTSIDE]
    if not found or (gaps and outside) or len(outside) > 1 or len(gaps) > MOST:
        raise LabelError(
            f"A label is one gap or two, or one of {', '.join(OUTSIDE)}; not {' '.join(found) or 'nothing'}."
        )
    return {"gaps": gaps} if gaps else {"outside": outside[0]}


def said(
    of: Statement, words: Sequence[str], *, part: Literal["correct", "random", "doubtful"], who: str
) -> StoredCorrection:
    """A person's label of a statement."""
    return StoredCorrection(
        part=part,
        who=who,
        at=now(),
        label=label(words),
        review=of.review,
        field=of.field,
        start=of.start,
        end=of.end,
        text_sha256=digest(of.text),
        content_hash=of.content,
    )


def now() -> str:
    """When something is said, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def whoever(who: str | None) -> str:
    """The name that was given, else the name of the account."""
    return who or getpass.getuser()
