"""The WARC files inside a WACZ (a zip), read where they lie: nothing is unpacked to the disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from spiders.intake import warc
from spiders.intake.errors import IntakeError
from spiders.intake.heard import Heard, opened
from spiders.intake.saved import Found, Spoilt

_RATIO_MOST = 50
"""A WARC in a WACZ is stored as it is or, at worst, text that shrinks tenfold: what shrinks more is a bomb."""
_MEMBER_MOST = 8 * 1024**3
_MEMBERS_MOST = 10_000


def read(path: Path, name: str, heard: Heard | None = None) -> Iterator[Found]:
    """Every response of every WARC in the archive; raises `IntakeError` where it is no zip at all."""
    try:
        with opened(path, heard) as file, zipfile.ZipFile(file) as archive:
            yield from _members(archive, name)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as wrong:
        reason = f"the archive cannot be opened ({wrong}): it is cut off or no WACZ"
        raise IntakeError(path, reason, next_step="Save it again, or hand in the WARC inside it") from None


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[Found]:
    members = archive.infolist()
    for member in members[:_MEMBERS_MOST]:
        if refusal := _refused(member):
            yield Spoilt(file=name, record=f"member {_shown(member)}", reason=refusal)
        elif member.filename.endswith((".warc", ".warc.gz")):
            yield from _records(archive, member, name)
    if len(members) > _MEMBERS_MOST:
        yield Spoilt(file=name, record="archive", reason=f"holds more than {_MEMBERS_MOST:,} members")


def _records(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Found]:
    try:
        with archive.open(member) as file:
            yield from warc.records(file, f"{name}:{_shown(member)}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as wrong:
        yield Spoilt(file=name, record=f"member {_shown(member)}", reason=f"cannot be read: {wrong}")


def _refused(member: zipfile.ZipInfo) -> str | None:
    """Why a member is not read: a name that leaves the archive, or more inside than an archive of pages holds."""
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or member.filename.startswith(("/", "\\")) or ":" in parts[0]:
        return "its name leads out of the archive"
    if member.flag_bits & 0x1:
        return "is protected by a password"
    if member.file_size > _MEMBER_MOST or member.file_size > _RATIO_MOST * max(member.compress_size, 1 << 16):
        return f"unpacks to {member.file_size:,} bytes from {member.compress_size:,}, more than pages do"
    return None


def _shown(member: zipfile.ZipInfo) -> str:
    return repr(member.filename[:120])
