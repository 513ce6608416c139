"""`telltale init`: a valid engagement file stands beside the reviews, and what was recognised has been shown."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import typer

from flows.commands import COMPLETE, refused


def run(*, sources: list[str], to: Path | None, yes: bool, force: bool, as_json: bool, **given: Any) -> int:
    """Look, ask, write; 0, or 1 with a sentence."""
    from audits.engagement import EngagementError, parse
    from flows.asking import Asking, UnansweredError
    from flows.plan import today
    from flows.start import Given, drafted
    from flows.start_sources import absent
    from spiders.intake.errors import IntakeError

    asking = Asking(yes=yes)
    try:
        if not sources:
            sources = [
                asking.text(
                    "A file of reviews, or the address of a page of them", "--from FILE|URL", given=None, good=absent
                )
            ]
        file = _place(sources[0], to, force=force)
        paired = _pairs(given.pop("columns"), "--column", "FIELD=COLUMN")
        rivals = [_rival(each) for each in given.pop("competitors")]
        asked = Given(sources=sources, folder=file.parent, columns=paired, competitors=rivals, **given)
        draft = drafted(asked, asking, lambda line: typer.echo(line, err=as_json), today())
        text = draft.toml()
        file.parent.mkdir(parents=True, exist_ok=True)
        parse(tomllib.loads(text), file)
        _write(file, text)
    except OSError as error:
        return refused(f"{error.filename or sources[0]}: {error.strerror or error}")
    except (UnansweredError, IntakeError, EngagementError, LookupError, ValueError) as error:
        return refused(str(error.args[0]) if isinstance(error, LookupError) and error.args else str(error))
    if as_json:
        typer.echo(json.dumps({"engagement": draft.slug, "file": str(file)}, ensure_ascii=False))
        return COMPLETE
    typer.echo(f"\nWritten: {file}. Look it over, then: telltale audit {_shell(file)}")
    return COMPLETE


def _place(source: str, to: Path | None, *, force: bool) -> Path:
    """Beside the file, or here for an address; raises `UnansweredError` where a file stands already."""
    from flows.asking import UnansweredError

    folder = Path() if "://" in source else Path(source).parent
    file = to or folder / "engagement.toml"
    if file.is_dir():
        raise UnansweredError(
            f"{file} is a folder: name a file in it, such as --to {_shell(file / 'engagement.toml')}."
        )
    if file.exists() and not force:
        raise UnansweredError(f"{file} is there already. Write another with --to FILE, or this one anew with --force.")
    return file


def _write(file: Path, text: str) -> None:
    staged = file.with_name(f".{file.name}.new")
    staged.write_text(text, encoding="utf-8")
    staged.replace(file)


def _pairs(given: list[str], option: str, form: str) -> dict[str, str]:
    from flows.asking import UnansweredError

    wrong = [each for each in given if "=" not in each]
    if wrong:
        raise UnansweredError(f"{option} {wrong[0]!r}: write it as {form}")
    return {name.strip(): value.strip() for name, _, value in (each.partition("=") for each in given)}


def _rival(given: str) -> tuple[str, str | None]:
    name, found, file = given.partition("=")
    return name.strip(), file.strip() if found else None


def _shell(file: Path) -> str:
    from shlex import quote

    return quote(str(file))
