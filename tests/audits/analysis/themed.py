"""What invented customers say of a failing, and the themes that are made of it."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.matters import background_of
from audits.analysis.themes import themes
from audits.analysis.values import Statement, Theme
from tests.audits.analysis.made import review, says

HOLD = (
    "I was on hold for an hour.",
    "On hold again and nobody picked up.",
    "Left on hold for forty minutes, then cut off.",
    "They keep you on hold until you give up.",
    "An hour on hold, every single time.",
)
CHAT = (
    "The chat bot just loops.",
    "Their chat bot never understands the question.",
    "You only get a chat bot.",
    "The chat bot sent me in circles.",
)
MAIL = ("Emails go unanswered for weeks.", "Three unanswered emails so far.", "My emails are simply unanswered.")
OTHER = ("The room was dirty.", "Breakfast was cold.", "The lift was broken.", "Our booking was lost.")


def spoken(texts: tuple[str, ...], first: int = 0, gap: str = "reachability") -> list[Statement]:
    return [says(review(first + at), text, gap) for at, text in enumerate(texts)]


def found(
    statements: list[Statement],
    previous: tuple[Theme, ...] = (),
    one_author: bool = False,
    gap: str = "reachability",
    surest: Sequence[Statement] = (),
) -> tuple[Theme, ...]:
    everything = [*statements, *spoken(OTHER * 8, 5000, "premises")]
    return themes(
        gap=gap,
        statements=statements,
        background=background_of(everything),
        authors={one.review: "same" if one_author else one.review for one in statements},
        previous=previous,
        surest=surest,
    )


def found_names(texts: tuple[str, ...], gap: str) -> set[str]:
    return {theme.name for theme in found(spoken(texts, gap=gap), gap=gap)}
