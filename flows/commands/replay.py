"""`telltale replay`: what today's parser reads otherwise in the stored pages, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audits.engagement import EngagementError
from flows.commands import COMPLETE, refused
from flows.commands.run import broken
from flows.console import speak
from flows.mirror import MirrorError, mirrored
from flows.plan import Plan, planned
from flows.server import ServerError, prefect_api
from flows.settings import SettingsError, read
from spiders.landing import MANIFEST, PAGES, read_landing

if TYPE_CHECKING:
    from flows.replay import Replayed

FEW = 5
"""Ids that are printed of a field; the JSON form has them all."""
PERSONAL = frozenset(["title", "text", "reply", "author_key", "attributes"])
"""Fields whose words are shown only when they are asked for."""


def run(engagement: Path, *, home: Path | None, listing: str | None, show: bool, keep: bool, as_json: bool) -> int:
    """Run the replay flow of one engagement file and print what changed; the exit code."""
    speak(quiet=as_json)
    try:
        settings = read(home)
        plan = planned(engagement, home=home)
        names = [each.name for each in plan.engagement.listings]
        mirrored(settings, plan.name)  # pages may lie there alone, or have been purged there
        if gone := purged_on(plan):
            return refused(gone)
        if listing is not None and listing not in names:
            return refused(f"There is no listing {listing!r} in {engagement}: it has {', '.join(names)}.")
        with prefect_api(settings) as ready:
            from flows.replay import replay
            from flows.sweep import owned

            ready()
            with owned():
                state = replay(str(engagement), home=str(settings.home), listing=listing, store=keep, return_state=True)
            if not state.is_completed():
                return broken(state.result(raise_on_failure=False), settings)
            found: tuple[Replayed, ...] = state.result()
    except (EngagementError, SettingsError, MirrorError, ServerError) as error:
        return refused(str(error))
    if not found:
        return refused("No pages are stored of this engagement's listings: collect first, or they were purged.")
    for each in found:
        typer.echo(json.dumps(_row(each, show=show), ensure_ascii=False) if as_json else "\n".join(_lines(each, show)))
    return COMPLETE


def purged_on(plan: Plan) -> str | None:
    """The days on which every page of the engagement's landings was purged; None where one is left to be read."""
    manifests = sorted((plan.settings.landings / plan.name).glob(f"*/*/{MANIFEST}"))
    if any((each.parent / PAGES).is_file() for each in manifests):
        return None
    told = {said for each in manifests for said in read_landing(each.parent, verify=False).problems}
    days = sorted(said for said in told if said.startswith("pages purged on "))
    return f"No page is stored of this engagement any more: {', '.join(days)}." if days else None


def _lines(found: Replayed, show: bool) -> Iterator[str]:
    before, now = found.reviews
    kept = "; the new reading was taken in" if found.stored else ""
    parser = " → ".join(found.parser)
    yield f"{found.listing}: {found.pages} pages, parser {parser}, reviews {before} → {now}{kept}"
    for word, names in (("appeared", found.appeared), ("gone", found.gone)):
        if names:
            yield f"  {word}: {len(names)} ({_few(names)})"
    for field, reviews in sorted(found.changed.items()):
        yield f"  {field}: {len(reviews)} changed ({_few(tuple(reviews))})"
        for name, (was, says) in list(reviews.items())[:FEW]:
            yield f"    {name}: {_said(field, was, show)} → {_said(field, says, show)}"
    if not (found.appeared or found.gone or found.changed):
        yield "  nothing changes"


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names[:FEW]) + (", …" if len(names) > FEW else "")


def _said(field: str, value: object, show: bool) -> str:
    if value is None or show or field not in PERSONAL:
        return repr(value)
    text = str(value)
    return f"{len(text)} characters, {sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _row(found: Replayed, *, show: bool) -> dict[str, object]:
    told = {
        field: {name: [_said(field, was, show), _said(field, says, show)] for name, (was, says) in reviews.items()}
        for field, reviews in found.changed.items()
    }
    return {
        "listing": found.listing,
        "landing": found.landing,
        "pages": found.pages,
        "reviews": list(found.reviews),
        "parser": list(found.parser),
        "verdict": found.verdict,
        "appeared": list(found.appeared),
        "gone": list(found.gone),
        "changed": told,
        "stored": found.stored,
    }
