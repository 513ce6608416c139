"""A table that is laid flat once: a workbook or JSON is read in one stream, and every later pass reads plain rows."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import IO

from spiders.intake.encoding import Encoding
from spiders.intake.errors import IntakeError
from spiders.intake.table import Progress, Row, Table, named

_READ = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled(Table):
    """Rows in a file without a name: nobody else can open it, and it is gone with this process."""

    spool: IO[bytes] = field(repr=False)

    def rows(self, progress: Progress | None = None) -> Iterator[Row]:
        """Every record; `progress` is told in bytes of the file that was handed in."""
        size, flat = self.path.stat().st_size, max(1, os.fstat(self.spool.fileno()).st_size)
        for number, (read, line) in enumerate(_lines(self.spool.fileno())):
            place, cells = json.loads(line)
            cells += [""] * (len(self.header) - len(cells))
            problem = place[1] if isinstance(place, list) else None
            if progress is not None and number % 500 == 0:
                progress(size * read // flat, size)
            yield Row(line=place[0] if problem else place, number=number, cells=cells, problem=problem)
        if progress is not None:
            progress(size, size)


def _lines(descriptor: int) -> Iterator[tuple[int, bytes]]:
    """Lines with the bytes read so far; the place is the iterator's own, so two may run side by side."""
    at, rest = 0, b""
    while chunk := os.pread(descriptor, _READ, at):
        at += len(chunk)
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield at, line


def spooled(
    path: Path, kind: str, how: str, header: list[str], header_line: int, records: Iterable[tuple[object, list[str]]]
) -> Spooled:
    """Lay the records flat; `records` give where each stands (a number, or number and what is wrong) and its cells."""
    # Closed by nobody: it lives as long as the table that holds it.
    spool = tempfile.TemporaryFile()  # noqa: SIM115
    count = 0
    for place, cells in records:
        spool.write(json.dumps([place, cells]).encode() + b"\n")
        count += 1
    spool.flush()
    if not count:
        raise IntakeError(path, "the file has a header and no rows", next_step="Export the reviews again")
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    held = Encoding(name=kind, how=how, errors="strict", digest=digest)
    return Spooled(path=path, encoding=held, delimiter="", header=named(header), header_line=header_line, spool=spool)
