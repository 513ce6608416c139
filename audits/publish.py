"""A publication appears in one step or not at all, beside the earlier ones: readers never see a mixture.

<root>/<engagement>/<audit>/report.html, annex.html, report.json, manifest.json (SHA-256 of each file)
<root>/<engagement>/latest-draft   a relative link to the newest audit; `latest` to the newest that a person approved
<root>/<engagement>/index.html     every audit of the engagement and what changed; `compare.html` has them side by side
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from audits.report.kept import Form, digest, pieces
from audits.revisions import following, standing

LATEST, APPROVED, INDEX, MANIFEST = "latest-draft", "latest", "index.html", "manifest.json"
COMPARE = "compare.html"
_STAGING = ".staging-"
_LONGEST = 80
_DATE = 10
"""An audit id begins with the ISO date of its evidence."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
"""Names that Windows gives to devices: a publication may be copied there."""


class PublishError(OSError):
    """The audit could not be published; the sentence says why. What stood before still stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where an audit was published. `fresh` is False where the same bytes already stood there."""

    engagement: str
    audit: str
    path: Path
    files: Mapping[str, str]
    """File name → SHA-256."""
    latest: Path
    index: Path
    fresh: bool


def publish(
    forms: Mapping[str, Form],
    *,
    root: Path,
    engagement: str,
    audit_id: str,
    summary: Mapping[str, Any] | None = None,
    move_latest: bool = True,
    approved: bool = False,
) -> Publication:
    """Publish all forms of one audit, then point `latest-draft` at it and write the index again.

    The same forms twice are one publication; other bytes under the same audit id become a revision (`.r2`, `.r3`).
    `summary` holds plain words and printed figures for the index and the comparison. A held or failed audit passes
    `move_latest=False`, and `latest-draft` never moves back to an earlier audit; an `approved` report moves `latest`
    instead. One publisher at a time works on an engagement.
    """
    home = root / slug(engagement)
    named = {slug(name): body for name, body in forms.items()}
    if len(named) != len(forms) or MANIFEST in named or not named:
        raise PublishError(f"cannot publish {sorted(forms)}: names must be there, differ, and not be {MANIFEST}")
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _alone(home):
            path, files, fresh = _placed(home, slug(audit_id), named, dict(summary or {}))
            if move_latest:
                _point(home, path.name, APPROVED if approved else LATEST)
            _write_index(home, engagement)
    except PublishError:
        raise
    except OSError as error:
        raise PublishError(
            f"could not publish to {home}: {error.strerror or error}; what stood there still stands"
        ) from error
    return Publication(
        engagement=engagement,
        audit=path.name,
        path=path,
        files=files,
        latest=home / (APPROVED if approved else LATEST),
        index=home / INDEX,
        fresh=fresh,
    )


def recalled(path: Path, engagement: str) -> None:
    """A publication is deleted from where we publish: no link leads to it, and the index no longer names it."""
    unapproved(path, (LATEST, APPROVED))
    with _alone(path.parent):
        shutil.rmtree(path, ignore_errors=True)
        _write_index(path.parent, engagement)


def unapproved(path: Path, links: tuple[str, ...] = (APPROVED,)) -> None:
    """`latest` no longer names this publication: it moves to the one approved before it, if that still lies here."""
    home = path.parent
    with _alone(home):
        others = [each for each in _summaries(home) if each["audit"] != path.name]
        for link in (each for each in links if _latest(home, each) == path.name):
            (home / link).unlink()
            if before := [each["audit"] for each in others if link == LATEST or each.get("state") == "approved"]:
                _point(home, max(before), link)


