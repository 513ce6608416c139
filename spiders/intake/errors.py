"""A file that is refused: which file, line and column, why, and what to do next."""

from __future__ import annotations

from pathlib import Path


class IntakeError(ValueError):
    """One sentence for the person who handed the file in; nothing has landed."""

    def __init__(self, file: Path, reason: str, *, next_step: str, line: int | None = None, column: str | None = None):
        place = f"{file.name}" + (f", line {line}" if line else "") + (f", column {column!r}" if column else "")
        super().__init__(f"{place}: {reason}. {next_step}")
        self.file, self.line, self.column, self.reason, self.next_step = file, line, column, reason, next_step
