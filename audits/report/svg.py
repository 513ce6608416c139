"""A chart as inline SVG: known elements and attributes only, no style, no id, no link; a title and a description."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from audits.catalogue.forms import marks
from audits.report.look import CLASSES, dressed
from audits.report.words import shown

_TAGS = frozenset({"svg", "g", "path", "line", "text", "rect", "circle", "tspan"})
_KEPT = """
viewBox width height transform d x y x1 y1 x2 y2 cx cy r dx dy fill fill-opacity stroke stroke-width stroke-opacity
stroke-dasharray opacity text-anchor font-size font-weight
"""
_ATTRIBUTES = frozenset(_KEPT.split())
_POINT = "M0,0h0v0h0Z"
_LONG = re.compile(r"\d+\.\d{3,}")
"""A number finer than anybody sees."""
_DEFAULTS = {("opacity", "1"), ("stroke-width", "1"), ("transform", "translate(0,0)"), ("fill-opacity", "1")}


def drawn(chart: Any, *, key: str, title: str, described: str, left: int) -> str:
    """The chart as an `<svg>` string. `key` makes the ids of title and description unique on the page."""
    import vl_convert

    spec = json.dumps(_seen(dressed(chart.to_dict(validate=False), left)), sort_keys=True)
    drawn = vl_convert.vegalite_to_svg(spec, format_locale=marks())
    return cleaned(drawn, key=key, title=shown(title), described=shown(described))


def cleaned(raw: str, *, key: str, title: str, described: str) -> str:
    """An SVG rebuilt from the elements and attributes that are known."""
    root = _element(ElementTree.fromstring(raw))  # noqa: S314  # written by our own renderer a moment ago
    assert root is not None
    root.attrib |= {"role": "img", "aria-labelledby": f"{key}-t {key}-d", "class": "chart"}
    for tag, text, suffix in (("desc", described, "d"), ("title", title, "t")):
        named = ElementTree.Element(tag, {"id": f"{key}-{suffix}"})
        named.text = text
        root.insert(0, named)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _seen(spec: Any) -> Any:
    """The same specification with every text as it may be shown."""
    if isinstance(spec, dict):
        return {shown(str(key)): _seen(value) for key, value in spec.items()}
    if isinstance(spec, list):
        return [_seen(value) for value in spec]
    return shown(spec) if isinstance(spec, str) else spec


def _element(given: ElementTree.Element) -> ElementTree.Element | None:
    tag = given.tag.rpartition("}")[2]
    empty = tag == "path" and given.get("d", "") in ("", _POINT)
    unseen = given.get("display") == "none" or given.get("fill") == given.get("stroke") == "transparent"
    if tag not in _TAGS or empty or unseen or (tag == "rect" and given.get("fill") == "transparent"):
        return None
    kept = {
        name: _LONG.sub(_rounded, value)
        for name, value in given.attrib.items()
        if name in _ATTRIBUTES and (name, value) not in _DEFAULTS
    }
    classes = " ".join(_classes(kept))
    found = ElementTree.Element(tag, kept | ({"class": classes} if classes else {}))
    found.text = given.text if tag in ("text", "tspan") else None
    for child in (child for child in map(_element, given) if child is not None):
        bare = child.tag == "g" and not child.attrib
        found.extend(child if bare else [child])
    if tag == "g" and not len(found):
        return None
    return found


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _classes(attributes: dict[str, str]) -> Iterator[str]:
    for name, prefix in (("fill", "f"), ("stroke", "s")):
        if attributes.get(name, "").lower() in CLASSES:
            yield f"{prefix}-{CLASSES[attributes[name].lower()]}"
