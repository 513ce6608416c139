"""How grave a complaint is (0–3), and flags that run across gaps: readable cue lists (`cues.toml`), nothing learnt.

3: safety, law, money lost, discrimination. 2: failed and not recovered, or they leave. 1: annoyance. 0: no complaint.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("cues.toml")
COMPLAINT = 0.5
GRAVE = "grave"
GRAVE_GAPS = frozenset({"safety", "security"})
BEFORE = 28
"""Characters before a cue in which a word of `unless` turns it off: some three words."""

_WORD = re.compile(r"[a-z]+")


class Cue(NamedTuple):
    """A flag, the pattern that raises it, the words just before it that turn it off, what it is about, and whether it
    tells of harm that was done, which is a complaint by itself."""

    flag: str
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    about: str = ""
    done: bool = False


class Elsewhere(NamedTuple):
    """How a statement names another business, and the words that turn back to the one that is audited."""

    says: re.Pattern[str]
    here: re.Pattern[str]

    def before(self, lower: str, at: int) -> bool:
        """Whether another business is what a statement, lower-case, speaks of before this place and to its end."""
        ends = [match.end() for match in self.says.finditer(lower, 0, at)]
        return bool(ends) and self.here.search(lower, ends[-1]) is None


@lru_cache(maxsize=1)
def others() -> Elsewhere:
    """As the cue lists tell it."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))["elsewhere"]
    return Elsewhere(*(re.compile(rf"\b(?:{'|'.join(told[name])})\b") for name in ("says", "here")))


@lru_cache(maxsize=4)
def cues(file: Path = FILE) -> tuple[tuple[Cue, ...], dict[str, tuple[int, ...]], frozenset[str]]:
    """The cue lists, the cues that each trigger word calls for, and all trigger words."""
    found: list[Cue] = []
    by_word: dict[str, tuple[int, ...]] = {}
    for number, entry in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["cue"]):
        unless = "|".join(re.escape(word) for word in entry["unless"])
        off = re.compile(rf"(?:^|[\s,])(?:{unless})(?:\s+\w+){{0,2}}\s+$") if unless else None
        found.append(
            Cue(
                entry["flag"],
                re.compile("|".join(entry["says"])),
                off,
                entry.get("about", ""),
                entry.get("done", False),
            )
        )
        for word in entry["words"].split():
            by_word[word] = (*by_word.get(word, ()), number)
    return tuple(found), by_word, frozenset(by_word)


def flags(statement: str, file: Path = FILE) -> tuple[str, ...]:
    """What a statement says beside its gap, in the order of the cue lists."""
    return tuple(dict.fromkeys(cue.flag for cue in raised(statement, file)))


def abouts(statement: str, flag: str) -> frozenset[str]:
    """What a flag is about, where its cues tell: a grave case may be one of safety, law, money lost or press."""
    return frozenset(cue.about for cue in raised(statement) if cue.flag == flag and cue.about)


def harmed(statement: str) -> bool:
    """Whether a statement tells of harm that a firm, its people or its things did."""
    return any(cue.done for cue in raised(statement))


def raised(statement: str, file: Path = FILE) -> list[Cue]:
    """The cues that stand in a statement, in the order of the lists."""
    lower = statement.lower()
    return [cue for cue in _called(lower, file) if _until(cue, lower) is not None]


def elsewhere(statement: str) -> bool:
    """Whether a statement tells of harm, and all of it of another business, named before, as the one that did it."""
    lower = statement.lower()
    harms = [cue for cue in _called(lower) if cue.flag == GRAVE]
    by_another = any(others().before(lower, match.start()) for cue in harms for match in cue.says.finditer(lower))
    return by_another and all(_until(cue, lower) is None for cue in harms)


def _called(lower: str, file: Path = FILE) -> list[Cue]:
    """The cues of which a trigger word stands in a statement, lower-case."""
    lists, by_word, triggers = cues(file)
    words = triggers.intersection(_WORD.findall(lower))
    return [lists[number] for number in sorted({number for word in words for number in by_word[word]})]


def raised_until(statement: str, flag: str) -> int:
    """Where the first phrase ends that raises a flag; 0 where none does."""
    found = [_until(cue, statement.lower()) for cue in raised(statement) if cue.flag == flag]
    return min((at for at in found if at is not None), default=0)


def _until(cue: Cue, lower: str) -> int | None:
    """Where one of the cue's phrases ends that stands without a word before it that turns it off, nor, if it is grave,
    another business that did it."""
    for match in cue.says.finditer(lower):
        before = lower[max(0, match.start() - BEFORE) : match.start()].replace("’", "'")
        if cue.unless and cue.unless.search(before):
            continue
        if cue.flag != GRAVE or not others().before(lower, match.start()):
            return match.end()
    return None


def severity(complaint: float, gaps: tuple[str, ...], found: tuple[str, ...]) -> int:
    """0–3 for one statement, from its complaint probability, its gaps and its flags."""
    if complaint < COMPLAINT:
        return 0
    if GRAVE in found or "discrimination" in found or GRAVE_GAPS.intersection(gaps):
        return 2 if "recovery" in found else 3
    if "recovery" in found:
        return 1
    return 2 if "leaving" in found or "warning" in found or "repeat-contact" in found else 1
