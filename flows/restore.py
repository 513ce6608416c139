"""An archived engagement lies in this workspace as it lay in its own, or nothing of it does."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

from audits.store.store import Store
from flows.archive import FORMAT, MANIFEST, key_check
from flows.keys import bring, key_of
from flows.settings import Settings, SettingsError

PLACES = ("landings", "publications", "engagement")
_LOCKED = 1  # the bit of a member that needs a password


class RestoreError(RuntimeError):
    """The archive cannot be restored here, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back. `same_key` is False where this workspace would name the same reviewer otherwise."""

    engagement: str
    rows: int
    file: Path
    same_key: bool
    left: tuple[str, ...]


def restore(archive: Path, settings: Settings, store: Store) -> Restored:
    """Check every digest first, then write the files, then the rows; raises `RestoreError` or `StoreError`."""
    try:
        with ZipFile(archive) as given:
            manifest = _checked(given, store)
            name = str(manifest["engagement"])
            made = [place for place in _places(settings, name) if not place.exists()]
            if len(made) < len(_places(settings, name)):
                raise RestoreError(f"{settings.home} has files of the engagement {name} already; restore into another.")
            try:
                _extract(given, manifest, settings, name)
                bring(settings, name, manifest.get("wrapped"))
                rows = store.take_rows(name, _rows(given, manifest))
            except BaseException:
                for place in made:
                    shutil.rmtree(place, ignore_errors=True)
                raise
    except (BadZipFile, KeyError, TypeError, ValueError, zlib.error, EOFError, NotImplementedError) as wrong:
        raise RestoreError(f"{archive} is not an archive of an engagement, or it is damaged ({wrong}).") from None
    return Restored(
        engagement=name,
        rows=rows,
        file=_own(settings, name) / "engagement.toml",
        same_key=manifest["key"] == _key_check(settings, name),
        left=tuple(manifest["left"]),
    )


def _key_check(settings: Settings, name: str) -> str | None:
    try:
        return key_check(key_of(settings, name))
    except SettingsError:
        return None


def _checked(given: ZipFile, store: Store) -> dict[str, Any]:
    """The manifest, once every member was found to be what was written; nothing is unpacked before."""
    if any(member.flag_bits & _LOCKED for member in given.infolist()):
        raise RestoreError(
            f"{given.filename} is locked with a password: unpack it, and pack the same files without one."
        )
    manifest: dict[str, Any] = json.loads(given.read(MANIFEST))
    if manifest["format"] != FORMAT or manifest["revision"] != store.revision:
        told = "upgrade the workspace it came from, and archive it again"
        raise RestoreError(f"The archive is of another version of the store ({manifest['revision']}): {told}.")
    files: Mapping[str, str] = manifest["files"]
    if set(given.namelist()) != {*files, MANIFEST}:
        raise RestoreError("The archive does not hold what its manifest says.")
    _safe(str(manifest["engagement"]), *files, *manifest["links"], *manifest["links"].values())
    for name, known in files.items():
        digest = sha256()
        with given.open(name) as member:
            while chunk := member.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != known:
            raise RestoreError(f"{name} in the archive is not what was written (digests differ): nothing is restored.")
    return manifest


def _safe(*names: str) -> None:
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or not name:
            raise RestoreError(f"The archive names a place outside the workspace ({name}): nothing is restored.")


def _places(settings: Settings, name: str) -> list[Path]:
    return [settings.landings / name, _publications(settings, name), _own(settings, name)]


def _publications(settings: Settings, name: str) -> Path:
    from audits.publish import slug

    return settings.publications / slug(name)


def _own(settings: Settings, name: str) -> Path:
    return settings.home / "engagements" / name


def _extract(given: ZipFile, manifest: Mapping[str, Any], settings: Settings, name: str) -> None:
    for member in manifest["files"]:
        place, _, rest = member.partition("/")
        if place not in PLACES:
            continue
        to = (_own(settings, name) / rest) if place == "engagement" else settings.home / member
        if not any(to.is_relative_to(each) for each in _places(settings, name)):
            raise RestoreError(f"{member} in the archive is not of the engagement {name}: nothing is restored.")
        to.parent.mkdir(parents=True, exist_ok=True)
        with given.open(member) as body, to.open("wb") as out:
            shutil.copyfileobj(body, out)
    for link, target in manifest["links"].items():
        to = settings.home / link
        if not to.is_relative_to(_publications(settings, name)):
            raise RestoreError(f"{link} in the archive is not of the engagement {name}: nothing is restored.")
        to.symlink_to(target, target_is_directory=True)


def _rows(given: ZipFile, manifest: Mapping[str, Any]) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    for member in manifest["files"]:
        if member.startswith("rows/"):
            with given.open(member) as lines:
                yield PurePosixPath(member).stem, (json.loads(line) for line in lines)
