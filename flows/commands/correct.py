"""`telltale correct`: set the label of a statement or the name of a theme, or take it back; kept with who and when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from audits.analysis.corrections import applied, theme_names
from audits.analysis.values import Statement
from audits.engagement import EngagementError
from audits.store.records import StoredCorrection
from flows.commands import COMPLETE, refused
from flows.commands.said import NothingReadError, Said, StoreError, said
from flows.commands.undo import UndoError, told, undone
from flows.labelling import LabelError, now, whoever
from flows.labelling import said as labelled
from flows.settings import SettingsError


class CorrectionError(ValueError):
    """A correction that cannot be placed: a sentence with the next step."""


def run(
    *,
    engagement: Path,
    home: Path | None,
    review: str | None,
    words: str | None,
    labels: Sequence[str],
    theme: str | None,
    name: str | None,
    undo: bool,
    reason: str | None,
    who: str | None,
    listing: bool,
    export: Path | None,
    as_json: bool,
) -> int:
    """Keep a correction or take one back, or list or export those that are kept; the exit code."""
    try:
        with said(engagement, home) as here:
            if export is not None:
                return _exported(here, export)
            if listing:
                return _listed(here, as_json=as_json)
            if not undo:
                every, says = _kept(here, review, words, labels, theme, name, whoever(who))
            elif labels or name:
                raise CorrectionError("--undo takes a correction back; a --label or --name is given without it.")
            else:
                every, says = undone(here, review, words, theme, who=whoever(who), reason=reason)
    except (EngagementError, SettingsError, StoreError, NothingReadError, LabelError) as error:
        return refused(str(error))
    except (CorrectionError, UndoError) as error:
        return refused(str(error))
    typer.echo("\n".join(json.dumps(asdict(each), ensure_ascii=False) for each in every) if as_json else says)
    return COMPLETE


def _kept(
    here: Said,
    review: str | None,
    words: str | None,
    labels: Sequence[str],
    theme: str | None,
    name: str | None,
    who: str,
) -> tuple[list[StoredCorrection], str]:
    every = [_theme(here, theme, name, who)] if theme else _statements(here, review, words, labels, who)
    here.store.save_corrections(here.plan.name, every)
    kept = every[0]
    detail = {"of": kept.review or kept.theme, "label": dict(kept.label)}
    here.store.log(here.plan.name, "corrected", at=kept.at, who=kept.who, detail=detail)
    return every, f"Kept, by {kept.who}. The next telltale audit of this engagement counts it."


def _statements(
    here: Said, review: str | None, words: str | None, labels: Sequence[str], who: str
) -> list[StoredCorrection]:
    if not review or not labels:
        raise CorrectionError(
            "A correction names a REVIEW and a --label, or a --theme and its --name. See telltale correct --help."
        )
    own = [one for one in here.statements if one.review == review]
    if not own:
        raise CorrectionError(
            f"There is no review {review} of the audited business with statements; ids stand in annex.html."
        )
    return [labelled(one, labels, part="correct", who=who) for one in _meant(own, words)]


def _meant(own: Sequence[Statement], words: str | None) -> list[Statement]:
    """The one statement of the review that holds the words, the only one where none are given; else that which says
    these words and no others, as often as it does."""
    found = [one for one in own if words is None or words.casefold() in one.text.casefold()]
    whole = [one for one in found if words is not None and words.strip().casefold() == one.text.casefold()]
    if len(found) == 1 or whole:
        return whole or found
    shown = "\n".join(f"  {one.text}" for one in own)
    why = "Several statements of the review" if found else "No statement of the review"
    held = "fit" if found and words is None else "hold these words" if found else "holds these words"
    raise CorrectionError(f"{why} {held}; give --words that stand in one of them only:\n{shown}")


def _theme(here: Said, theme: str, name: str | None, who: str) -> StoredCorrection:
    held = here.store.themes(here.plan.name)
    known = {one.id: one.name for one in held} | theme_names(here.store.corrections(here.plan.name))
    gaps = {one.id: one.gap for one in held}
    if theme not in gaps:
        lines = "\n".join(f"  {key}  {known[key]}" for key in sorted(gaps))
        raise CorrectionError(f"There is no theme {theme}. Themes of the last audit:\n{lines}")
    if not name or not name.strip():
        raise CorrectionError("A theme is named with --name.")
    for key in sorted(gaps.keys() - {theme}):
        if gaps[key] == gaps[theme] and known[key].casefold() == name.strip().casefold():
            raise CorrectionError(f"Theme {key} of {gaps[theme]} is called {known[key]!r}; give this one another name.")
    return StoredCorrection(part="correct", who=who, at=now(), label={"name": name.strip()}, theme=theme)


def _listed(here: Said, *, as_json: bool) -> int:
    """Every correction; orphans are marked, and those that were withdrawn."""
    found = here.store.corrections(here.plan.name, withdrawn=True)
    count = [each for each in found if each.withdrawn_at is None]
    lost = applied(here.statements, count).orphans
    if as_json:
        typer.echo(json.dumps([asdict(each) | {"orphan": each in lost} for each in found], ensure_ascii=False))
        return COMPLETE
    for each in found:
        mark = "  orphan: its words stand there no more" if each in lost else ""
        if each.withdrawn_at:
            mark = f"  withdrawn {each.withdrawn_at} by {each.withdrawn_by}: {each.withdrawn_why}"
        typer.echo(f"{each.at}  {each.who}  {each.part}  {each.review or each.theme}  {told(each)}{mark}")
    gone = len(found) - len(count)
    typer.echo(f"{len(count)} corrections, {len(lost)} of them orphans{f'; {gone} withdrawn' if gone else ''}.")
    return COMPLETE


def _exported(here: Said, path: Path) -> int:
    """One JSON object a line, without any text of a review."""
    found = here.store.corrections(here.plan.name, withdrawn=True)
    try:
        path.write_text(
            "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found), encoding="utf-8"
        )
    except OSError as error:
        return refused(f"{path}: {error.strerror}")
    typer.echo(f"{len(found)} corrections written to {path}.")
    return COMPLETE
