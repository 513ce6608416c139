"""Recognises a page that keeps a crawler out: by status, by what it says, by showing nothing a listing shows."""

from __future__ import annotations

import re

from spiders.items import ParsedPage

KEPT_OUT = {
    401: "the site asks for a login (401)",
    403: "the site refuses the crawler (403)",
    407: "a proxy asks for a login (407)",
    429: "the site says too many requests (429), even after waiting",
    451: "the page is withheld for legal reasons (451)",
}
_SIGNATURES = (
    (
        rb"captcha|are you (?:a )?(?:human|robot)|not a robot|verify(?:ing)? (?:that )?you are human|unusual traffic",
        "a captcha",
    ),
    (rb"cf-chl-|challenge-platform|just a moment\.\.\.|px-captcha|datadome|distil_r_|_incapsula_", "a bot check"),
    (
        rb"account (?:has been )?suspended|site (?:is )?suspended|domain (?:is )?parked",
        "a notice that the site is suspended",
    ),
    (rb"access (?:to this page has been )?denied|request blocked|pardon our interruption", "a refusal"),
    (rb"<input[^>]{0,300}type=[\"']?password|(?:sign|log) ?in to (?:continue|see|read|view)", "a login page"),
)
_COMPILED = tuple((re.compile(pattern, re.I), what) for pattern, what in _SIGNATURES)
_LOOKED_AT = 200_000
NOTHING = "the page shows neither reviews nor how many there are"


def block(body: bytes, parsed: ParsedPage) -> str | None:
    """Why a page that was served is a block, or None. A page with reviews or a total is none, whatever it says.

    A page that shows neither reviews nor a total nor "no reviews yet" is a block even where nothing is recognised:
    an unknown wall must not look like an empty listing.
    """
    if parsed.reviews or parsed.declared_total is not None or parsed.says_empty:
        return None
    for pattern, what in _COMPILED:
        if pattern.search(body, 0, _LOOKED_AT):
            return f"the page is {what}"
    return NOTHING
