"""ACCEPTANCE d30, d31, d34: a publication appears whole or not at all, whoever dies or races; twice is once."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import audits.publish as module
from audits.publish import PublishError, intact, publish
from tests.audits.test_publish import WORDS, leftovers, put


def _race(given: tuple[str, int]) -> bool:
    root, number = given
    publish(
        {"report.html": str(number).encode() * 999, "annex.html": str(number).encode() * 999},
        root=Path(root),
        engagement="harbour",
        audit_id=f"2026-06-30-{number:08x}",
        summary=WORDS,
    )
    latest = Path(root) / "harbour" / "latest-draft"
    page = (Path(root) / "harbour" / "index.html").read_text()
    return intact(latest.resolve()) and page.endswith("</html>")


def test_34_publishing_twice_is_publishing_once(tmp_path: Path) -> None:
    first = put(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in first.path.iterdir()}
    index = first.index.read_bytes()
    again = put(tmp_path)
    assert not again.fresh and again.path == first.path and again.index.read_bytes() == index
    assert before == {path: path.stat().st_mtime_ns for path in again.path.iterdir()}


def test_34_racing_publishers_leave_every_publication_whole_and_one_latest(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        assert all(pool.map(_race, [(str(tmp_path), number % 6) for number in range(18)]))
    home = tmp_path / "harbour"
    audits = [path for path in home.iterdir() if path.is_dir() and not path.is_symlink()]
    assert len(audits) == 6 and all(map(intact, audits)) and not leftovers(tmp_path)
    assert all(f'href="{path.name}/report.html"' in (home / "index.html").read_text() for path in audits)


@pytest.mark.parametrize("step", ["_write", "_sync", "_point", "_write_index", "rename", "replace"])
def test_30_a_publisher_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path, step: str) -> None:
    first = put(tmp_path)
    index = first.index.read_bytes()
    owner = "pathlib.Path" if step in ("rename", "replace") else "audits.publish"
    script = (
        f"import os, signal, {owner.rpartition('.')[0] or owner}, audits.publish as p\n"
        f"import pathlib\n"
        f"{owner}.{step} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"p.publish({{'report.html': b'two'}}, root=pathlib.Path({str(tmp_path)!r}), engagement='harbour', "
        f"audit_id='2026-07-01-bbbbbbbb')\n"
    )
    died = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert intact(first.latest.resolve()) and first.index.read_bytes() == index
    second = publish({"report.html": b"two"}, root=tmp_path, engagement="harbour", audit_id="2026-07-01-bbbbbbbb")
    assert intact(second.path) and second.path.name == "2026-07-01-bbbbbbbb"
    assert second.latest.resolve() == second.path and not leftovers(tmp_path)


def test_31_a_full_disk_fails_with_a_sentence_and_the_last_good_one_still_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = put(tmp_path)

    def full(path: Path, body: bytes) -> None:
        path.write_bytes(body[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_write", full)
    with pytest.raises(PublishError, match="No space left on device; what stood there still stands"):
        put(tmp_path, "2026-07-31-bbbbbbbb")
    assert intact(first.latest.resolve()) and not leftovers(tmp_path)
    assert not (tmp_path / "harbour" / "2026-07-31-bbbbbbbb").exists()
