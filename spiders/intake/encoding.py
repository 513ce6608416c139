"""In which encoding a file is written, proved from its bytes, and its digest, in one reading."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from spiders.intake.errors import IntakeError
from spiders.intake.western import western

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "a UTF-8 mark at its start"),
    (codecs.BOM_UTF16_LE, "utf-16", "a UTF-16 mark at its start"),
    (codecs.BOM_UTF16_BE, "utf-16", "a UTF-16 mark at its start"),
)
_TITLES = {
    "cp1252": "Western Windows",
    "mac_roman": "Western Macintosh",
    "cp850": "Western DOS",
    "cp1250": "Central European Windows",
}
_SAMPLE_LINES = 200
_BAD_SHARE = 0.01
_ZEROS = 0.4
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """Name for `open`, how it was recognised, how unreadable bytes are met, and the file's SHA-256."""

    name: str
    how: str
    errors: str
    digest: str


def encoding(path: Path) -> Encoding:
    """The encoding of a file; raises `IntakeError` where the bytes do not tell."""
    start, digest, valid = b"", sha256(), True
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            start = start or chunk[:4096]
            digest.update(chunk)
            valid = valid and _decodes(decoder, chunk)
    valid = valid and _decodes(decoder, b"", final=True)
    if not start.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise IntakeError(path, "the file is empty", next_step="Export the reviews again and hand in that file")
    name, how, errors = _recognised(path, start, valid=valid)
    return Encoding(name=name, how=how, errors=errors, digest=digest.hexdigest())


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _recognised(path: Path, start: bytes, *, valid: bool) -> tuple[str, str, str]:
    for mark, name, how in _MARKS:
        if start.startswith(mark):
            return name, how, "replace"
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = start[first:200:2]
        if half.count(0) > _ZEROS * len(half):
            return name, "every second byte is zero", "replace"
    return ("utf-8", "every byte is valid UTF-8", "strict") if valid else _not_utf8(path)


def _not_utf8(path: Path) -> tuple[str, str, str]:
    """A Western export, a UTF-8 file with a few spoilt lines, or something to be asked about."""
    good = 0
    bad: list[tuple[int, bytes]] = []
    # Latin-1 keeps every byte, and text mode ends lines at \r as well.
    with path.open(encoding="latin-1", newline="") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                continue
            if _decodes(codecs.getincrementaldecoder("utf-8")(), line.encode("latin-1"), final=True):
                good += 1
            else:
                bad.append((number, line[:2000].encode("latin-1")) if len(bad) < _SAMPLE_LINES else (number, b""))
    if good * _BAD_SHARE > len(bad):
        told = f"{good} lines with accents are valid UTF-8; {len(bad)} are spoilt and read with a mark (U+FFFD)"
        return "utf-8", told, "replace"
    return _single_byte(path, bad)


def _single_byte(path: Path, bad: list[tuple[int, bytes]]) -> tuple[str, str, str]:
    lines, first = b"".join(line for _, line in bad), bad[0][0]
    if (name := western(lines)) is not None:
        return name, f"line {first} is not UTF-8, and reads as {_TITLES[name]} ({name})", "replace"
    from charset_normalizer import from_bytes

    guess = from_bytes(lines).best()
    looks = f" and looks like {guess.encoding}" if guess is not None else ""
    reason = f"the text is not UTF-8{looks}"
    raise IntakeError(path, reason, line=first, next_step="Save the file as UTF-8 and hand it in again")
