"""One look for every chart: colours that colour-blind readers tell apart, direct labels, no grid that is not read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

INK, MUTED, FAINT, ACCENT, BAND, BAR = "#1b2733", "#55626f", "#d8d4ca", "#0f5c5c", "#bcd6d4", "#7fb5b2"
RISING, FALLING, STEADY, UNKNOWN = "#b3470a", "#0b62a8", "#5b6470", "#ffffff"
TREND = {"rising": RISING, "falling": FALLING, "steady": STEADY}
MARKS = {"rising": "▲", "falling": "▼", "steady": "●"}
"""A direction is never told by colour alone."""

CLASSES = {
    INK: "ink", MUTED: "muted", FAINT: "faint", ACCENT: "accent", BAND: "band", BAR: "bar",
    RISING: "rising", FALLING: "falling", STEADY: "steady", UNKNOWN: "paper",
}  # fmt: skip
"""Colour → the class that a style sheet may restyle, for dark mode and print."""

FONT = "Liberation Sans"
"""Bundled with the renderer, so labels are measured alike on every machine; the page's own font replaces it."""


AXIS = {
    "labelColor": MUTED, "titleColor": MUTED, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    "domainColor": FAINT, "tickColor": FAINT, "gridColor": FAINT, "gridOpacity": 0.6, "labelLimit": 230,
    "titlePadding": 8,
}  # fmt: skip


def dressed(spec: Mapping[str, Any], left: int) -> dict[str, Any]:
    """The specification with the common configuration and so much space on its left."""
    padding = {"left": left, "right": 12, "top": 4, "bottom": 4}
    config = {"font": FONT, "background": "transparent", "padding": padding, "view": {"stroke": None}, "axis": AXIS}
    return {**spec, "config": config}
