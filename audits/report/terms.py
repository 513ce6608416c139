"""Single words that the value of a report holds by a name of their own, as they are printed."""

from __future__ import annotations

from audits.catalogue import gettext, marked

WORDS = (
    marked("crawl"), marked("api"), marked("capture"), marked("export"),
    marked("complete"), marked("partial"), marked("blocked"), marked("drifted"), marked("empty"), marked("failed"),
    marked("refused"), marked("held"), marked("full"), marked("incremental"), marked("file"), marked("capped"),
    marked("draft"), marked("approved"), marked("withdrawn"), marked("worse"), marked("better"),
    marked("rising"), marked("falling"), marked("steady"), marked("high"), marked("medium"), marked("low"),
    marked("process"), marked("people"), marked("technology"), marked("culture"), marked("commercial"),
    marked("reached"), marked("not reached"), marked("cannot tell"),
    marked("blames the customer"), marked("as a habit"),
    marked("those in charge"), marked("what staff say"), marked("targets over people"),
    marked("agree"), marked("dispute"), marked("fixed"), marked("Employees"), marked("unknown"), marked("no text"),
    marked("client export"), marked("official api"), marked("public page reviewed by a person"),
    marked("public data set"), marked("sandbox"),
    marked("share"), marked("reviews a month"), marked("stars"), marked("points"), marked("severity"),
    marked("reviews"), marked("days"), marked("months"),
)  # fmt: skip
"""Ways in, verdicts, scopes, states, trends, grades of sureness, factors, answers, voices, bases and units."""


def told(word: str) -> str:
    """The word as it is printed; one that is not ours stands as it is."""
    return gettext(word)


def trend(name: str | None) -> str:
    """A direction in a table."""
    known = {
        "rising": gettext("rising"),
        "falling": gettext("falling"),
        "steady": gettext("no change that can be told"),
    }
    return known.get(name or "", gettext("not observable"))
