"""Statements of public sets that a model may learn from by their licence, and that no measure of the gaps reads.

Lounge reviews (CC0), letters to a regulator (MIT) and MAMS sentences (Apache-2.0). The tables beside this file hold
places and labels, no text: each statement was labelled once, with the frame in hand. For development.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from audits.analysis.train import Row

PLACES = Path(__file__).parent
TRADE = {"lounges": "airport", "letters": "bank", "restaurants": "restaurant"}


def labelled(folder: Path) -> list[tuple[Row, ...]]:
    """Reviews of public sets whose licence lets a model learn from them, as far as the project labelled statements."""
    texts: dict[str, Callable[[str], dict[int, str]]] = {
        "lounges": lambda _: _lounges(folder / "skytrax" / "lounge.csv"),
        "letters": lambda file: _letters(folder / "cfpb_raw_220" / file),
        "restaurants": lambda file: _sentences(folder / "mams" / file),
    }
    found = []
    for name, read in texts.items():
        lines = [line.split("\t") for line in (PLACES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]]
        held = {file: read(file) for file in {line[0] for line in lines}}
        for (file, row), places in groupby(lines, key=lambda line: (line[0], line[1])):
            text = held[file][int(row)]
            found.append(
                tuple(
                    Row(label=label, industry=TRADE[name], text=text[int(start) : int(end)])
                    for *_, start, end, label in places
                )
            )
    return found


def _lounges(path: Path) -> dict[int, str]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return {row: each["content"] for row, each in enumerate(csv.DictReader(file))}


def _letters(path: Path) -> dict[int, str]:
    return {row: each["text"] for row, each in enumerate(json.loads(path.read_text(encoding="utf-8")))}


def _sentences(path: Path) -> dict[int, str]:
    tree = ElementTree.parse(path)  # noqa: S314  a public set that the developer has downloaded
    return {row: each.findtext("text") or "" for row, each in enumerate(tree.iter("sentence"))}
