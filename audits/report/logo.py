"""The client's or consultant's logo as a picture inside the report: a small PNG or JPEG, known by its bytes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

MOST_BYTES = 200_000
"""The logo stands in every form, so a photograph would swell each of them."""
MOST_PIXELS = 4_000
"""A side in pixels; a small file may unfold to a picture that no renderer can hold."""
PNG = b"\x89PNG\r\n\x1a\n"
_HEADS = frozenset((0xC0, 0xC1, 0xC2))
"""JPEG frames that every browser draws: baseline, extended, progressive."""
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
"""JPEG markers without a length."""


class LogoError(ValueError):
    """The file is no logo that may stand in a report; the sentence says why and what to do."""


def embedded(path: Path) -> str:
    """The picture as a `data:` address; raises `LogoError`."""
    with path.open("rb") as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise LogoError(_refusal(path, f"it is larger than {MOST_BYTES // 1000} kB"))
    kind, size = _read(body)
    if size is None:
        raise LogoError(_refusal(path, "by its bytes it is neither a whole PNG nor a whole JPEG"))
    if not all(0 < side <= MOST_PIXELS for side in size):
        raise LogoError(_refusal(path, f"a side of it has more than {MOST_PIXELS:,} pixels, or none"))
    return f"data:image/{kind};base64,{b64encode(body).decode()}"


def _refusal(path: Path, why: str) -> str:
    return f"The logo {path.name} is left out: {why}. Save it as a PNG or JPEG of at most {MOST_BYTES // 1000} kB."


def _read(body: bytes) -> tuple[str, tuple[int, int] | None]:
    """The kind of picture and its width and height; None where it is not whole."""
    if body.startswith(PNG):
        return "png", _png(body)
    return "jpeg", _jpeg(body) if body.startswith(b"\xff\xd8") else None


def _png(body: bytes) -> tuple[int, int] | None:
    """Every chunk is whole, the first is the header and the last the end, with nothing behind it."""
    chunks = list(_chunks(body))
    names = [name for name, _ in chunks]
    if not chunks or names[0] != b"IHDR" or names[-1] != b"IEND" or len(chunks[0][1]) != 13:
        return None
    held = len(PNG) + sum(12 + len(data) for _, data in chunks)
    header = chunks[0][1]
    return (_number(header[:4]), _number(header[4:8])) if held == len(body) and b"IDAT" in names else None


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at + 12 <= len(body):
        length = _number(body[at : at + 4])
        name, data = body[at + 4 : at + 8], body[at + 8 : at + 8 + length]
        if _number(body[at + 8 + length : at + 12 + length]) != crc32(name + data):
            return
        yield name, data
        at += 12 + length


def _jpeg(body: bytes) -> tuple[int, int] | None:
    """The size that the frame says, in a file that closes with its end."""
    at = 2
    while body.endswith(b"\xff\xd9") and at + 9 <= len(body) and body[at] == 0xFF:
        marker = body[at + 1]
        if marker in _HEADS:
            return _number(body[at + 7 : at + 9]), _number(body[at + 5 : at + 7])
        at += 2 if marker in _ALONE else 2 + _number(body[at + 2 : at + 4])
    return None


def _number(big_endian: bytes) -> int:
    return int.from_bytes(big_endian, "big")
