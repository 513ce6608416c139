"""What an earlier attempt fetched is found again by its address; a record that was cut in the middle is not there."""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from pathlib import Path
from typing import IO

from spiders.items import Page
from spiders.warc import member_at, members, read_records

CHECKPOINT = "checkpoint.warc.gz"
"""Pages of killed attempts, beside the pages of the attempt that is under way; gone once the run has landed."""
_HEAD = 4096
_RESPONSE, _TARGET = b"warc-type: response", b"warc-target-uri: "


def salvage(pages: Path, checkpoint: Path) -> None:
    """Move the whole records of a killed attempt to the checkpoint; killed in between, both hold them, which is one."""
    if not pages.is_file():
        return
    whole = max((end for _, end, _ in members(pages)), default=0)
    kept = _length(checkpoint)
    with pages.open("rb") as source, checkpoint.open("ab") as held:
        held.truncate(kept)
        _copied(source, held, whole)
        held.flush()
        os.fsync(held.fileno())
    pages.unlink()


def _length(checkpoint: Path) -> int:
    """Up to where the checkpoint itself is whole: the move may have been killed before."""
    return max((end for _, end, _ in members(checkpoint)), default=0) if checkpoint.is_file() else 0


def _copied(source: IO[bytes], held: IO[bytes], length: int) -> None:
    while length > 0:
        chunk = source.read(min(length, 1 << 20))
        held.write(chunk)
        length -= len(chunk)


class Held:
    """Pages by address, of one or more WARC files; each is read from the disk when it is asked for."""

    def __init__(self, *files: Path) -> None:
        self._places: dict[str, tuple[Path, int]] = {}
        for file in files:
            if file.is_file():
                self._index(file)

    def _index(self, file: Path) -> None:
        for start, _, content in members(file):
            head = content[:_HEAD].split(b"\r\n\r\n", 1)[0]
            lines = head.split(b"\r\n")
            if not any(line.lower() == _RESPONSE for line in lines):
                continue
            url = next((line[len(_TARGET) :] for line in lines if line.lower().startswith(_TARGET)), b"")
            # A page that was fetched twice is the later one; its place in the order is the later one's too.
            self._places.pop(url.decode(), None)
            self._places[url.decode()] = (file, start)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, url: str) -> bool:
        return _sent(url) in self._places

    def page(self, url: str) -> tuple[Page, dict[str, str]] | None:
        """The page that was fetched from that address with a status of success, and its headers."""
        if url not in self:
            return None
        [(_, page, headers)] = read_records(BytesIO(member_at(*self._places[_sent(url)])))
        return (page, headers) if 200 <= page.status < 300 else None

    def drop(self, url: str) -> None:
        """Leave this page to be fetched again."""
        self._places.pop(_sent(url), None)

    def forget_last(self) -> None:
        """Leave the page that was fetched last to be fetched again: what slid over its edge meanwhile is found."""
        if self._places:
            self._places.popitem()


def _sent(url: str) -> str:
    """An address as it goes over the wire and stands in a record: "/café" is "/caf%C3%A9"."""
    from w3lib.url import safe_url_string

    return url if url.isascii() and " " not in url else safe_url_string(url)


def cleared(out: Path, *, keep: str | None = None) -> None:
    """An empty directory, but for what an earlier attempt left to be read back."""
    if not out.exists():
        out.mkdir(parents=True)
        return
    for each in out.iterdir():
        if each.name == keep:
            continue
        shutil.rmtree(each) if each.is_dir() else each.unlink()
