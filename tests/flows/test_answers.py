"""The client's answers come back from the sheet of a report, and what was fixed is measured by the next audit."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from openpyxl import load_workbook

from audits import catalogue
from audits.report import answersheet
from audits.store import open_store
from audits.store.records import StoredAnswer, StoredPublication
from flows.answerbook import read
from flows.commands import answers
from flows.given import given
from flows.plan import planned
from tests.audits.report import samples
from tests.flows.command import KEY
from tests.flows.engagements import engagement

AUDIT = "2026-06-30-0123abcd"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    monkeypatch.delenv("TELLTALE_STORE_URL", raising=False)


def sheet() -> BytesIO:
    return BytesIO(answersheet.render(samples.report(), audit_id=AUDIT))


def issued(home: Path, *audits: str) -> None:
    home.mkdir(exist_ok=True)
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        for audit in audits:
            store.save_publication(
                "corner-cafe",
                StoredPublication(audit=audit, revision=1, state="draft", path=audit, report_digest=f"{9:064}"),
            )


def taken(file: Path, home: Path, back: Path) -> int:
    return answers.run(engagement=file, home=home, back=back, who="ann", as_json=False)


def test_the_sheet_has_a_row_a_leak_with_a_list_to_choose_from_and_no_formula() -> None:
    page = load_workbook(sheet())["Answers"]
    leaks = samples.report().leaks
    assert [row[0].value for row in page.iter_rows(min_row=2, max_row=len(leaks) + 1)] == [leak.title for leak in leaks]
    assert page.data_validations.dataValidation[0].formula1 == '"agree,dispute,fixed"'
    assert all(cell.data_type in ("s", "n") for row in page.iter_rows() for cell in row if cell.value is not None)
    assert answersheet.render(samples.report(), audit_id="x") == answersheet.render(samples.report(), audit_id="x")


def test_a_sheet_in_another_language_is_read_back_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    translated = Catalog(locale="de")
    for message, text in {"Answers": "Antworten", "Your answer": "Ihre Antwort", "dispute": "bestritten"}.items():
        translated.add(message, text)
    with (tmp_path / "de.po").open("wb") as out:
        write_po(out, translated)
    given = samples.report(given=samples.cover(language="de"))
    book = load_workbook(BytesIO(answersheet.render(given, audit_id=AUDIT)))
    book["Antworten"]["C2"] = "Bestritten"
    book.save(tmp_path / "back.xlsx")
    with catalogue.speaking("de"):
        (answer,) = read(tmp_path / "back.xlsx", [AUDIT], who="ann", at="2026-07-01")
    catalogue._translations.cache_clear()
    assert isinstance(answer, StoredAnswer) and answer.says == "dispute"


def test_answers_come_back_and_what_is_fixed_is_an_intervention_of_the_next_audit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = engagement(tmp_path, reviews=5), tmp_path / "home"
    issued(home, AUDIT)
    book = load_workbook(sheet())
    page = book["Answers"]
    page["C2"], page["D2"], page["E2"] = "fixed", "2026-04-01", "Two more people at the desk"
    page["C3"] = "dispute"
    page["C4"] = "fixed"
    page["C5"] = "perhaps"
    page["C6"], page["D6"] = "agree", "2026-05-01"
    back = tmp_path / "back.xlsx"
    book.save(back)
    assert taken(file, home, back) == 2
    told = capsys.readouterr()
    assert "2 answers kept, by ann" in told.out
    assert "row 4: fixed needs the day" in told.err and "row 5: 'perhaps' is none of" in told.err
    assert "row 6: 2026-05-01 stands beside 'agree'; a day goes with fixed alone" in told.err
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        plan = planned(file, home=home)
        found = given(plan, store, "2026-09-30", [])
    assert [(one.gap, one.says, one.on) for one in found.answers] == [
        ("booking", "fixed", "2026-04-01"),
        ("premises", "dispute", None),
    ]
    assert [(one.date, one.what, one.gap) for one in found.interventions] == [
        ("2026-04-01", "Two more people at the desk", "booking")
    ]


def test_the_sheet_of_another_engagement_is_taken_in_by_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = engagement(tmp_path, reviews=5), tmp_path / "home"
    issued(home, "2026-06-30-89abcdef")
    book = load_workbook(sheet())
    book["Answers"]["C2"], book["Answers"]["E2"] = "dispute", "Our till was never out of order"
    book["Answers"]["C3"], book["Answers"]["F3"] = "agree", "2026-06-30-00000000:premises"
    book.save(tmp_path / "back.xlsx")
    assert taken(file, home, tmp_path / "back.xlsx") == 2
    told = capsys.readouterr()
    assert "1 answers kept" in told.out and f"row 2: this engagement has no report {AUDIT}" in told.err


def test_what_was_fixed_on_a_day_is_one_step_however_often_the_client_says_so(tmp_path: Path) -> None:
    file, home = engagement(tmp_path, reviews=5), tmp_path / "home"
    issued(home)
    said = {"gap": "queue", "says": "fixed", "fixed_on": "2026-04-01", "who": "ann", "at": "1"}
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        for audit, comment in (("2026-06-30-0", None), ("2026-09-30-0", "A second till")):
            store.save_answers("corner-cafe", [StoredAnswer(audit=audit, comment=comment, **said)])
        found = given(planned(file, home=home), store, "2026-12-31", [])
    assert [(one.date, one.what) for one in found.interventions] == [("2026-04-01", "A second till")]
    assert len(found.answers) == 2


def test_a_later_answer_replaces_the_earlier_and_engagements_share_none(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        first = StoredAnswer(audit="a", gap="queue", says="agree", fixed_on=None, comment=None, who="ann", at="1")
        later = StoredAnswer(audit="a", gap="queue", says="dispute", fixed_on=None, comment="No", who="ben", at="2")
        store.save_answers("one", [first])
        store.save_answers("one", [later])
        assert store.answers("one") == [later] and store.answers("two") == []


def test_a_file_that_is_no_sheet_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, home = engagement(tmp_path, reviews=5), tmp_path / "home"
    home.mkdir()
    (tmp_path / "letter.xlsx").write_text("Dear all")
    assert taken(file, home, tmp_path / "letter.xlsx") == 1
    assert "letter.xlsx: it cannot be read as a workbook" in capsys.readouterr().err
