"""Landings and publications of an engagement are the same here and on the target that TELLTALE_MIRROR_URL names.

Any fsspec address will do (s3://, gs://, a mounted folder). What was there at the last meeting is written down, so that
a file that only one side has is known to be new there, or deleted here: new files cross over, deletions too. Within a
folder the manifest crosses last and goes first: a reader of the target sees whole landings and publications or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from flows.console import log
from flows.settings import Settings
from spiders.landing import MANIFEST

ROOTS = ("landings", "publications")
_LATEST = ("latest", "latest-draft")


class MirrorError(RuntimeError):
    """The target cannot be used; the sentence says which, without what is secret in its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """How many files went there, came from there, and were deleted on either side."""

    sent: int
    got: int
    deleted: int


def mirrored(settings: Settings, engagement: str) -> Met | None:
    """Make both sides the same; None where no target is set. Raises `MirrorError`.

    One process at a time may have an engagement, which the claim of its period or the person at the keyboard sees to.
    """
    if not settings.mirror_url:
        return None
    with _named(settings.mirror_url):
        import fsspec  # type: ignore[import-untyped]  # ships no types

        there, base = fsspec.core.url_to_fs(settings.mirror_url)
        return _Meeting(settings, there, base.rstrip("/"), engagement).held()


@contextmanager
def _named(url: str) -> Iterator[None]:
    scheme, _, rest = url.partition("://")
    try:
        yield
    except MirrorError:
        raise
    except Exception as wrong:  # whatever a file system of the target's kind raises
        where = f"{scheme}://{rest.rpartition('@')[2]}"
        raise MirrorError(f"TELLTALE_MIRROR_URL: {where} cannot be used ({type(wrong).__name__}: {wrong})") from None


class _Meeting:
    def __init__(self, settings: Settings, there: Any, base: str, engagement: str) -> None:
        self._home, self._there, self._base, self._name = settings.home, there, base, engagement
        self._note = settings.home / "mirror" / f"{engagement}.json"
        self._target = sha256(str(settings.mirror_url).encode()).hexdigest()

    def held(self) -> Met:
        """Compare with the last meeting, carry over, and write down how it stands now."""
        before, here, there = self._before(), self._here(), self._remote()
        if before and not there:
            raise MirrorError(
                f"TELLTALE_MIRROR_URL holds nothing of {self._name} any more, and files were sent there. Is it the "
                f"right one, and mounted? Nothing is deleted here; to send all of it anew remove {self._note}"
            )
        sent = [each for each in here if here[each] != before.get(each, {}).get("here")]
        changed = [each for each in there if there[each] != before.get(each, {}).get("there") and each not in sent]
        gone_here = [each for each in before if each not in here and each in there and each not in changed]
        gone_there = [each for each in before if each in here and each not in there and each not in sent]
        for each in sorted(gone_here, key=_first):
            self._there.rm_file(self._path(each))
        for each in sorted(gone_there, key=_first):
            (self._home / each).unlink(missing_ok=True)
        for each in sorted(changed, key=_last):
            self._fetch(each)
        for each in sorted(sent, key=_last):
            self._send(each)
        here, there = self._here(), self._remote()
        both = {each: {"here": here[each], "there": there[each]} for each in sorted(here.keys() & there.keys())}
        self._note.parent.mkdir(parents=True, exist_ok=True)
        self._note.write_text(json.dumps({"target": self._target, "files": both}), encoding="utf-8")
        return Met(sent=len(sent), got=len(changed), deleted=len(gone_here) + len(gone_there))

    def _before(self) -> dict[str, dict[str, str]]:
        """How the last meeting with this target left both sides; what another target lacks was never deleted there."""
        note = json.loads(self._note.read_text("utf-8")) if self._note.is_file() else {}
        if "files" not in note:  # an earlier version did not write down which target it met
            return dict(note)
        return dict(note["files"]) if note["target"] == self._target else {}

    def _path(self, relative: str) -> str:
        return f"{self._base}/{relative}"

    def _here(self) -> dict[str, str]:
        """Path in the workspace → what tells one content from another."""
        found: dict[str, str] = {}
        for root in ROOTS:
            place = self._home / root / self._name
            for path in sorted(place.rglob("*")):
                hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
                if hidden or (path.is_dir() and not path.is_symlink()):
                    continue
                if any(each.is_symlink() for each in path.parents) or (root == "landings" and not _landed(path)):
                    continue
                known = path.lstat()
                told = str(path.readlink()) if path.is_symlink() else f"{known.st_size}:{known.st_mtime_ns}"
                found[path.relative_to(self._home).as_posix()] = told
        return found

    def _remote(self) -> dict[str, str]:
        found: dict[str, str] = {}
        self._there.invalidate_cache()
        for root in ROOTS:
            place = self._path(f"{root}/{self._name}")
            if not self._there.exists(place):
                continue
            for path, known in self._there.find(place, detail=True).items():
                token = known.get("ETag") or f"{known.get('size')}:{known.get('mtime') or known.get('LastModified')}"
                relative = f"{root}/{self._name}{path[path.index(place) + len(place) :]}"
                if ".." in relative.split("/"):
                    continue  # not ours: nothing is ever written beside the workspace
                found[relative] = str(token)
        return found

    def _send(self, relative: str) -> None:
        path = self._home / relative
        body = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        self._there.makedirs(self._path(relative).rpartition("/")[0], exist_ok=True)
        self._there.pipe_file(self._path(relative), body)

    def _fetch(self, relative: str) -> None:
        path, body = self._home / relative, self._there.cat_file(self._path(relative))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        if path.name in _LATEST:
            part.symlink_to(body.decode().strip(), target_is_directory=True)
        else:
            part.write_bytes(body)
        part.replace(path)


def _landed(path: Path) -> bool:
    """Whether the folder that a file lies in has landed: what is under way or was killed stays on its machine."""
    return (path.parent / MANIFEST).is_file()


def _last(relative: str) -> tuple[int, str]:
    name = relative.rpartition("/")[2]
    return (2 if name in (*_LATEST, "index.html") else 1 if name == MANIFEST else 0), relative


def _first(relative: str) -> tuple[int, str]:
    rank, name = _last(relative)
    return -rank, name


def told(settings: Settings, engagement: str) -> None:
    """After a change: the same, but a target that is away is a line, since the next meeting makes up for it."""
    try:
        met = mirrored(settings, engagement)
    except MirrorError as wrong:
        log.error(f"mirror    {engagement}: {wrong}; the next run makes up for it")
        return
    if met is not None:
        log.info(f"mirror    {engagement}: {met.sent} files sent, {met.got} fetched, {met.deleted} deleted")
