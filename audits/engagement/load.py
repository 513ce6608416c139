"""Reads an engagement file: an `Engagement`, or one error that names every problem by file, key and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from audits.engagement.rules import consistent, near
from audits.engagement.schema import Engagement
from audits.engagement.wording import Problem, causes, worded


class EngagementError(ValueError):
    """The file was refused before any work; its text has one line a problem: file: key: reason (suggestion)."""

    def __init__(self, file: Path, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(f"{file}: {problem}" for problem in problems))
        self.file = file
        self.problems = tuple(problems)


def load(path: Path, *, exports: bool = True) -> Engagement:
    """The engagement that a file describes, its export files found; raises `EngagementError`.

    Without `exports` what it names may be missing: for work on what is held already, which must not wait for a file.
    """
    try:
        given = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        beside = sorted(each.name for each in path.parent.glob("*.toml")) if path.parent.is_dir() else []
        raise EngagementError(
            path, [Problem(key="file", reason="not found", suggestion=near(path.name, beside))]
        ) from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise EngagementError(path, [Problem(key="file", reason=f"cannot be read: {wrong}")]) from None
    except tomllib.TOMLDecodeError as wrong:
        raise EngagementError(path, [Problem(key="syntax", reason=str(wrong))]) from None
    return parse(given, path, exports=exports)


def parse(given: Mapping[str, Any], path: Path, *, exports: bool = True) -> Engagement:
    """The engagement of a mapping that was read from `path`, or is about to be written there."""
    try:
        engagement = Engagement.model_validate(given)
        consistent(engagement)
    except ValidationError as wrong:
        raise EngagementError(path, [worded(error, given) for error in causes(wrong.errors())]) from None
    except PydanticCustomError as wrong:
        context = wrong.context or {}
        problem = Problem(key=context["at"], reason=context["reason"], suggestion=context["suggestion"])
        raise EngagementError(path, [problem]) from None
    engagement._folder = path.resolve().parent
    if exports and (gone := list(missing(engagement))):
        raise EngagementError(path, gone)
    return engagement


def missing(engagement: Engagement) -> Iterator[Problem]:
    """Each file that the engagement names and that is not there."""
    if not engagement.folder.is_dir():
        yield Problem(
            key="files_from", reason=f"there is no folder {engagement.folder}: write the path to the files here"
        )
        return
    for listing in engagement.listings:
        for name, path in zip(listing.files, engagement.files_of(listing), strict=True):
            if not path.exists():
                yield _missing_file(f"listings[{listing.name}].files", name, path)
    if engagement.branding.logo and not (engagement.folder / engagement.branding.logo).is_file():
        yield _missing_file("branding.logo", engagement.branding.logo, engagement.folder / engagement.branding.logo)


def _missing_file(key: str, name: str, path: Path) -> Problem:
    beside = sorted(each.name for each in path.parent.iterdir()) if path.parent.is_dir() else []
    return Problem(key=key, reason=f"there is no file {name!r} in {path.parent}", suggestion=near(path.name, beside))
