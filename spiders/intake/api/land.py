"""The reviews of an official API as a landing: every answer kept without its key, every end a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from spiders import reasons
from spiders.guard import host_of
from spiders.identity import Identities
from spiders.intake.api.client import ApiError, Client
from spiders.intake.api.protocols import APIS, Api, answer_of
from spiders.intake.pages import Pages
from spiders.intake.saved import Saved
from spiders.items import Landing, Page, Verdict
from spiders.landing import LandingWriter
from spiders.privacy import REDACTOR_VERSION
from spiders.settings import MAX_PAGES
from spiders.sites import site as named_site
from spiders.tally import LAST_PAGE, NOTHING_NEW
from spiders.verdicts import verdict


class KeyMissingError(LookupError):
    """The API needs a key that is not there; the text names the variable."""


def land_api(
    *,
    engagement: str,
    listing: str,
    business: str,
    site: str,
    address: str,
    key: bytes,
    secret: str | None,
    out: Path,
    clock: Callable[[], str],
    location: str | None = None,
    base: str | None = None,
    storage: bool = True,
    workspace: Path | None = None,
    sleep: Callable[[float], None] | None = None,
) -> Landing:
    """Ask the site's API for all that it gives of one listing. `base` is where it is on this machine, for tests."""
    api = APIS[site]
    if api.key_name and not secret:
        raise KeyMissingError(f"{listing}: the API of {site} needs a key; set {api.key_name} in the environment.")
    hosts = frozenset([host_of(base or api.base)])
    waits: dict[str, Any] = {"sleep": sleep} if sleep else {}
    client = Client(hosts=hosts, headers=api.headers(secret), local=base is not None, **waits)
    with LandingWriter(out) as writer:
        pages = Pages(
            writer=writer,
            site=named_site(site),
            identities=Identities(key=key, listing=listing),
            key=key,
            business=business,
            location=location,
        )
        try:
            _about(client, pages, api.told(address, base), clock)
            _walk(api, client, pages, api.first(address, base), clock)
        finally:
            client.close()
        tally = pages.tally
        return writer.finish(
            workspace=workspace,
            engagement=engagement,
            listing=listing,
            site=site,
            way="api",
            as_of=tally.as_of,
            declared_total=tally.declared_total,
            average=tally.average,
            pages_fetched=tally.pages,
            pages_failed=tuple(tally.pages_failed),
            stop_reason=tally.stop_reason or "stopped",
            verdict=_verdict(api, pages),
            parser_version=pages.site.parser_version,
            redactor_version=REDACTOR_VERSION,
            problems=tally.told_problems(),
            storage=storage and api.storage,
        )


def _about(client: Client, pages: Pages, url: str | None, clock: Callable[[], str]) -> None:
    """The declared total, where a page of its own has it; that it cannot be had is seen on the next page."""
    if url is None:
        return
    try:
        status, body = client.get(url)
    except ApiError:
        return
    total = answer_of(body).get("numberOfReviews")
    if status == 200 and isinstance(total, dict) and isinstance(total.get("total"), int):
        pages.tally.declared_total = total["total"]
        pages.writer.page(Page(url=url, body=body, fetched_at=clock(), sha256=sha256(body).hexdigest()))


def _walk(api: Api, client: Client, pages: Pages, first: str, clock: Callable[[], str]) -> None:
    url: str | None = first
    tally, asked = pages.tally, set[str]()
    while url is not None and url not in asked:
        asked.add(url)
        if len(asked) > MAX_PAGES:
            tally.stop_reason = reasons.PAGE_LIMIT(n=MAX_PAGES)
            return
        try:
            status, body = client.get(url)
        except ApiError as wrong:
            tally.pages_failed[url] = tally.stop_reason = str(wrong)
            return
        if status != 200:
            _ended(api, pages, url, status)
            return
        if tally.pages and answer_of(body).get("reviews") == []:
            break  # a page past the end
        page = Page(url=url, body=body, fetched_at=clock(), sha256=sha256(body).hexdigest())
        read, known = tally.pages, tally.unique
        pages.take(Saved(file=api.site, record=f"page {len(asked)}", page=page))
        if tally.pages == read:
            tally.stop_reason = reasons.UNREADABLE_ANSWER()
            tally.pages_failed[url] = "; ".join(pages.refusals) or "the answer cannot be read"
            return
        if read and tally.unique == known:
            tally.stop_reason = NOTHING_NEW  # tokens that are new each time may lead in a circle
            return
        url = api.after(url, answer_of(body))
    tally.stop_reason = LAST_PAGE


def _ended(api: Api, pages: Pages, url: str, status: int) -> None:
    """What an API says instead of reviews, in the words of the person who has to do something about it."""
    key = api.key_name or "the key"
    told = {
        401: reasons.KEY_WRONG(key=key),
        403: reasons.KEY_REFUSED(key=key),
        404: reasons.NO_SUCH_BUSINESS(),
        429: reasons.QUOTA_USED(),
    }.get(status, reasons.API_ANSWERS(status=status))
    pages.tally.stop_reason = told
    if status in (401, 403, 429):
        pages.tally.blocked = told
    else:
        pages.tally.pages_failed[url] = told


def _verdict(api: Api, pages: Pages) -> Verdict:
    tally = pages.tally
    ended = verdict(tally, pages.site, way="api", incremental=False)
    if api.most is None or tally.stop_reason != LAST_PAGE or not tally.unique:
        return ended
    short = tally.declared_total is not None and tally.unique < tally.declared_total
    known = {"n": tally.unique, "most": api.most}
    if tally.declared_total is None:
        reason = reasons.API_GIVES(**known)
    else:
        reason = reasons.API_GIVES_OF(**known, total=tally.declared_total)
    return replace(ended, name="partial" if short else "complete", scope="capped", reason=reason)
