"""The one catalogue: every sentence that a report prints is looked up here, in the language that is being spoken.

The English text is the message's id, so English needs no file. Every other language is one file beside this module,
`LANGUAGE.po`, which is read when it is first spoken; docs/engagement.md says how one is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SOURCE = "en"
"""The language of the message ids."""
_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


class LanguageError(LookupError):
    """There is no file of this language; the sentence lists those that there are."""


def languages() -> tuple[str, ...]:
    """The languages that a report can be written in, the source's first."""
    return (SOURCE, *sorted(file.stem for file in FOLDER.glob("*.po")))


def language() -> str:
    """The language that is being spoken: a name that Babel knows (`en`, `pt_BR`)."""
    return _spoken.get()


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Everything that is looked up inside is in this language; raises `LanguageError`."""
    _translations(name)
    before = _spoken.set(name)
    try:
        yield
    finally:
        _spoken.reset(before)


def gettext(message: str, /, **values: Any) -> str:
    """The message in the language that is being spoken, its `%(name)s` filled in with `values`."""
    told = message if _spoken.get() == SOURCE else _told(message)
    return told % values if values else told


def ngettext(one: str, many: str, number: int, /, **values: Any) -> str:
    """The form of the message that goes with `number`, filled in."""
    if _spoken.get() == SOURCE:
        told = one if number == 1 else many
    else:
        told = _translations(_spoken.get()).ngettext(one, many, number)
    return told % values if values else told


def marked(message: str) -> str:
    """The message as it stands: `pybabel extract` finds it here, and it is looked up where it is shown."""
    return message


def _told(message: str) -> str:
    """An empty id is the head of the file, which nobody means."""
    return _translations(_spoken.get()).gettext(message) if message else message


@cache
def _translations(name: str) -> NullTranslations:
    """The language's messages, compiled from its file once."""
    if name == SOURCE:
        return NullTranslations()
    if name not in languages():
        raise LanguageError(f"there is no language {name!r}; there are: {', '.join(languages())}")
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (FOLDER / f"{name}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=name))
    compiled.seek(0)
    return GNUTranslations(compiled)
