"""A report is verified against the store, released by a person who checked it, recalled, and shown on loopback."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from openpyxl import load_workbook

from audits.report.forms import screen
from flows.commands import approve, verify
from flows.commands.persons import forget
from tests.flows.command import KEY, complete, telltale
from tests.flows.engagements import engagement
from tests.flows.mailbox import mail_server


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> tuple[Path, Path]:
    file, home = engagement(tmp_path_factory.mktemp("trust"), reviews=90), tmp_path_factory.mktemp("home")
    complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
    return file, home


@pytest.fixture
def copied(audited: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """The workspace again, to be spoilt."""
    home = tmp_path / "home"
    shutil.copytree(audited[1], home, symlinks=True, ignore=shutil.ignore_patterns("prefect"))
    return audited[0], home


def draft(home: Path) -> Path:
    return (home / "publications" / "corner-cafe" / "latest-draft").resolve()


def test_a_publication_that_nobody_touched_is_verified(audited: tuple[Path, Path]) -> None:
    ran = complete(telltale("verify", draft(audited[1]), "--json"))
    assert {check["well"] for check in json.loads(ran.stdout)} == {True}


def _statement(sql: str) -> Callable[[Path], None]:
    def change(home: Path) -> None:
        with sqlite3.connect(home / "store.db") as store:
            assert store.execute(sql).rowcount == 1

    return change


def _file(home: Path) -> None:
    path = draft(home) / "report.html"
    path.write_bytes(path.read_bytes().replace(b"12", b"13", 1))


ONE = "rowid = (select min(rowid) from"
PLAIN = (
    "select min(a.rowid) from assignments a join statements s using (engagement, model, content_hash, wording) "
    "where a.gap = 'booking' and json_extract(s.spans, '$[' || a.statement || '][3]') > 0.9"
)
SURE = f"rowid = ({PLAIN})"
"""A row that stands behind a figure: praise, or what is hardly a complaint, changes no number."""
SPOILT = {
    "stars": _statement(f"update review_versions set rating = 3.5 where {ONE} review_versions)"),
    "words": _statement(f"update review_versions set text = text || '.' where {ONE} review_versions)"),
    "day": _statement(f"update reviews set posted_on = '2020-01-01' where {ONE} reviews)"),
    "a gap": _statement(f"update assignments set gap = 'safety' where {SURE}"),
    "a gap gone": _statement(f"delete from assignments where {SURE}"),
    "a review gone": _statement(f"delete from review_versions where {ONE} review_versions)"),
    "a file": _file,
}


@pytest.mark.parametrize("what", SPOILT)
def test_one_changed_row_or_file_makes_it_fail(
    what: str, copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    SPOILT[what](copied[1])
    assert verify.run(folder=draft(copied[1]), home=None, as_json=False) == 1
    assert "BAD " in capsys.readouterr().out


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms of the screen alone: paper has tests of its own and is slow to set."""
    monkeypatch.setattr("flows.approve.render_all", screen)
    monkeypatch.setenv("TELLTALE_KEY", KEY)


def _approve(file: Path, home: Path, **more: Any) -> int:
    asked = {"audit": None, "who": "Ida", "workbook": None, "back": None, "without_check": False} | more
    return approve.approve(engagement=file, home=home, **asked)


def _filled(book: Path, answer: str) -> None:
    held = load_workbook(book)
    for row in held["Checks"].iter_rows(min_row=2):
        row[2].value = answer
    held.save(book)


def test_a_draft_is_not_approved_before_a_person_has_checked_it(copied: tuple[Path, Path]) -> None:
    ran = telltale("approve", copied[0], "--out", copied[1], "--who", "Ida")
    assert ran.returncode == 1 and "was not checked" in ran.stderr and "Traceback" not in ran.stderr
    assert not (copied[1] / "publications" / "corner-cafe" / "latest").exists()


