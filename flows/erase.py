"""A person is gone from store, landings and publications; what is out of reach is listed for a person to write to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from audits.publish import APPROVED, LATEST, publish, recalled
from audits.report.forms import render_all, screen, summary
from audits.report.json import digest
from audits.report.reread import reread, without
from audits.revisions import revision
from audits.store.erasure import Gone, about
from audits.store.identity import review_key
from audits.store.records import StoredPublication, Tombstone
from audits.store.store import Store
from flows.inputs import holding
from flows.mirror import mirrored, told
from flows.plan import Plan
from spiders.erasure import erase
from spiders.items import Landing, Review
from spiders.landing import MANIFEST
from spiders.mentions import mentions
from spiders.privacy import author_key, named


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a request is about: the tombstones, and the name where it was given (it is never written down)."""

    stones: tuple[Tombstone, ...]
    names: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What one erasure did, in counts and places; no name and no text."""

    reviews: int
    rows: int
    mentions: int
    landings: tuple[str, ...]
    pages: int
    reissued: tuple[str, ...]
    withdrawn: tuple[str, ...]
    files: tuple[str, ...]
    """The consultant's own input files that hold the person, or are gone or cannot be read to tell."""
    sent_to: tuple[str, ...]
    """Who was sent copies that we cannot reach."""


def person(plan: Plan, store: Store, *, name: str | None, review: str | None, reason: str) -> Person:
    """Whom `--name` or `--review` (an address, a site's id or a review's key) means; raises `LookupError`."""
    at = today()
    if name is not None:
        if not named(name):
            raise LookupError(f"--name {name!r} stands for nobody in particular: name a review with --review ADDRESS.")
        key = author_key(plan.key, name)
        stones: tuple[Tombstone, ...] = (Tombstone(digest=key, kind="author", reason=reason, at=at),)
        return Person(stones=stones, names=(" ".join(name.split()),))
    keys = sorted({each.key for each in store.reviews(plan.name) if review and review in (each.key, each.url)})
    keys = keys or [review_key(plan.name, each.name, str(review)) for each in plan.engagement.listings]
    held = store.held_of(plan.name, [Tombstone(digest=key, kind="review", reason=reason, at=at) for key in keys])
    before = {stone.digest for stone in store.tombstones(plan.name) if stone.kind == "review"}
    found = {row["key"] for row in held.get("reviews", [])} or before & {str(review), *keys}
    if not found:
        raise LookupError(f"{plan.name} holds no review with the address, id or key {review}. See the report's annex.")
    return Person(stones=tuple(Tombstone(digest=key, kind="review", reason=reason, at=at) for key in sorted(found)))


def forgotten(plan: Plan, store: Store, who: Person, *, by: str | None) -> Forgotten:
    """Erase the person everywhere that we can reach; the store last, so that a stopped erasure can be run again.

    Raises `MirrorError` before anything is erased where what lies on the target alone cannot be had.
    """
    mirrored(plan.settings, plan.name)
    kept, names = list(who.stones), mentions(who.names, plan.engagement.businesses)
    landed = _manifests(plan)
    touched, pages = _landings(plan, landed, kept, names)
    known = store.held_of(plan.name, kept)
    here = {row["key"] for row in known.get("reviews", [])}
    gone = here | {stone.digest for stone in kept if stone.kind == "review"}
    said = [row[part] for row in known.get("review_versions", []) for part in ("title", "text") if row[part]]
    reissued, withdrawn = republished(plan, store, frozenset(gone), said, names)
    # A review's own tombstone keeps it away under another key, too, when its author is no longer the same author.
    went = store.erase(plan.name, [*kept, *_reviews(kept, gone)], names)
    done = replace(went, reviews=frozenset(here) | (went.reviews - gone))
    # What landed or came out meanwhile: an audit that reads the store from now on meets the tombstones.
    later = _landings(plan, [each for each in _manifests(plan) if each not in landed], kept, names)
    touched, pages = [*touched, *later[0]], pages + later[1]
    again, unread = republished(plan, store, went.reviews | gone, [*said, *went.said], names)
    reissued, withdrawn = [*reissued, *again], [*withdrawn, *unread]
    had = [each.recipient for each in store.ledger.sendings(plan.name) if each.outcome == "sent"]
    sources = _sources(store.logged(plan.name), kept, known)
    files = holding(plan.engagement, who.names, sources)
    result = _result(plan, done, touched, pages, reissued, withdrawn, files, had)
    told(plan.settings, plan.name)
    for stone in kept:
        detail = {"digest": stone.digest, "kind": stone.kind, "reason": stone.reason, "reviews": len(done.reviews)}
        detail |= {"rows": done.rows, "landings": len(touched), "pages": pages, "reissued": list(reissued)}
        detail |= {"sources": sorted(sources)}
        store.log(plan.name, "forgotten", at=stone.at, who=by, detail=detail)
    return result


