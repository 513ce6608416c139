"""The frame: every process gap that a statement may be given, in the words that a client reads."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any


class FrameError(ValueError):
    """The frame's file says something that the frame cannot mean; the sentence names gap, key and reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """What to do this week (`first`), this quarter (`next`) and for good (`structural`)."""

    first: str
    next: str
    structural: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The check in the client's own records: what to pull, what would confirm the leak, what would refute it."""

    pull: str
    confirm: str
    refute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One operational process and how it fails. `borders` maps a neighbour's slug to the rule that tells them apart.

    `title` names the failing, `process` the process where it works: the name of a strength. `owners` maps an industry
    to what it calls the owner, where it has no such department.
    """

    code: str
    slug: str
    title: str
    process: str
    failed: str
    owner: str
    owners: Mapping[str, str]
    factor: str
    kpi: str
    fix: str
    stage: str
    cues_in: tuple[str, ...]
    cues_out: tuple[str, ...]
    borders: Mapping[str, str]
    aliases: Mapping[str, str]
    playbook: Playbook
    records: Records


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The gaps in their order, the journey stages with their titles, and the version of the whole."""

    version: str
    stages: Mapping[str, str]
    industries: tuple[str, ...]
    trades: Mapping[str, tuple[str, ...]]
    """Industry → words by which an engagement's own name for its trade is recognised."""
    gaps: tuple[Gap, ...]
    outside: Mapping[str, str]
    """What a statement is that no gap takes → what that means."""

    @property
    def slugs(self) -> tuple[str, ...]:
        """Every slug, in the frame's order."""
        return tuple(gap.slug for gap in self.gaps)

    def industry(self, trade: str) -> str | None:
        """The industry of a trade's own name: `Car insurance` is an `insurer`, for the last word known wins."""
        plain = f" {' '.join(trade.casefold().replace('-', ' ').split())} "
        found = {
            plain.rfind(f" {word.replace('-', ' ')} "): industry
            for industry in self.industries
            for word in (industry, *self.trades[industry])
        }
        return found[max(found)] if max(found) >= 0 else None

    def gap(self, slug: str) -> Gap:
        """The gap with this slug; an unknown one is a `LookupError` with a suggestion."""
        for gap in self.gaps:
            if gap.slug == slug:
                return gap
        near = difflib.get_close_matches(slug, self.slugs, n=1)
        raise LookupError(f"no gap {slug!r} in the frame" + (f"; did you mean {near[0]!r}?" if near else ""))


@cache
def frame() -> Frame:
    """The frame that is shipped with the package, read and checked once."""
    text = resources.files(__package__).joinpath("gaps.toml").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> Frame:
    """A frame from TOML, checked whole: `FrameError` names the first thing that is wrong."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FrameError(f"gaps.toml: {error}") from None
    for key in ("version", "stages", "industries", "trades", "outside", "gaps"):
        if key not in raw:
            raise FrameError(f"gaps.toml: {key}: missing")
    found = Frame(
        version=raw["version"],
        stages=MappingProxyType(dict(raw["stages"])),
        industries=tuple(raw["industries"]),
        trades=MappingProxyType({name: tuple(words) for name, words in raw["trades"].items()}),
        gaps=tuple(_gap(row) for row in raw["gaps"]),
        outside=MappingProxyType(dict(raw["outside"])),
    )
    _check(found)
    return found


def _gap(row: Mapping[str, Any]) -> Gap:
    flat = {"owners": {}} | dict(row)
    name = flat.get("slug", "?")
    try:
        flat |= {key: tuple(flat[key]) for key in ("cues_in", "cues_out")}
        flat |= {key: MappingProxyType(dict(flat[key])) for key in ("borders", "aliases", "owners")}
        flat |= {"playbook": Playbook(**flat["playbook"]), "records": Records(**flat["records"])}
        return Gap(**flat)
    except KeyError as error:
        raise FrameError(f"gaps.toml: {name}: {error.args[0]}: missing") from None
    except TypeError as error:
        raise FrameError(f"gaps.toml: {name}: {str(error).partition('() ')[2] or error}") from None


def _check(found: Frame) -> None:
    slugs = found.slugs
    for kind in ("slug", "code", "title", "process"):
        values = [getattr(gap, kind) for gap in found.gaps]
        twice = {value for value in values if values.count(value) > 1}
        if twice:
            raise FrameError(f"gaps.toml: {kind}: {sorted(twice)[0]!r} stands twice")
    if set(found.trades) != set(found.industries):
        raise FrameError("gaps.toml: trades: must name every industry, and no other")
    for gap in found.gaps:
        if gap.stage not in found.stages:
            raise FrameError(f"gaps.toml: {gap.slug}: stage: {gap.stage!r} is none of {', '.join(found.stages)}")
        strange = (set(gap.borders) - set(slugs)) | (set(gap.aliases) ^ set(found.industries))
        strange |= set(gap.owners) - set(found.industries)
        if strange:
            raise FrameError(f"gaps.toml: {gap.slug}: {sorted(strange)[0]!r} is no gap or industry, or is missing")
