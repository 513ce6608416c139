"""docs/commands.md is what the parser of the command line says: `python -m flows.commands_page > docs/commands.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import typer

from flows.cli import app

HEAD = """# The commands and their options

Made by `python -m flows.commands_page` from what `telltale COMMAND --help` says. Exit codes: 0 complete,
2 held or partial, or a command line that cannot be understood, 1 failed,
130 ended by Ctrl-C. Every command has `-h` and `--help`.
"""


def page() -> str:
    """The page: a part a command, in the order in which `telltale --help` lists them."""
    group: Any = typer.main.get_command(app)
    parts = ["\n".join(_part(name, command)) for name, command in group.commands.items()]
    return "\n".join([HEAD, *parts])


def _part(name: str, command: Any) -> Iterator[str]:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option" and not each.hidden]
    needed = [f"{each.opts[0]} {_value(each)}" for each in options if each.required]
    called = " ".join([name, *(each.metavar for each in arguments), *needed])
    yield f"## `telltale {called}`\n\n{command.help}\n"
    yield "| | |\n|---|---|"
    for each in arguments:
        yield _row(each.metavar, each)
    for each in options:
        yield _row(" ".join([", ".join(each.opts), _value(each)]).strip(), each)
    yield ""


def _row(written: str, parameter: Any) -> str:
    default = parameter.default
    told = f" Default: {default}." if default not in (None, False, "") and not parameter.required else ""
    more = " May be given more than once." if parameter.multiple else ""
    cells = (f"`{written}`", f"{parameter.help}{told}{more}")
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _value(option: Any) -> str:
    """What follows an option: nothing where it is a switch."""
    if option.is_flag:
        return ""
    return str(option.metavar or ("NUMBER" if option.type_descriptor.annotation in (int, float) else "TEXT"))


if __name__ == "__main__":
    sys.stdout.write(page())
