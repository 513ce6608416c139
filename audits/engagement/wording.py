"""Says what pydantic found in words for the file's writer: which key, what is wrong, what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from audits.engagement.rules import near


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with the file: the key, a reason in words, and what was probably meant."""

    key: str
    reason: str
    suggestion: str | None = None

    def __str__(self) -> str:
        meant = f" (did you mean {self.suggestion!r}?)" if self.suggestion else ""
        return f"{self.key}: {self.reason}{meant}"


def worded(error: ErrorDetails, given: Mapping[str, Any]) -> Problem:
    """One pydantic error in the file's own terms."""
    context = error.get("ctx", {})
    where = _where(error["loc"], given)
    if error["type"] == "unknown_key":
        return Problem(
            key=_under(where, context["key"]), reason="no such key", suggestion=near(context["key"], context["known"])
        )
    if error["type"] == "rule":
        return Problem(key=_under(where, context["at"]), reason=context["reason"], suggestion=context["suggestion"])
    if error["type"] == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        reason = f"{error['input']!r} is not one of {', '.join(allowed)}"
        return Problem(key=where, reason=reason, suggestion=near(str(error["input"]), allowed))
    if error["type"] == "missing":
        return Problem(key=where, reason="is required")
    return Problem(key=where, reason=_plain(error))


def causes(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """The errors without those that only follow: a table whose one entry is wrong also counts as empty."""
    wrong = {error["loc"][0] for error in errors if len(error["loc"]) > 1}
    return [
        error
        for error in errors
        if not (error["type"] == "too_short" and error["loc"][:1] and error["loc"][0] in wrong)
    ]


def _plain(error: ErrorDetails) -> str:
    if error["type"] in ("string_pattern_mismatch", "string_too_short") and error["input"] == "":
        return "is empty"
    if error["type"] == "string_pattern_mismatch":
        return _PATTERNS.get(error["ctx"]["pattern"], error["msg"]).format(repr(error["input"]))
    return error["msg"][:1].lower() + error["msg"][1:]


_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "{} is not a slug: small letters, digits and single hyphens, such as 'pet-cover-2024'",
    r"^https://[^\s/]+": "{} is not an https:// address",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "{} is not an e-mail address",
    r"^[A-Z]{3}$": "{} is not a currency code of three capital letters, such as 'EUR'",
    r"^#[0-9a-fA-F]{6}$": "{} is not a colour such as '#1f6feb'",
}


def _where(location: Sequence[int | str], given: Any) -> str:
    """`("listings", 1, "url")` → `listings[spot].url`: an entry is called by its name where it has one."""
    key = ""
    for step in location:
        given = _inside(given, step)
        if isinstance(step, int):
            name = given.get("name") if isinstance(given, dict) else None
            key += f"[{name or f'#{step + 1}'}]"
        else:
            key = _under(key, step)
    return key or "file"


def _inside(given: Any, step: int | str) -> Any:
    try:
        return given[step]
    except (KeyError, IndexError, TypeError):
        return None


def _under(where: str, key: str) -> str:
    return key if where in ("", "file") else f"{where}.{key}"
