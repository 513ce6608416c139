"""`telltale correct --undo`: the last word on a statement, or a theme's name, is taken back; it stays known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from audits.analysis.corrections import Place, applied, place, says, spoken_of
from audits.analysis.labels import given
from audits.store.records import StoredCorrection
from flows.commands.said import Said
from flows.labelling import now

Spoken = Mapping[Place, Sequence[StoredCorrection]]
"""Place of a statement → what was said of it, the word that counts last."""


class UndoError(ValueError):
    """Nothing that could be taken back, or more than was meant: a sentence with the next step."""


def undone(
    here: Said, review: str | None, words: str | None, theme: str | None, *, who: str, reason: str | None
) -> tuple[list[StoredCorrection], str]:
    """What was taken back, as it is kept, and what counts now; raises `UndoError`."""
    if not reason or not reason.strip():
        raise UndoError("To take a correction back say why: --undo --reason TEXT.")
    held = here.store.corrections(here.plan.name)
    every = _of_theme(held, theme) if theme else _of_statements(here, held, review, words)
    gone = [each[-1] for each in every]
    kept = here.store.withdraw_corrections(here.plan.name, gone, who=who, why=reason.strip(), at=now())
    before = every[0][-2] if len(every[0]) > 1 else None
    if before is not None:
        left = f"What {before.who} said before counts again: {told(before)}. To take that back, too, give --undo again."
    elif theme:
        left = "The next telltale audit of this engagement names the theme by itself."
    else:
        left = "The next telltale audit of this engagement reads the statement by the model."
    return kept, f"Withdrawn, by {who}: {told(gone[0])}, which {gone[0].who} said at {gone[0].at}. {left}"


def told(each: StoredCorrection) -> str:
    """A label as people read it, or the name that a theme was given."""
    return ", ".join(given(each)) if each.theme is None else repr(each.label.get("name"))


def _of_theme(held: Sequence[StoredCorrection], theme: str) -> list[Sequence[StoredCorrection]]:
    said = [each for each in held if each.theme == theme]
    if not said:
        raise UndoError(f"Nobody has named the theme {theme}: telltale correct ENGAGEMENT --list.")
    return [said]


def _of_statements(
    here: Said, held: Sequence[StoredCorrection], review: str | None, words: str | None
) -> list[Sequence[StoredCorrection]]:
    """What was said of the statement of the review that the words name; of each, where all of its words stand twice."""
    if not review:
        raise UndoError("--undo takes back what was said of a REVIEW's statement, or the name of a --theme.")
    own = [each for each in held if each.review == review]
    if not own:
        raise UndoError(f"Nobody has said anything of the review {review}: telltale correct ENGAGEMENT --list.")
    found = applied(here.statements, own)
    spoken: dict[Place, list[StoredCorrection]] = defaultdict(list)
    texts: dict[Place, str] = {}
    for each, statement in found.held:
        spoken[place(statement)].append(each)
        texts[place(statement)] = statement.text
    for each in found.orphans:
        spoken[spoken_of(each)].append(each)
    return [spoken[at] for at in _meant(spoken, texts, words)]


def _meant(spoken: Spoken, texts: Mapping[Place, str], words: str | None) -> list[Place]:
    """The one place that holds the words, the only one where none are given; or those that say these and no others."""
    wanted = (words or "").strip()
    found, whole = list(spoken), list[Place]()
    if wanted:
        found = [at for at in spoken if wanted.casefold() in texts.get(at, "").casefold()]
        whole = [at for at in found if wanted.casefold() == texts[at].casefold()]
        whole = whole or [at for at, said in spoken.items() if says(said[-1], wanted)]
    if len(found) == 1 or whole:
        return whole or found
    shown = "\n".join(f"  {texts.get(at) or '(words that stand there no more)'}: {_last(spoken[at])}" for at in spoken)
    raise UndoError(f"Give --words that stand in one of what was said of that review only:\n{shown}")


def _last(said: Sequence[StoredCorrection]) -> str:
    return f"{told(said[-1])}, by {said[-1].who}"
