"""The page of the commands is what the parser says, and says something of every option."""

from __future__ import annotations

from flows.commands_page import page
from tests.flows.command import ROOT


def test_the_page_of_the_commands_is_what_the_parser_says() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == page(), "python -m flows.commands_page > docs/commands.md"


def test_every_argument_and_option_is_explained() -> None:
    rows = [line for line in page().splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    assert [row for row in rows if "None" in row or row.endswith("|  |")] == []
