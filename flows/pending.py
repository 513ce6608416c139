"""Where a listing's crawl goes on: at a killed attempt, at a pass that is not whole, or anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from spiders.checkpoint import CHECKPOINT
from spiders.items import Landing
from spiders.landing import MANIFEST, PAGES, LandingError, read_landing
from spiders.settings import RESUME_DAYS

STAMP = "%Y%m%dT%H%M%S%fZ"
SAME_SITTING = timedelta(hours=6)
"""What was fetched longer ago is of another night: the list has moved on, so its edge and top are read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """`out` is where the run lands; `previous` the landing before it, whose pages are reused where `resume`."""

    out: Path
    previous: Path | None = None
    before: Landing | None = None
    resume: bool = False
    reread_top: bool = False
    killed: bool = False


def start(folder: Path, now: datetime, *, anew: bool = False) -> Start:
    """How a run of the listing whose landings lie in `folder` begins; `anew` reads every page again."""
    made = _made(folder)
    killed = next(iter(made), None)
    if killed is not None and not _resumable_attempt(*killed, now):
        killed = None
    landed = next(((when, path, read) for when, path in made if (read := _landed(path))), None)
    fresh = folder / now.strftime(STAMP)
    out, old = (killed[1], now - killed[0] > SAME_SITTING) if killed else (fresh, False)
    if landed is None:
        return Start(out=out, reread_top=old, killed=killed is not None)
    when, path, before = landed
    resume = not anew and _whole_is_owed(before) and now - when < timedelta(days=RESUME_DAYS) and bool(_pages(path))
    reread = old or (resume and now - when > SAME_SITTING)
    previous = path if _pages(path) else None
    return Start(out=out, previous=previous, before=before, resume=resume, reread_top=reread, killed=killed is not None)


def _made(folder: Path) -> list[tuple[datetime, Path]]:
    """The directories of crawls with the moment at which each began, the latest first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            found.append((datetime.strptime(f"{path.name}+0000", f"{STAMP}%z"), path))
        except ValueError:
            continue  # the landing of an export has another name
    return sorted(found, reverse=True)


def _resumable_attempt(when: datetime, path: Path, now: datetime) -> bool:
    """Nothing has landed there, something was fetched, and not too long ago."""
    return not (path / MANIFEST).exists() and bool(_pages(path)) and now - when < timedelta(days=RESUME_DAYS)


def _pages(path: Path) -> list[Path]:
    return [path / name for name in (PAGES, CHECKPOINT) if (path / name).is_file()]


def _landed(path: Path) -> Landing | None:
    try:
        return read_landing(path, verify=False)
    except LandingError:
        return None


def _whole_is_owed(before: Landing) -> bool:
    """A pass over the whole listing that did not get to its end."""
    return before.way == "crawl" and before.verdict.name == "partial" and before.verdict.scope == "full"
