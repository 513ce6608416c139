"""A publication appears whole or not at all, whoever dies and whoever races."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import audits.publish as module
from audits.publish import PublishError, intact, publish

FORMS = {"report.html": b"<p>one</p>", "report.json": b"{}"}
WORDS = {"period": "June", "verdict": "It leaks."}


def put(root: Path, audit: str = "2026-06-30-aaaaaaaa", body: bytes = b"one", move: bool = True) -> module.Publication:
    forms = {"report.html": body * 200, "annex.html": body * 300}
    return publish(forms, root=root, engagement="harbour", audit_id=audit, summary=WORDS, move_latest=move)


def leftovers(root: Path) -> list[str]:
    return [path.name for path in (root / "harbour").iterdir() if path.name.startswith(".staging")]


def test_a_publication_holds_its_forms_and_their_hashes(tmp_path: Path) -> None:
    found = publish(FORMS, root=tmp_path, engagement="harbour", audit_id="2026-06-30-aaaaaaaa", summary=WORDS)
    assert found.path == tmp_path / "harbour" / "2026-06-30-aaaaaaaa" and found.fresh and intact(found.path)
    assert {path.name for path in found.path.iterdir()} == {*FORMS, "manifest.json"}
    assert json.loads((found.path / "manifest.json").read_text())["files"] == found.files
    assert (found.latest / "report.html").read_bytes() == FORMS["report.html"]
    assert found.latest.is_symlink() and not found.latest.readlink().is_absolute()
    assert (
        "It leaks." in found.index.read_text() and 'href="2026-06-30-aaaaaaaa/report.html"' in found.index.read_text()
    )


def test_other_bytes_under_the_same_name_are_a_revision_and_the_first_stays(tmp_path: Path) -> None:
    first, second = put(tmp_path, body=b"one"), put(tmp_path, body=b"two")
    assert second.path.name == "2026-06-30-aaaaaaaa.r2" and intact(first.path) and intact(second.path)
    assert put(tmp_path, body=b"two").path == second.path


def test_a_publication_that_was_tampered_with_is_not_taken_for_ours(tmp_path: Path) -> None:
    first = put(tmp_path)
    (first.path / "report.html").write_bytes(b"changed")
    assert not intact(first.path)
    assert put(tmp_path).path.name.endswith(".r2")
    (first.path / "extra.html").write_bytes(b"")
    assert not intact(first.path)


def test_latest_moves_forward_only_and_a_held_audit_moves_nothing(tmp_path: Path) -> None:
    put(tmp_path, "2026-06-30-ffffffff")
    assert put(tmp_path, "2026-06-30-00000000").latest.resolve().name == "2026-06-30-00000000"
    assert put(tmp_path, "2026-05-31-aaaaaaaa").latest.resolve().name == "2026-06-30-00000000"
    assert put(tmp_path, "2026-07-31-aaaaaaaa", move=False).latest.resolve().name == "2026-06-30-00000000"
    names = [path.name for path in (tmp_path / "harbour").iterdir() if path.is_dir() and not path.is_symlink()]
    index = (tmp_path / "harbour" / "index.html").read_text()
    assert all(f'href="{name}/report.html"' in index for name in names) and index.index("2026-07-31") < index.index(
        "2026-05-31"
    )


def test_where_links_cannot_be_made_latest_is_a_file_with_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, *given: object, **named: object) -> None:
        raise OSError("links are not allowed here")

    monkeypatch.setattr(Path, "symlink_to", refused)
    put(tmp_path)
    found = put(tmp_path, "2026-07-31-bbbbbbbb")
    assert found.latest.read_text() == "2026-07-31-bbbbbbbb\n" and "latest draft" in found.index.read_text()


@pytest.mark.parametrize("forms", [{}, {"manifest.json": b""}])
def test_a_publication_needs_forms_and_keeps_its_manifest(tmp_path: Path, forms: dict[str, bytes]) -> None:
    with pytest.raises(PublishError, match="cannot publish"):
        publish(forms, root=tmp_path, engagement="harbour", audit_id="a")


def test_a_stranger_in_the_folder_does_not_break_the_index(tmp_path: Path) -> None:
    (tmp_path / "harbour" / "notes").mkdir(parents=True)
    (tmp_path / "harbour" / "broken").mkdir()
    (tmp_path / "harbour" / "broken" / "manifest.json").write_text("{")
    assert "broken" not in put(tmp_path).index.read_text()
    assert not list((tmp_path / "harbour" / "notes").iterdir())
