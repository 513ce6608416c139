"""`telltale gaps`: the statements of a file with complaint, gap and confidence, one JSON object a line.

The texts of a file belong together, as the reviews of an engagement do: what is usual in them has its say. What can be
read but once, as standard input or a pipe, is read as it comes, each text by itself.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audits.analysis.values import Statement
from flows.commands import COMPLETE, refused

if TYPE_CHECKING:
    from audits.analysis.assign import Text

AT_ONCE = 2000
"""Texts read together: enough to keep the model busy, few enough to print as it goes."""


_ACTS = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys and JSON lets stand: C1 controls, and overrides of the writing direction."""


class UnreadableError(ValueError):
    """The file cannot be read as asked: a sentence with the next step."""


def run(*, file: str, column: str | None, alone: bool = False) -> int:
    """Print the statements of every row; 0, or 1 with a sentence where nothing could be read.

    With `alone` each text is read by itself, as from a pipe.
    """
    from audits.analysis.assign import assign_texts
    from audits.analysis.self_training import learnt_texts
    from spiders.intake.errors import IntakeError

    try:
        twice = not alone and Path(file).is_file()
        own = learnt_texts(_read(_texts(file, column))) if twice else None
        texts = _read(_texts(file, column))
        start = 0
        while batch := list(islice(texts, AT_ONCE)):
            for row, statements in enumerate(assign_texts(batch, own=own), start=start):
                for said in statements:
                    typer.echo(printed(_line(row, said)))
            start += len(batch)
    except (UnreadableError, IntakeError) as reason:
        return refused(str(reason))
    except BrokenPipeError:
        sys.stderr.close()  # whoever reads has had enough; Python would complain of it at exit
        return COMPLETE
    except OSError as error:
        return refused(f"{file}: {error.strerror}")
    return COMPLETE


def _read(texts: Iterable[str]) -> Iterator[Text]:
    """As they are read: without a title and without stars."""
    return ((None, text, None) for text in texts)


def printed(line: dict[str, object]) -> str:
    """The line as JSON that says the same and acts on no terminal; offsets count in the words as they were given."""
    return _ACTS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(line, ensure_ascii=False))


def _line(row: int, said: Statement) -> dict[str, object]:
    scores = [{"gap": score.gap, "confidence": round(score.confidence, 4)} for score in said.gaps]
    first = scores[0] if scores else {"gap": None, "confidence": None}
    return {
        "row": row,
        "field": said.field,
        "start": said.start,
        "end": said.end,
        "statement": said.text,
        "complaint": round(said.complaint, 4),
        **first,
        "gaps": scores,
        "severity": said.severity,
        "outside": said.outside,
        "flags": list(said.flags),
    }


def _texts(file: str, column: str | None) -> Iterator[str]:
    """The texts, one a data row: lines of a text, cells of a column, values of a key."""
    if file == "-":
        return (line.rstrip("\n") for line in sys.stdin)
    path = Path(file)
    if path.is_fifo():
        return _piped(path)
    if path.suffix.lower() in (".csv", ".tsv"):
        return _cells(path, column)
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return _values(path, column)
    return _lines(path)


def _piped(path: Path) -> Iterator[str]:
    """Lines of what can be read but once: its encoding cannot be looked up before."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from (line.rstrip("\r\n") for line in lines)


def _lines(path: Path) -> Iterator[str]:
    from spiders.intake.encoding import encoding

    with path.open(encoding=encoding(path).name, errors="replace") as lines:
        yield from (line.rstrip("\r\n") for line in lines)


def _cells(path: Path, column: str | None) -> Iterator[str]:
    from spiders.intake.table import table

    held = table(path, one_column=True)
    at = _place(path, held.header, column)
    return (row.cells[at] if at < len(row.cells) else "" for row in held.rows())


def _place(path: Path, header: tuple[str, ...], column: str | None) -> int:
    folded = [name.strip().casefold() for name in header]
    wanted = [column.strip().casefold()] if column else ["text", "review", "content", "body", "comment", "review_text"]
    for name in wanted:
        if name in folded:
            return folded.index(name)
    asked = f"has no column {column!r}" if column else "does not say which column has the text"
    raise UnreadableError(f"{path} {asked}. Its columns: {', '.join(header)}. Name one with --column.")


def _values(path: Path, key: str | None) -> Iterator[str]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise UnreadableError(f"{path}, line {number}: not JSON ({error}).") from None
            value = row.get(key or "text") if isinstance(row, dict) else row
            if not isinstance(value, str) and key is not None and isinstance(row, dict) and key not in row:
                raise UnreadableError(f"{path}, line {number}: no key {key!r}; its keys: {', '.join(row)}.")
            yield value if isinstance(value, str) else ""
