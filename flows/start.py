"""A first engagement file has been drafted: what files or an address prove is shown, the rest was asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

from audits.analysis.gaps import frame
from audits.engagement.canon import MONTHS
from audits.engagement.schema import Basis
from flows.asking import Asking, UnansweredError
from flows.draft import Draft, DraftListing, slug
from flows.seen import CAPTURES, Seen
from flows.start_file import How, look
from flows.start_site import Place, place
from flows.start_sources import absent, with_pages

BASES = get_args(Basis)
_PROPOSED = {"export": "client export", "api": "official api", "capture": "public page reviewed by a person"}
ENOUGH = 100
"""Reviews that a period should hold: below 50 nothing is ranked, and a trend needs a few each month."""
_ENDING = re.compile(r"[_\- ]*(reviews?|export|ratings?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the command line said; None where it did not."""

    sources: Sequence[str]
    folder: Path
    """Where the engagement file will stand."""
    business: str | None = None
    industry: str | None = None
    basis: str | None = None
    site: str | None = None
    as_of: str | None = None
    address: str | None = None
    date_order: str | None = None
    scale: float | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    competitors: Sequence[tuple[str, str | None]] = ()
    """Name, and the file of its reviews where it has one of its own."""


def drafted(given: Given, asking: Asking, say: Callable[[str], None], today: date) -> Draft:
    """The draft; raises `UnansweredError` or `IntakeError`."""
    if given.as_of is not None and (bad := _day(given.as_of, today)):
        raise UnansweredError(f"--as-of: {bad}")
    if len(given.sources) == 1 and "://" in given.sources[0]:
        return _from_address(given, asking, say, today)
    files = [Path(each) for each in given.sources]
    if missing := [wrong for each in given.sources if (wrong := absent(each))]:
        raise UnansweredError(" ".join(missing))
    if files[0].is_dir():
        with_pages(files[0])
    if files[0].is_dir() or files[0].suffix.lower() in CAPTURES:
        return _from_capture(files, given, asking, say, today)
    return _from_export(files, given, asking, say, today)


def _from_export(files: Sequence[Path], given: Given, asking: Asking, say: Callable[[str], None], today: date) -> Draft:
    looked = [look(file, _how(given), asking, say) for file in files]
    first, known = looked[0][0], looked[0][1]
    names = list(first.businesses)
    proposal = names[0] if names else _title(files[0])
    if len(names) > 1:
        most = ", ".join(f"{name} ({rows:,})" for name, rows in list(first.businesses.items())[:5])
        say(f"The file names {len(names):,} businesses in {first.business_column!r}; most reviews: {most}.")
    business = asking.text("Whose reviews are audited", "--business", given=given.business, proposal=proposal)
    where = _selected(first, business)
    site = asking.text(
        "Site the reviews are from (a short name)",
        "--site",
        given=given.site,
        proposal=first.site or "export",
        good=_slug,
    )
    own = DraftListing(
        business=business, site=site, way="export", files=_beside(files, given.folder), where=where, **known.said()
    )
    rivals = [_rival(own, first, name, file, given, asking, say) for name, file in given.competitors]
    days = [each.last_day for each, _ in looked if each.last_day]
    question, newest = "Day of the export (YYYY-MM-DD)", max(days, default=None)
    as_of = asking.text(question, "--as-of", given=given.as_of, proposal=newest, good=lambda said: _day(said, today))
    start = _start(first, where.get(first.business_column or "", ""), date.fromisoformat(as_of), say)
    return replace(_draft(given, asking, business, [own, *rivals], as_of=as_of, today=today), start=start)


def _start(first: Seen, business: str, as_of: date, say: Callable[[str], None]) -> date | None:
    """The first day of a period that holds enough to be measured; None where the usual one does."""
    last = as_of.year * 12 + as_of.month - 1
    ages = Counter[int]()
    for (name, written), reviews in first.months.items():
        if not business or name.casefold() == business.casefold():
            ages[last - int(written[:4]) * 12 - int(written[5:]) + 1] += reviews

    def held(months: int) -> int:
        return sum(count for age, count in ages.items() if age < months)

    if not ages or held(MONTHS) >= ENOUGH:
        return None
    months = next((span for span in range(MONTHS, max(ages) + 12, 12) if held(span) >= ENOUGH), max(ages) + 1)
    if months <= MONTHS:
        return None
    year, month = divmod(last - months + 1, 12)
    usual = f"The last {MONTHS} months hold {held(MONTHS):,} reviews"
    say(f"  {usual}: the period begins with {year}-{month + 1:02}, and holds {held(months):,} ([period] in the file)")
    return date(year, month + 1, 1)