def test_a_checked_draft_is_released_says_by_whom_and_how_many_were_right(
    copied: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    file, home = copied
    before, book = draft(home), home / "check.xlsx"
    assert _approve(file, home, workbook=book) == 0
    _filled(book, "y")
    assert _approve(file, home, back=book) == 0
    assert "Approved by Ida" in capsys.readouterr().out
    latest = (home / "publications" / "corner-cafe" / "latest").resolve()
    page = (latest / "report.html").read_text(encoding="utf-8")
    assert re.search(r"Checked by hand: (\d+) of \1 statements", page) and "<strong>Draft.</strong>" not in page
    assert draft(home) == before
    assert (latest / "report.pdf").exists() and not (before / "report.pdf").exists()  # `drafts = "screen"`
    assert verify.run(folder=latest, home=None, as_json=False) == 0


@pytest.mark.usefixtures("plain")
def test_a_leak_that_was_mostly_misread_is_held(copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    file, home = copied
    assert _approve(file, home, workbook=home / "check.xlsx") == 0
    _filled(home / "check.xlsx", "n")
    assert _approve(file, home, back=home / "check.xlsx") == 1
    assert "is held: only 0 of" in capsys.readouterr().err


@pytest.mark.usefixtures("plain")
def test_without_a_check_the_report_says_that_nobody_checked_and_a_recall_says_why(
    copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = copied
    assert _approve(file, home, without_check=True) == 0
    latest = home / "publications" / "corner-cafe" / "latest"
    assert "Nobody checked the reading" in (latest / "report.html").read_text(encoding="utf-8")
    capsys.readouterr()
    assert approve.withdraw(engagement=file, home=home, audit=None, who="Bo", reason="Wrong branch") == 0
    place = Path(capsys.readouterr().out.split(": ", 1)[1].split(" says so")[0])
    assert "Wrong branch." in place.read_text(encoding="utf-8") and not latest.exists()
    assert approve.withdraw(engagement=file, home=home, audit=None, who="Bo", reason="Wrong branch") == 1
    assert "no approved publication" in capsys.readouterr().err


@pytest.mark.usefixtures("plain")
def test_an_approved_report_goes_to_its_recipients_and_a_recall_says_who_has_a_copy(
    copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, home = copied[0].with_name("with-recipients.toml"), copied[1]
    file.write_text('recipients = ["boss@example.org", "ops@example.org"]\n' + copied[0].read_text("utf-8"), "utf-8")
    monkeypatch.delenv("TELLTALE_SMTP_URL", raising=False)
    assert _approve(file, home, without_check=True) == 0
    told = capsys.readouterr().out
    assert told.count("no mail server is set (TELLTALE_SMTP_URL)") == 1 and "Approved by Ida" in told
    assert (home / "publications" / "corner-cafe" / "latest").is_symlink()
    with mail_server() as (smtp, box):
        monkeypatch.setenv("TELLTALE_SMTP_URL", smtp)
        assert _approve(file, home, without_check=True) == 0
        assert _approve(file, home, without_check=True) == 0  # the same report: nobody gets it twice
    assert [to for to, _ in box.got] == [["boss@example.org"], ["ops@example.org"]]
    assert all(b"Corner Caf" in body and b"X-Unsent" not in body for _, body in box.got)
    capsys.readouterr()
    assert approve.withdraw(engagement=file, home=home, audit=None, who="Bo", reason="Wrong branch") == 2
    said = capsys.readouterr().out
    assert "boss@example.org was sent a copy" in said and "ops@example.org was sent a copy" in said


@pytest.mark.usefixtures("plain")
def test_a_recipient_whom_the_mail_server_refuses_is_named_and_the_approval_holds(
    copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, home = copied[0].with_name("one-recipient.toml"), copied[1]
    file.write_text('recipients = ["boss@example.org"]\n' + copied[0].read_text("utf-8"), "utf-8")
    monkeypatch.setenv("TELLTALE_SMTP_URL", "smtp://user:pa55word@127.0.0.1:1")
    assert _approve(file, home, without_check=True) == 2
    said = capsys.readouterr()
    assert "boss@example.org: the mail server of TELLTALE_SMTP_URL did not take the message" in said.out
    assert "pa55word" not in said.out + said.err
    assert (home / "publications" / "corner-cafe" / "latest").is_symlink()
    assert approve.withdraw(engagement=file, home=home, audit=None, who="Bo", reason="Wrong branch") == 0


def _forgotten(file: Path, home: Path, review: str) -> None:
    asked = {"name": None, "review": review, "reason": "asked", "who": "dpo", "home": home, "as_json": True}
    assert forget(file, **asked) in (0, 2)  # type: ignore[arg-type]  # told apart by their names


@pytest.mark.usefixtures("plain")
def test_what_was_approved_stays_approved_and_is_led_to_after_each_erasure(
    copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = copied
    assert _approve(file, home, without_check=True) == 0
    latest = home / "publications" / "corner-cafe" / "latest"
    lines = json.loads((latest / "report.json").read_text(encoding="utf-8"))["reviews"]
    for line in [each for each in lines if each["stars"] == 1][:3]:
        _forgotten(file, home, line["key"])
        assert (latest / "report.html").is_file() and (draft(home) / "report.html").is_file()
        capsys.readouterr()
        assert verify.run(folder=latest.resolve(), home=None, as_json=False) == 2
        assert "BAD" not in (told := capsys.readouterr().out) and "no longer held (erased on request" in told
    with sqlite3.connect(home / "store.db") as store:
        rows = store.execute("select path, state from publications").fetchall()
    assert len({path for path, _ in rows}) == len(rows) == 8, "no folder is named like one that was recalled"
    live = {Path(path).name: state for path, state in rows if state != "erased"}
    assert live == {latest.resolve().name: "approved", draft(home).name: "draft"}


def test_a_folder_without_a_publication_is_refused_with_the_next_step(tmp_path: Path) -> None:
    ran = telltale("verify", tmp_path)
    assert ran.returncode == 1 and "Name the folder of an audit" in ran.stderr


def test_publications_are_shown_on_loopback_without_what_is_hidden(audited: tuple[Path, Path]) -> None:
    from flows.commands.serve import server

    with server(audited[1] / "publications", 0) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{served.server_port}/corner-cafe"
        with urlopen(f"{base}/index.html") as page:
            assert page.headers["Cache-Control"] == "no-store" and b"Corner" in page.read()
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{base}/.lock")
        served.shutdown()
