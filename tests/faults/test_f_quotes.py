"""ACCEPTANCE f41: what an audit publishes names no author and quotes nobody at length, in whatever form it is read."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from tests.flows.command import complete, telltale
from tests.flows.engagements import engagement

AUTHORS = ("Odalys Fenwright", "Benedikt Amsterhof", "Ludmila Quarrington")
LONGEST = 25
LONG = (
    "Nobody answered the phone all week and when we came to the door at noon on Friday the people at the counter "
    "told us that our table had been given away to others because nobody had written our booking down by the till."
)
"""One sentence of 40 words, as customers write: the model reads it as a complaint."""
TAKEN_OUT = ("+44 20 7946 0958", "odalys.fenwright@example.org", "GB29 NWBK 6016 1331 9268 19", "4111 1111 1111 1111")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> Path:
    folder, home = tmp_path_factory.mktemp("quotes"), tmp_path_factory.mktemp("home")
    file = engagement(folder, drafts="all")
    with (folder / "own.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for number, row in enumerate(rows):
        row["author"] = AUTHORS[number % len(AUTHORS)] if number < 30 else f"Guest Number{number}"
        row["url"] = f"https://reviews.example/r/{number}"
        row["text"] = f"{LONG} ({number})" if number < 12 else row["text"]
        row["text"] += f" Reach me: {TAKEN_OUT[number % len(TAKEN_OUT)]}." if number < 24 else ""
    with (folder / "own.csv").open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, rows[0])
        table.writeheader()
        table.writerows(rows)
    complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
    return (home / "publications" / "corner-cafe" / "latest-draft").resolve()


def words(path: Path) -> str:
    """All that a reader can find in a file, links and cells among it."""
    body = path.read_bytes()
    if path.suffix == ".pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(BytesIO(body))
        return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if path.suffix == ".eml":
        parts = message_from_bytes(body, policy=policy.default).walk()
        return " ".join(part.get_content() for part in parts if part.get_content_maintype() == "text")
    return body.decode("utf-8")


def folded(text: str) -> list[str]:
    return re.sub(r"<[^>]*>", " ", text).casefold().replace("\u00ad", "").split()


def quotes(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a report that is a quote."""
    if isinstance(value, dict):
        if {"text", "review", "posted_on", "link"} <= value.keys():
            yield value
        for each in value.values():
            yield from quotes(each)
    elif isinstance(value, list):
        for each in value:
            yield from quotes(each)


def test_41_no_form_names_an_author_or_shows_what_was_taken_out(published: Path) -> None:
    forms = [each for each in published.iterdir() if each.is_file()]
    assert {".html", ".pdf", ".xlsx", ".json"} <= {each.suffix for each in forms}
    for form in forms:
        text = " ".join(folded(words(form)))
        for name in (*AUTHORS, *(part for author in AUTHORS for part in author.split()), "Guest Number"):
            assert name.casefold() not in text, form.name
        for secret in TAKEN_OUT:
            assert secret.casefold() not in text and secret.replace(" ", "") not in text, form.name


def test_41_every_quote_has_at_most_25_words_a_date_and_a_link(published: Path) -> None:
    held = list(quotes(json.loads((published / "report.json").read_text(encoding="utf-8"))))
    assert any(each["text"].casefold().startswith("nobody answered the phone all week") for each in held)
    for quote in held:
        assert len(quote["text"].split()) <= LONGEST
        assert quote["posted_on"] and quote["link"].startswith("https://reviews.example/r/")


def test_41_no_form_holds_more_of_a_review_than_25_words_in_a_row(published: Path) -> None:
    spoken = folded(LONG)
    short = " ".join(spoken[:6])
    runs = [" ".join(spoken[at : at + LONGEST + 1]) for at in range(len(spoken) - LONGEST)]
    shown = []
    for form in (each for each in published.iterdir() if each.is_file()):
        text = " ".join(folded(words(form)))
        assert not [run for run in runs if run in text], form.name
        shown += [form.suffix] if short in text else []
    assert {".xlsx", ".json"} <= set(shown), "the canary is among the statements that are listed"
