"""A report too large for memory is the same report, and leaves nothing behind."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

import pytest

from audits.publish import intact, publish
from audits.report import kept
from audits.report.forms import screen
from audits.report.json import render
from audits.report.kept import Kept, digest, pieces
from audits.report.parts import EvidenceSet, ReviewLine
from tests.audits.report import samples

LARGE = ("annex.html", "report.json")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files without a name lie."""
    (place := tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_large_forms_lie_in_files_without_a_name_and_are_the_same_bytes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = screen(samples.report())
    monkeypatch.setattr(kept, "LARGE", 5_000)
    large = screen(samples.report())
    assert [name for name, form in sorted(large.items()) if isinstance(form, Kept)] == [*LARGE]
    for name in LARGE:
        assert b"".join(pieces(large[name])) == small[name]
        assert digest(large[name]) == sha256(b"".join(pieces(small[name]))).hexdigest()
    assert not list(folder.iterdir())


def test_a_line_of_the_json_is_what_python_writes_of_it() -> None:
    awkward = 'He said "50% \\ off", ünd left\u2028\x00\U0001f600\ud800'
    line = ReviewLine(key=awkward, business="B", site="%s", location=None, posted_on="", precision="day", stars=4.5,
                      link=None)  # fmt: skip
    held = EvidenceSet(id="E1", subject=awkward, labels=("%", awkward), reviews=())
    written = render(replace(samples.report(), reviews=(line, replace(line, stars=4)), evidence=(held,)))
    for item in (line, replace(line, stars=4), held):
        assert json.dumps(asdict(item), sort_keys=True) in [each.strip().rstrip(",") for each in written.split("\n")]


def test_large_forms_are_published_as_they_are_and_are_known_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = screen(samples.report())
    monkeypatch.setattr(kept, "LARGE", 5_000)
    first, again = (
        publish(forms, root=tmp_path, engagement="harbour", audit_id="2026-06-30-aaaaaaaa")
        for forms in (screen(samples.report()), small)
    )
    assert first.fresh and intact(first.path) and not again.fresh
    assert (first.path / "annex.html").read_bytes() == small["annex.html"]
