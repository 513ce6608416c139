"""What a person does at the keyboard acts on what lies on the mirror, and what it makes lies there afterwards."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from audits.report.forms import screen
from flows.commands import approve
from flows.commands.intake import run as intake
from tests.flows.command import KEY, complete, telltale
from tests.flows.engagements import engagement
from tests.flows.test_collect import engagement as crawled
from tests.spiders.bench import serving

PUBLISHED = Path("publications") / "corner-cafe"


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the mirror is, and one store for all machines."""
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    monkeypatch.setenv("TELLTALE_STORE_URL", f"sqlite:///{tmp_path / 'shared.db'}")
    monkeypatch.setenv("TELLTALE_MIRROR_URL", (tmp_path / "bucket").as_uri())
    monkeypatch.setattr("flows.approve.render_all", screen)
    return tmp_path / "bucket"


def settings(bucket: Path) -> dict[str, str]:
    return {
        "TELLTALE_STORE_URL": f"sqlite:///{bucket.parent / 'shared.db'}",
        "TELLTALE_MIRROR_URL": bucket.as_uri(),
    }


def handed_in(file: Path, export: Path, home: Path) -> int:
    return intake(file, [export], listing="own", fetched_at=None, home=home, as_json=True)


def test_a_draft_of_one_machine_is_approved_on_another_and_recalled_on_a_third(
    bucket: Path, tmp_path: Path, api_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, one, two, three = engagement(tmp_path / "e"), *(tmp_path / name for name in ("one", "two", "three"))
    complete(telltale("audit", file, "--out", one, PREFECT_API_URL=api_url, **settings(bucket)))
    asked = {"audit": None, "who": "Ida", "workbook": None, "back": None, "without_check": True}
    assert approve.approve(engagement=file, home=two, **asked) == 0, capsys.readouterr().err  # type: ignore[arg-type]
    latest = bucket / PUBLISHED / "latest"
    assert (bucket / PUBLISHED / latest.read_text() / "report.html").is_file()
    asked = {"audit": None, "who": "Bo", "reason": "Wrong branch"}
    assert approve.withdraw(engagement=file, home=three, **asked) == 0, capsys.readouterr().err  # type: ignore[arg-type]
    assert not latest.exists(), "who reads the mirror is led to no report that was recalled"


def test_what_is_handed_in_lies_on_the_mirror_at_once(bucket: Path, tmp_path: Path) -> None:
    file, home = engagement(tmp_path / "e"), tmp_path / "one"
    assert handed_in(file, file.parent / "own.csv", home) == 0
    assert [each.name for each in sorted(bucket.rglob("*.js*"))] == ["manifest.json", "rejects.jsonl", "reviews.jsonl"]
    complete(telltale("archive", file, "--to", tmp_path / "all.zip", "--out", tmp_path / "two", **settings(bucket)))
    with ZipFile(tmp_path / "all.zip") as archived:
        assert [name for name in archived.namelist() if name.endswith("reviews.jsonl")], "handed in on another machine"


def test_what_is_collected_on_one_machine_is_replayed_on_another(bucket: Path, tmp_path: Path, api_url: str) -> None:
    with serving() as bench:
        bench.pages(40)
        file = crawled(tmp_path, bench)
        asked = {"PREFECT_API_URL": api_url} | settings(bucket)
        complete(telltale("collect", file, "--out", tmp_path / "one", **asked), noisy=True)
        complete(telltale("replay", file, "--store", "--out", tmp_path / "two", **asked), noisy=True)
    assert len({each.parent for each in bucket.rglob("manifest.json")}) == 2


def test_nothing_is_taken_in_nor_released_where_the_mirror_is_away(
    bucket: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = engagement(tmp_path / "e"), tmp_path / "one"
    monkeypatch.setenv("TELLTALE_MIRROR_URL", "nowhere://bucket")
    assert handed_in(file, file.parent / "own.csv", home) == 1
    assert approve.withdraw(engagement=file, home=home, audit=None, who="Bo", reason="Wrong branch") == 1
    assert capsys.readouterr().err.count("TELLTALE_MIRROR_URL: nowhere://bucket cannot be used") == 2
    assert not (home / "landings").exists()