def slug(name: str) -> str:
    """A file name inside its directory on any system; where letters are lost a digest of the name keeps it unique."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9._-]+", "-", folded).strip(".-_")
    if plain and plain == name and len(plain) <= _LONGEST and not _RESERVED.fullmatch(plain):
        return plain
    base = plain[:_LONGEST].rstrip(".-_") or "unnamed"
    free = f"n-{base}" if _RESERVED.fullmatch(base) else base
    return f"{free}-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def intact(path: Path) -> bool:
    """Whether every file of a publication has the hash that its manifest gives, and no other file lies beside it."""
    files = (_manifest(path) or {}).get("files")
    if not isinstance(files, dict) or not path.is_dir():
        return False
    beside = {found.name for found in path.iterdir()} - {MANIFEST}
    return beside == set(files) and all(_hash(path / name) == known for name, known in files.items())


def _placed(
    home: Path, audit: str, forms: Mapping[str, Form], summary: Mapping[str, Any]
) -> tuple[Path, Mapping[str, str], bool]:
    """The directory that holds these forms: an equal one that stands already, or a new one moved in at once."""
    files = {name: digest(body) for name, body in sorted(forms.items())}
    for path in standing(home, audit):
        if intact(path) and (_manifest(path) or {}).get("files") == files:
            return path, files, False
    path = following(home, audit)
    manifest = {"audit": path.name, "files": files, "summary": dict(summary)}
    staged = Path(mkdtemp(prefix=_STAGING, dir=home))
    try:
        for name, body in forms.items():
            _write(staged / name, body)
        told = json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=1)
        _write(staged / MANIFEST, f"{told}\n".encode())
        staged.chmod(0o755)
        _sync(staged)
        staged.rename(path)
        _sync(home)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return path, files, True


def _point(home: Path, audit: str, link: str) -> None:
    """Swap the link in one step; where links cannot be made it is a file that holds the audit's name."""
    latest, swapped = home / link, home / f"{_STAGING}latest"
    current = _latest(home, link)
    if current is not None and current[:_DATE] > audit[:_DATE] and (home / current).is_dir():
        return
    swapped.unlink(missing_ok=True)
    try:
        swapped.symlink_to(audit, target_is_directory=True)
    except OSError:
        _write(swapped, f"{audit}\n".encode())
    swapped.replace(latest)


def _latest(home: Path, link: str = LATEST) -> str | None:
    latest = home / link
    if latest.is_symlink():
        return latest.readlink().name
    return latest.read_text(encoding="utf-8").strip() if latest.is_file() else None


def _write_index(home: Path, engagement: str) -> None:
    """A page with a line for every publication that lies here whole, newest first, and one that compares them."""
    from audits.catalogue import speaking
    from audits.report.compared import newest_first, newest_language, side_by_side
    from audits.report.html import page

    told = _summaries(home)
    with speaking(newest_language(told)):
        lines = newest_first(told)
        shown, rows = side_by_side(lines)
        _swap(home / COMPARE, page("compare.html.j2", engagement=engagement, audits=shown, rows=rows))
        _swap(home / INDEX, page("index.html.j2", engagement=engagement, audits=lines, latest=_latest(home)))


def _summaries(home: Path) -> list[dict[str, Any]]:
    """What every publication that lies here whole says of itself, with its name."""
    found = [(path, _manifest(path)) for path in home.iterdir() if path.is_dir() and not path.is_symlink()]
    return [{**(known.get("summary") or {}), "audit": path.name} for path, known in found if known]


def _swap(place: Path, text: str) -> None:
    swapped = place.with_name(f"{_STAGING}{place.stem}")
    _write(swapped, text.encode())
    swapped.replace(place)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the engagement's lock; what a publisher left that died in the middle is cleared away first."""
    with (home / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in home.glob(f"{_STAGING}*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
        yield


def _manifest(path: Path) -> dict[str, Any] | None:
    with suppress(OSError, ValueError):
        known = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        return known if isinstance(known, dict) else None
    return None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, sha256).hexdigest()


def _write(path: Path, body: Form) -> None:
    with path.open("wb") as out:
        out.writelines(pieces(body))
        out.flush()
        os.fsync(out.fileno())


def _sync(directory: Path) -> None:
    """Make a rename last through a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