def _reviews(stones: Sequence[Tombstone], gone: set[str]) -> list[Tombstone]:
    first, known = stones[0], {stone.digest for stone in stones}
    new = [Tombstone(digest=key, kind="review", reason=first.reason, at=first.at) for key in sorted(gone - known)]
    return new


def _result(
    plan: Plan,
    done: Gone,
    touched: Sequence[Landing],
    pages: int,
    reissued: Sequence[str],
    withdrawn: Sequence[str],
    files: Sequence[str],
    had: Sequence[str],
) -> Forgotten:
    return Forgotten(
        reviews=len(done.reviews),
        rows=done.rows,
        mentions=done.masked,
        landings=tuple(landing.path for landing in touched),
        pages=pages,
        reissued=tuple(reissued),
        withdrawn=tuple(withdrawn),
        files=tuple(files),
        sent_to=tuple(dict.fromkeys((*plan.engagement.recipients, *had))) if reissued or withdrawn else (),
    )


def again(plan: Plan, store: Store, landing: Landing) -> Landing:
    """The landing without anybody who was forgotten before: a new crawl does not bring them back."""
    stones = store.tombstones(plan.name)
    path = plan.settings.home / landing.path
    if not stones or not (path / MANIFEST).exists():
        return landing
    return erase(path, _gone(plan, landing.listing, stones), on=today()).landing


def _manifests(plan: Plan) -> list[Path]:
    return sorted((plan.settings.landings / plan.name).glob(f"*/*/{MANIFEST}"))


def _landings(
    plan: Plan, manifests: Iterable[Path], stones: Sequence[Tombstone], names: re.Pattern[str] | None
) -> tuple[list[Landing], int]:
    touched, pages = [], 0
    for manifest in manifests:
        listing = manifest.parent.parent.name
        done = erase(manifest.parent, _gone(plan, listing, stones), pattern=names, on=today())
        if done.reviews or done.masked or done.pages:
            touched.append(done.landing)
            pages += done.pages
    return touched, pages


def _gone(plan: Plan, listing: str, stones: Sequence[Tombstone]) -> Any:
    def gone(review: Review) -> bool:
        written = {"id": review.id, "author_key": review.author_key}
        return about(written, plan.name, listing, stones)

    return gone


def republished(
    plan: Plan, store: Store, gone: frozenset[str], said: Sequence[str], names: re.Pattern[str] | None
) -> tuple[list[str], list[str]]:
    """Publications with a quote of what is gone are re-issued as a revision; those we cannot read are withdrawn."""
    reissued, withdrawn = [], []
    for held in store.publications(plan.name):
        path = plan.settings.home / held.path
        if not held.files or not (path / "report.json").is_file():
            continue
        old = json.loads((path / "report.json").read_text(encoding="utf-8"))
        new = without(old, gone, said, names)
        if new == old:
            continue
        try:
            report = reread(new)
            name = held.audit.partition(".r")[0]  # what the client answers to
            forms = render_all(report, issued=name) if "report.pdf" in held.files else screen(report, issued=name)
        except (KeyError, TypeError, ValueError):
            recalled(path, plan.name)
            store.save_publication(plan.name, replace(held, state="withdrawn", files={}))
            withdrawn.append(path.name)
            continue
        released = held.state == "approved"
        link = path.parent / (APPROVED if released else LATEST)
        again = publish(
            forms,
            root=plan.settings.publications,
            engagement=plan.name,
            audit_id=name,
            summary=summary(report),
            move_latest=link.resolve() == path.resolve(),
            approved=released,
        )
        recalled(path, plan.name)
        place = again.path.relative_to(plan.settings.home).as_posix()
        store.save_publication(plan.name, replace(held, state="erased", files={}))
        issued = StoredPublication(
            audit=held.audit,
            revision=revision(again.path.name),
            state=held.state,
            path=place,
            report_digest=digest(report),
            files=again.files,
        )
        store.save_publication(plan.name, issued)
        reissued.append(again.path.name)
    return reissued, withdrawn


def _sources(
    logged: Iterable[tuple[Any, str, Any, Mapping[str, Any]]],
    stones: Sequence[Tombstone],
    known: Mapping[str, list[dict[str, Any]]],
) -> set[str]:
    """Digests of the files that the reviews were read from, now or when they were erased before."""
    digests = {stone.digest for stone in stones}
    told = [detail for _, event, _, detail in logged if event == "forgotten" and detail.get("digest") in digests]
    found = {source for detail in told for source in detail.get("sources", [])}
    return found | {row["source"].partition("#")[0] for row in known.get("reviews", []) if row.get("source")}


def today() -> str:
    """The date in UTC, ISO."""
    return datetime.now(UTC).date().isoformat()
