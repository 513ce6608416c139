"""One engagement lies in one file, with the digest of everything in it.

The file is a zip: `rows/TABLE.jsonl`, `landings/…` and `publications/…` as they lie in the workspace, `engagement/…`
(the engagement file and the files it names), and `manifest.json`. The master key is not in it; the
engagement's own key is, wrapped, once the master key was rotated.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from audits.publish import slug
from audits.store.store import Store
from flows.keys import carried
from flows.plan import Plan
from spiders.landing import MANIFEST as LANDED

MANIFEST, FORMAT = "manifest.json", 1
_CHUNK = 1 << 20


@dataclass(slots=True, kw_only=True)
class Archived:
    """What went in: name → SHA-256, links by name, and the files of the engagement that could not come along."""

    files: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def archive(plan: Plan, store: Store, file: Path, to: Path) -> Archived:
    """Write the archive of an engagement beside `to`, then move it there; the same engagement is the same bytes."""
    made = Archived()
    part = to.with_name(f"{to.name}.part")
    try:
        with ZipFile(part, "w", ZIP_DEFLATED) as into:
            _fill(into, made, plan, store, file)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return made


def _fill(into: ZipFile, made: Archived, plan: Plan, store: Store, file: Path) -> None:
    for table, rows in store.rows(plan.name):
        lines = (json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n" for row in rows)
        _add(into, made, f"rows/{table}.jsonl", lines)
    for path in _landings(plan):
        _add_file(into, made, path, path.relative_to(plan.settings.home).as_posix())
    _publications(into, made, plan)
    _handed_in(into, made, plan, file)
    manifest = {
        "format": FORMAT,
        "engagement": plan.name,
        "revision": store.revision,
        "key": key_check(plan.key),
        "wrapped": carried(plan.settings, plan.name),
        "files": made.files,
        "links": made.links,
        "left": made.left,
    }
    _add(into, Archived(), MANIFEST, [json.dumps(manifest, sort_keys=True, indent=1).encode()])


def key_check(key: bytes) -> str:
    """What tells whether two workspaces have the same key, and nothing about the key."""
    return hmac.new(key, b"telltale archive", sha256).hexdigest()[:16]


def _landings(plan: Plan) -> Iterator[Path]:
    """Every file of what has landed; what was not finished is never read, so it stays behind."""
    for manifest in sorted((plan.settings.landings / plan.name).glob(f"*/*/{LANDED}")):
        yield from (path for path in sorted(manifest.parent.rglob("*")) if path.is_file())


def _publications(into: ZipFile, made: Archived, plan: Plan) -> None:
    home = plan.settings.publications / slug(plan.name)
    for path in sorted(home.rglob("*")) if home.is_dir() else ():
        name = path.relative_to(plan.settings.home).as_posix()
        if path.is_symlink():
            made.links[name] = path.readlink().as_posix()
        elif path.is_file() and not path.name.startswith(".") and not _through_link(path, home):
            _add_file(into, made, path, name)


def _through_link(path: Path, home: Path) -> bool:
    return any(parent.is_symlink() for parent in path.parents if parent != home and home in parent.parents)


def _handed_in(into: ZipFile, made: Archived, plan: Plan, file: Path) -> None:
    """The engagement file, and what it names beside or below itself; what lies elsewhere is listed."""
    folder = file.resolve().parent  # where the engagement's own paths start from, whatever way led to it
    _add_file(into, made, file, "engagement/engagement.toml")
    for listing in plan.engagement.listings:
        for given in plan.engagement.files_of(listing):
            for path in sorted(given.rglob("*")) if given.is_dir() else [given]:
                if not path.is_file():
                    continue
                inside = path.resolve().is_relative_to(folder) and ".." not in path.parts
                if inside and not plan.engagement.files_from:
                    _add_file(into, made, path, f"engagement/{path.relative_to(folder).as_posix()}")
                else:
                    made.left.append(str(path.name))


def _add_file(into: ZipFile, made: Archived, path: Path, name: str) -> None:
    if name not in made.files:
        with path.open("rb") as body:
            _add(into, made, name, iter(lambda: body.read(_CHUNK), b""))


def _add(into: ZipFile, made: Archived, name: str, chunks: Iterable[bytes]) -> None:
    digest, entry = sha256(), ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    with into.open(entry, "w", force_zip64=True) as member:
        for chunk in chunks:
            digest.update(chunk)
            member.write(chunk)
    made.files[name] = digest.hexdigest()
