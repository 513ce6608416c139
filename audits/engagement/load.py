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
    return parse(_read(path), path, exports=exports)


def _read(path: Path) -> dict[str, Any]:
    """What the file says; raises `EngagementError` that names the line, and what to do."""
    try:
        said = path.read_bytes().decode("utf-8-sig")
        if not said.strip():
            raise EngagementError(path, [Problem(key="file", reason="is empty: telltale init writes one")])
        return tomllib.loads(said)
    except FileNotFoundError:
        beside = sorted(each.name for each in path.parent.glob("*.toml")) if path.parent.is_dir() else []
        raise EngagementError(
            path, [Problem(key="file", reason="not found", suggestion=near(path.name, beside))]
        ) from None
    except IsADirectoryError:
        raise EngagementError(path, [Problem(key="file", reason="is a folder: name the file in it")]) from None
    except OSError as wrong:
        raise EngagementError(path, [Problem(key="file", reason=f"cannot be read: {wrong.strerror}")]) from None
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        raise EngagementError(
            path, [Problem(key=f"line {line}", reason="is not UTF-8: save the file as UTF-8")]
        ) from None
    except tomllib.TOMLDecodeError as wrong:
        raise EngagementError(path, [Problem(key="syntax", reason=_unclosed(str(wrong)))]) from None


def _unclosed(said: str) -> str:
    """A text whose closing quotation mark is forgotten is told as that; all else in the parser's own words."""
    return said.replace("Illegal character '\\n'", "a text lacks its closing quotation mark")


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
    """Each file that the engagement names and that is not there, or is a folder where files are read."""
    if not engagement.folder.is_dir():
        yield Problem(
            key="files_from", reason=f"there is no folder {engagement.folder}: write the path to the files here"
        )
        return
    for listing in engagement.listings:
        for name, path in zip(listing.files, engagement.files_of(listing), strict=True):
            if listing.way == "export" and path.is_dir():
                yield Problem(
                    key=f"listings[{listing.name}].files", reason=f"{name!r} is a folder: name the files in it"
                )
            elif not path.exists():
                yield _missing_file(f"listings[{listing.name}].files", name, path)
    if engagement.branding.logo and not (engagement.folder / engagement.branding.logo).is_file():
        yield _missing_file("branding.logo", engagement.branding.logo, engagement.folder / engagement.branding.logo)


def _missing_file(key: str, name: str, path: Path) -> Problem:
    beside = sorted(each.name for each in path.parent.iterdir()) if path.parent.is_dir() else []
    return Problem(key=key, reason=f"there is no file {name!r} in {path.parent}", suggestion=near(path.name, beside))
