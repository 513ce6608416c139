"""What a page is made of, as a parser sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from dataclasses import replace as changed
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "br", "link", "img", "input", "hr"}


@dataclass
class Page(HTMLParser):
    """Every tag with its attributes, the text outside the style sheet, and whether each tag was closed."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    style: str = ""
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)

    @property
    def shape(self) -> set[tuple[str, str]]:
        """Every (tag, attribute) pair, and every tag."""
        return {(tag, name) for tag, attributes in self.tags for name in ("", *attributes)}

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def values(self, name: str) -> Iterator[str]:
        """Every value of an attribute."""
        return (attributes[name] or "" for _, attributes in self.tags if name in attributes)


def read(page: bytes | str) -> Page:
    found = Page()
    found.feed(page.decode() if isinstance(page, bytes) else page)
    found.close()
    assert not found.open
    return found


FREE_TEXT = {
    "text", "quote", "name", "business", "competitor", "location", "site", "listing", "reason", "sentence", "why_sure",
    "title", "industry", "brand_name", "basis", "scope", "notes", "locations", "way", "version", "model",
}  # fmt: skip


def poisoned(value: Any, poison: str, name: str = "") -> Any:
    """The same value with a poison in every field that people or sites may have written."""
    if is_dataclass(value) and not isinstance(value, type):
        return changed(value, **{f.name: poisoned(getattr(value, f.name), poison, f.name) for f in fields(value)})
    if hasattr(value, "_fields"):
        return value._replace(**{each: poisoned(getattr(value, each), poison, each) for each in value._fields})
    if isinstance(value, tuple):
        return tuple(poisoned(item, poison, name) for item in value)
    return value + poison if isinstance(value, str) and name in FREE_TEXT else value
