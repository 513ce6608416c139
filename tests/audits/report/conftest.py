"""A second language, of which there is a file and nothing else; a real browser; and charts that are drawn once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import vl_convert
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import sync_playwright

from audits import catalogue
from audits.catalogue.extracted import TEMPLATE
from tests.audits.report.pseudo import OTHER, pseudo


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> Iterator[None]:
    """What the renderer has drawn it is not asked to draw again, which would be most of what the same report takes in
    another test. That it draws the same each time is for test_audit, where two processes do."""
    draw = vl_convert.vegalite_to_svg

    @cache
    def of(spec: str, marks: str) -> str:
        return draw(spec, format_locale=json.loads(marks))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(vl_convert, "vegalite_to_svg", lambda spec, format_locale: of(spec, json.dumps(format_locale)))
        yield


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second language, of which there is a file and nothing else."""
    folder = tmp_path_factory.mktemp("catalogue")
    with TEMPLATE.open("rb") as file:
        english = read_po(file)
    translated = Catalog(locale=OTHER)
    for message in english:
        if message.id:
            told = tuple(map(pseudo, message.id)) if message.pluralizable else pseudo(message.id)
            translated.add(message.id, told, flags=message.flags)
    with (folder / f"{OTHER}.po").open("wb") as out:
        write_po(out, translated)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue, "FOLDER", folder)
        yield OTHER
    catalogue._translations.cache_clear()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()
