"""Saved pages (HAR, WARC, WACZ, files) as a landing: what reads as reviews has landed, the rest is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import file_digest, sha256
from json import dumps
from pathlib import Path

from spiders import reasons
from spiders.identity import Identities
from spiders.intake import folder, forms
from spiders.intake.errors import IntakeError
from spiders.intake.glance import glance
from spiders.intake.pages import Pages
from spiders.intake.saved import Progress, Saved
from spiders.items import Landing, Scope, Verdict
from spiders.landing import LandingWriter
from spiders.privacy import REDACTOR_VERSION
from spiders.sites import all_sites
from spiders.sites import site as named_site
from spiders.tally import LAST_PAGE, Tally
from spiders.verdicts import verdict

CAPTURE_VERSION = "capture-1"
OTHER_PAGES = reasons.OTHER_PAGES()


def land_capture(
    *,
    files: Sequence[Path],
    engagement: str,
    listing: str,
    business: str,
    site: str,
    key: bytes,
    out: Path,
    location: str | None = None,
    fetched_at: str | None = None,
    wanted: str | None = None,
    storage: bool = True,
    workspace: Path | None = None,
    progress: Progress | None = None,
    shown: Callable[[str], None] | None = None,
) -> Landing:
    """Land the reviews of one listing from saved pages; raises `IntakeError`, and nothing has landed then.

    `fetched_at` (ISO, UTC) is the time of bodies whose file does not tell it. `wanted` is the business, as the pages
    name it, of a capture that holds pages of several. `progress(done, whole)` hears bytes; `shown` is told, before
    anything is read, whose parser reads.
    """
    parser = named_site(site)
    if shown is not None:
        shown(glance(files, parser))
    with LandingWriter(out) as writer:
        writer.evidence(digest(files, [site, business, location, fetched_at, wanted, parser.parser_version]))
        identities = Identities(key=key, listing=listing)
        pages = Pages(
            writer=writer,
            site=parser,
            identities=identities,
            key=key,
            business=business,
            location=location,
            wanted=wanted,
        )
        for found in forms.read(list(files), progress):
            pages.take(_at(found, fetched_at) if isinstance(found, Saved) else found)
        _one_business(pages, files[0])
        return _finished(pages, engagement=engagement, listing=listing, workspace=workspace, storage=storage, site=site)


def _at(found: Saved, fetched_at: str | None) -> Saved:
    if found.page.fetched_at is not None or fetched_at is None:
        return found
    return replace(found, page=replace(found.page, fetched_at=fetched_at))


def digest(files: Sequence[Path], options: Sequence[object]) -> str:
    """What these bytes, read in this way, are called: the same capture again is the same landing."""
    whole = sha256(dumps([*options, CAPTURE_VERSION, REDACTOR_VERSION]).encode())
    for path in files:
        for each in folder.files(path):
            whole.update(each.name.encode("utf-8", "surrogateescape"))
            if each.is_symlink() or not each.is_file():
                continue
            if folder.too_large(each) and forms.form(each) is folder.read:
                whole.update(str(each.stat().st_size).encode())  # refused by its size, so never read
            else:
                with each.open("rb") as body:
                    whole.update(file_digest(body, "sha256").digest())
    return whole.hexdigest()


def _one_business(pages: Pages, file: Path) -> None:
    """Refuse pages of several businesses: the listing is of one."""
    names = {name.casefold(): name for name in pages.businesses}
    if pages.wanted is not None or len(names) < 2:
        if pages.wanted is not None and not pages.tally.pages and names:
            pages.writer.abandon()
            listed = ", ".join(sorted(names.values())[:5])
            reason = f"no page is of {pages.wanted!r}; the pages are of {listed}"
            raise IntakeError(file, reason, next_step="Name it in the listing as the pages do")
        return
    pages.writer.abandon()
    best = pages.businesses.most_common(1)[0][0]
    listed = ", ".join(repr(name) for name, _ in pages.businesses.most_common(5))
    raise IntakeError(
        file,
        f"the pages are of {len(names)} businesses ({listed}), and the listing is of one",
        next_step=f'Select its pages in the listing: where = {{ business = "{best}" }}',
    )


def _finished(pages: Pages, *, storage: bool, site: str, workspace: Path | None, **names: str) -> Landing:
    tally = pages.tally
    tally.stop_reason = LAST_PAGE if _whole(pages) else OTHER_PAGES
    told = [f"{pages.undated} page(s) do not say when they were saved (--fetched-at): relative dates stay unread"]
    facts = {"read": tally.pages, "passed": pages.passed, "spoilt": pages.spoilt, "other_business": pages.others}
    return pages.writer.finish(
        workspace=workspace,
        site=site,
        way="capture",
        as_of=tally.as_of or None,
        declared_total=tally.declared_total,
        average=tally.average,
        pages_fetched=tally.pages,
        pages_failed=(),
        stop_reason=tally.stop_reason,
        verdict=_verdict(pages),
        parser_version=pages.site.parser_version,
        redactor_version=REDACTOR_VERSION,
        problems=(*(told if pages.undated else []), *tally.told_problems()),
        mapping={"capture": facts},
        storage=storage,
        **names,
    )


def _whole(pages: Pages) -> bool:
    """Whether the declared total can decide, or the pages themselves lead to none that is not there."""
    return pages.tally.declared_total is not None or (pages.last_page and not pages.missing)


def _verdict(pages: Pages) -> Verdict:
    tally: Tally = pages.tally
    if not tally.pages and not tally.blocked:
        return Verdict(name="failed", scope="file", reason=_nothing(pages))
    ended = verdict(tally, pages.site, way="capture", incremental=False)
    # What the pages do not declare they cannot prove: such a capture is whole as a file, not as a listing.
    scope: Scope = "full" if ended.name == "complete" and tally.declared_total is not None else "file"
    told = [ended.reason]
    if ended.name == "complete" and ended.scope == "full" and scope == "file":
        told = [reasons.READ_FROM_SAVED(n=tally.unique, pages=tally.pages)]
    if pages.spoilt and ended.name == "complete" and scope == "file":
        ended = replace(ended, name="partial")
    return replace(ended, scope=scope, reason=" ".join([*told, *_lost(pages)]))


def _lost(pages: Pages) -> list[str]:
    return [reasons.RECORDS_LOST(n=pages.spoilt)] if pages.spoilt else []


def _nothing(pages: Pages) -> str:
    """Which parser was tried, and what it looked for in vain."""
    looked = "; ".join(f"{reason} ({count}×)" for reason, count in pages.refusals.most_common(3))
    site = {"site": pages.site.title, "parser": pages.site.parser_version}
    told = [reasons.NO_SAVED_PAGE(**site, looked=looked or reasons.NO_BODY())]
    told += [reasons.OTHER_RECORDS(n=pages.passed)] if pages.passed else []
    told += _lost(pages)
    for name, _ in pages.elsewhere.most_common(1):
        told.append(reasons.LOOKS_LIKE(site=all_sites()[name].title, name=name))
    return " ".join(told)
