"""What the engagement file says of dress and of competitors' names reaches the report, and a bad logo is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows import release
from flows.console import Stage
from flows.plan import Plan, planned
from tests.audits.report import samples
from tests.audits.report.test_logo import png
from tests.flows.engagements import engagement


def plan(folder: Path, logo: bytes, publishing: str = "") -> Plan:
    path = engagement(folder, rival=True)
    (folder / "logo.png").write_bytes(logo)
    text = path.read_text(encoding="utf-8")
    assert "[publishing]\n" in text
    text = text.replace("[publishing]\n", f"[publishing]\n{publishing}\n")
    target = '[[targets]]\nmeasure = "reply-days"\nvalue = 2\nby = 2024-12-31\n'
    path.write_text(f'{text}\n[branding]\nname = "North & Co"\nlogo = "logo.png"\n\n{target}', encoding="utf-8")
    return planned(path, home=folder / "home")


def reported(made: Plan, patch: pytest.MonkeyPatch) -> tuple[dict[str, Any], str]:
    built: dict[str, Any] = {}

    def build(**values: Any) -> None:
        built.update(values)

    patch.setattr(release, "build", build)
    patch.setattr(release, "screen", lambda report: {})
    said = Stage("report")
    release.reported.fn(made, samples.findings(), [], [], said)
    return built, said.counted


def test_logo_and_reply_target_stand_on_the_cover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built, said = reported(plan(tmp_path, png()), monkeypatch)
    assert built["cover"].logo.startswith("data:image/png;base64,") and "left out" not in said
    assert (built["cover"].reply_days, built["cover"].reply_by) == (2, "2024-12-31") and built["aliases"] == {}


def test_a_logo_that_is_none_is_left_out_and_the_run_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built, said = reported(plan(tmp_path, b"<svg onload='alert(1)'/>"), monkeypatch)
    assert built["cover"].logo is None and "The logo logo.png is left out: " in said


def test_competitors_have_letters_where_the_engagement_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan(tmp_path, png(), 'competitors = "letters"')
    built, _ = reported(made, monkeypatch)
    assert list(built["aliases"].values()) == ["Competitor A"]
    assert list(built["aliases"]) == [each.name for each in made.engagement.competitors]
