"""What one engagement taught its reading: what the tutor said of it, what is usual in it, and what its labels say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audits.analysis import lesson as lessons
from audits.analysis import line as lines
from audits.analysis import usual as usuals
from audits.analysis.confidence import easier
from audits.analysis.encoder import Floats
from audits.analysis.lesson import Lesson
from audits.analysis.line import Line
from audits.analysis.usual import Usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The tutor's line moves kinds and gaps first, then what is usual the gaps of complaints, the labels last; each may
    be missing."""

    line: Line | None = None
    usual: Usual | None = None
    lesson: Lesson | None = None
    tried: int = 0
    """Reviews that were held when it was learnt."""

    @property
    def digest(self) -> str:
        """Of all that moves a reading; stands in the version of what is read. Empty where nothing does."""
        parts = [each.digest for each in (self.line, self.usual, self.lesson) if each]
        return hashlib.sha256("+".join(parts).encode()).hexdigest()[:12] if parts else ""

    @property
    def easier(self) -> float:
        """How much more easily the engagement reads than most (`confidence`), nought where nobody knows."""
        return easier(self.line.agreed) if self.line else 0.0

    def moved(self, texts: Sequence[str], vectors: Sequence[str], gaps: Floats) -> Floats:
        """The probabilities of gaps of these complaints, a row each, after the line has moved them."""
        if self.usual:
            gaps = self.usual.moved(vectors, gaps)
        return self.lesson.moved(texts, gaps) if self.lesson else gaps

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it; `of` makes the same again."""
        return {
            "line": self.line.plain() if self.line else None,
            "usual": self.usual.plain() if self.usual else None,
            "lesson": self.lesson.plain() if self.lesson else None,
            "tried": self.tried,
        }


def of(plain: Mapping[str, Any]) -> Own:
    """What was kept."""
    return Own(
        line=lines.of(plain["line"]) if plain["line"] else None,
        usual=usuals.of(plain["usual"]) if plain["usual"] else None,
        lesson=lessons.of(plain["lesson"]) if plain["lesson"] else None,
        tried=int(plain["tried"]),
    )