def _how(given: Given) -> How:
    return How(columns=dict(given.columns), date_order=given.date_order, scale=given.scale)


def _selected(first: Seen, business: str) -> dict[str, str]:
    """The rows of a business where the file holds several; raises `UnansweredError` for one that is not in it."""
    if first.business_column is None or len(first.businesses) < 2:
        return {}
    exact = {name.casefold(): name for name in first.businesses}
    if business.casefold() not in exact:
        from difflib import get_close_matches

        near = get_close_matches(business.casefold(), exact, n=3, cutoff=0.4) or list(exact)[:3]
        meant = " or ".join(repr(exact[each]) for each in near)
        raise UnansweredError(f"{first.business_column!r} names no {business!r}. Did you mean {meant}?")
    return {first.business_column: exact[business.casefold()]}


def _rival(
    own: DraftListing,
    first: Seen,
    name: str,
    file: str | None,
    given: Given,
    asking: Asking,
    say: Callable[[str], None],
) -> DraftListing:
    """A competitor's listing: rows of the same file, or a file of its own."""
    if file is None:
        where = _selected(first, name)
        if not where:
            raise UnansweredError(
                f"--competitor {name}: the file holds one business; give its file: --competitor {name!r}=FILE"
            )
        return replace(own, business=name, where=where)
    path = Path(file)
    if not path.is_file():
        raise UnansweredError(f"--competitor {name}: there is no file {path}")
    looked, known = look(path, _how(given), asking, say)
    return DraftListing(
        business=name,
        site=own.site,
        way="export",
        files=_beside([path], given.folder),
        where=_selected(looked, name),
        **known.said(),
    )


def _from_capture(
    files: Sequence[Path], given: Given, asking: Asking, say: Callable[[str], None], today: date
) -> Draft:
    from spiders.intake.glance import recognised

    found = recognised(files)
    say(
        f"{', '.join(each.resolve().name for each in files)}: "
        + (f"pages of {found}" if found else "no page is recognised")
    )
    site = asking.text("Site the pages are from", "--site", given=given.site, proposal=found, good=_slug)
    business = asking.text("Whose reviews are audited", "--business", given=given.business, proposal=_title(files[0]))
    own = DraftListing(business=business, site=site, way="capture", files=_beside(files, given.folder))
    return _draft(given, asking, business, [own], as_of=given.as_of, today=today)


def _from_address(given: Given, asking: Asking, say: Callable[[str], None], today: date) -> Draft:
    found: Place = place(given.sources[0], given.site, given.address)
    for line in found.says:
        say(line)
    if found.way is None:
        raise UnansweredError(found.next_step)
    business = asking.text("Whose reviews are audited", "--business", given=given.business)
    own = DraftListing(
        business=business, site=found.site, way=found.way, url=found.url, address=found.address, local=found.local
    )
    return _draft(given, asking, business, [own], as_of=given.as_of, today=today)


def _draft(
    given: Given,
    asking: Asking,
    business: str,
    listings: Sequence[DraftListing],
    *,
    as_of: str | None,
    today: date,
) -> Draft:
    trades = ", ".join(frame().industries)
    industry = asking.text(f"Industry, in your own words (known: {trades})", "--industry", given=given.industry)
    way = listings[0].way
    proposal = "sandbox" if listings[0].local else _PROPOSED.get(way, "public page reviewed by a person")
    basis = asking.one_of(
        "On which basis may the reviews be read", "--basis", BASES, given=given.basis, proposal=proposal
    )
    return Draft(
        business=business,
        industry=industry,
        as_of=date.fromisoformat(as_of) if as_of else None,
        basis=basis,
        checked=today,
        listings=listings,
        why="Written by telltale init.",
    )


def _beside(files: Sequence[Path], folder: Path) -> tuple[str, ...]:
    """The files as the engagement file names them: relative to its own folder where they lie in it."""
    base = folder.resolve()
    found = [each.resolve() for each in files]
    return tuple(str(each.relative_to(base)) if each.is_relative_to(base) else str(each) for each in found)


def _title(file: Path) -> str:
    """A business's name as a file name suggests it."""
    words = _ENDING.sub(" ", file.stem).replace("_", " ").replace("-", " ").split()
    return " ".join(words).title() or file.stem


def _slug(said: str) -> str | None:
    return None if slug(said) == said else f"{said!r}: small letters, digits and hyphens, such as {slug(said)!r}"


def _day(said: str, today: date) -> str | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return f"{said!r} is not a day such as 2024-05-31"
    return f"{said} is still to come" if day > today + timedelta(days=1) else None  # it begins earlier elsewhere
