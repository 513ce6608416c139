"""Recognises a page that keeps a crawler out: by status, by what it says, by showing nothing a listing shows."""

from __future__ import annotations

import re

from spiders import reasons
from spiders.items import ParsedPage

KEPT_OUT = {
    401: reasons.LOGIN_ASKED(),
    403: reasons.CRAWLER_REFUSED(),
    407: reasons.PROXY_ASKS(),
    429: reasons.TOO_MANY(),
    451: reasons.WITHHELD(),
}
_SIGNATURES = (
    (
        rb"captcha|are you (?:a )?(?:human|robot)|not a robot|verify(?:ing)? (?:that )?you are human|unusual traffic",
        reasons.IS_CAPTCHA(),
    ),
    (
        rb"cf-chl-|challenge-platform|just a moment\.\.\.|px-captcha|datadome|distil_r_|_incapsula_",
        reasons.IS_BOT_CHECK(),
    ),
    (
        rb"account (?:has been )?suspended|site (?:is )?suspended|domain (?:is )?parked",
        reasons.IS_SUSPENDED(),
    ),
    (rb"access (?:to this page has been )?denied|request blocked|pardon our interruption", reasons.IS_REFUSAL()),
    (rb"<input[^>]{0,300}type=[\"']?password|(?:sign|log) ?in to (?:continue|see|read|view)", reasons.IS_LOGIN()),
)
_COMPILED = tuple((re.compile(pattern, re.I), what) for pattern, what in _SIGNATURES)
_LOOKED_AT = 200_000
NOTHING = reasons.SHOWS_NOTHING()


def block(body: bytes, parsed: ParsedPage) -> str | None:
    """Why a page that was served is a block, or None. A page with reviews or a total is none, whatever it says.

    A page that shows neither reviews nor a total nor "no reviews yet" is a block even where nothing is recognised:
    an unknown wall must not look like an empty listing.
    """
    if parsed.reviews or parsed.declared_total is not None or parsed.says_empty:
        return None
    for pattern, what in _COMPILED:
        if pattern.search(body, 0, _LOOKED_AT):
            return what
    return NOTHING
