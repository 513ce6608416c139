"""An audited engagement is corrected, labelled and evaluated, and the next audit counts what people said."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from audits.analysis.corrections import digest
from audits.analysis.gaps import frame
from audits.store import open_store
from audits.store.store import Store
from flows import labelbook
from flows.commands import correct, evaluate, label
from flows.readings import own_reviews, read
from tests.audits.analysis.made import review, says
from tests.flows.command import KEY, complete, telltale
from tests.flows.engagements import engagement

NAME, BUSINESS = "corner-cafe", "Corner Café"


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> tuple[Path, Path]:
    file, home = engagement(tmp_path_factory.mktemp("labels"), reviews=120), tmp_path_factory.mktemp("home")
    complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
    return file, home


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    monkeypatch.delenv("TELLTALE_STORE_URL", raising=False)


def opened(home: Path) -> Store:
    return open_store(f"sqlite:///{home / 'store.db'}")


def corrected(audited: tuple[Path, Path], **given: object) -> int:
    told = {"review": None, "words": None, "labels": [], "theme": None, "name": None, "undo": False, "reason": None,
            "who": "ann", "listing": False, "export": None, "as_json": False}  # fmt: skip
    return correct.run(engagement=audited[0], home=audited[1], **(told | given))  # type: ignore[arg-type]


def taken(audited: tuple[Path, Path], back: Path, who: str) -> int:
    file, home = audited
    return label.run(engagement=file, home=home, sample=9, workbook=None, back=back, again=False, who=who)


def test_labels_go_out_in_a_workbook_come_back_and_are_evaluated(
    audited: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = audited
    out, back = tmp_path / "out.xlsx", tmp_path / "back.xlsx"
    assert label.run(engagement=file, home=home, sample=30, workbook=out, back=None, again=False, who="ann") == 0
    book = load_workbook(out)
    rows = list(book["Statements"].iter_rows(min_row=2))
    assert len(rows) == 30
    meant = {row[0].value: row[3].value for row in book["Labels"].iter_rows(min_row=2)}
    assert list(meant) == [*frame().slugs, *frame().outside]
    assert "a vehicle, a crew, a visit" in str(meant["queue"]) and not meant["vague"]
    for at, row in enumerate(rows):
        row[2].value = "fees" if at % 2 else "praise"
    rows[0][2].value = "feees"
    rows[1][6].value = "nobody:text:0:1:random"
    book.save(back)
    assert taken(audited, back, "ann") == 2
    said = capsys.readouterr()
    assert "28 labels kept" in said.out
    assert "row 2: 'feees' is no gap" in said.err and "did you mean 'fees'" in said.err and "row 3" in said.err
    taken(audited, back, "ben")
    capsys.readouterr()
    assert evaluate.run(engagement=file, home=home, as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["labelled"], found["both"], found["kappa"]) == (28, 28, 1.0)
    assert found["random"] in (18, 19, 20) and found["accuracy"]["n"] == found["random"]
    assert evaluate.run(engagement=file, home=home, as_json=False) == 0
    assert "only those measure the error" in capsys.readouterr().out


def test_what_is_handed_out_is_of_the_days_that_the_last_audit_measured(
    audited: tuple[Path, Path], tmp_path: Path
) -> None:
    file, home = audited
    short = file.with_name("short.toml")
    short.write_text(file.read_text(encoding="utf-8") + "\n[period]\nstart = 2023-09-01\n", encoding="utf-8")
    out = tmp_path / "out.xlsx"
    assert label.run(engagement=short, home=home, sample=20, workbook=out, back=None, again=False, who="ann") == 0
    keys = {str(row[5].value).split(":")[0] for row in load_workbook(out)["Statements"].iter_rows(min_row=2)}
    keys |= {str(row[6].value).split(":")[0] for row in load_workbook(out)["Statements"].iter_rows(min_row=2)}
    with opened(home) as store:
        days = [one.posted_on or "" for one in own_reviews(store, NAME, BUSINESS) if one.key in keys]
    assert len(days) > 10 and min(days) >= "2023-09-01"


def test_a_label_of_a_review_that_was_not_read_again_since_is_kept(
    audited: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = audited[0], Path(shutil.copytree(audited[1], tmp_path / "home"))
    with opened(home) as store:
        first, *_ = read(store, NAME, own_reviews(store, NAME, BUSINESS))
    out, back = tmp_path / "out.xlsx", tmp_path / "back.xlsx"
    assert label.run(engagement=file, home=home, sample=6, workbook=out, back=None, again=False, who="dora") == 0
    book = load_workbook(out)
    rows = list(book["Statements"].iter_rows(min_row=2))
    rows[0][1].value = first.text
    rows[0][2].value, rows[0][6].value = "fees", f"{first.review}:{first.field}:{first.start}:{first.end}:random"
    rows[1][2].value, rows[1][6].value = "fees", f"{first.review}:{first.field}:0:9999:random"
    book.save(back)
    with closing(sqlite3.connect(home / "store.db")) as database, database:
        for table in ("statements", "assignments", "scores"):
            database.execute(f"delete from {table} where content_hash = ?", (first.content,))
    assert taken((file, home), back, "dora") == 2
    said = capsys.readouterr()
    assert "1 labels kept" in said.out and "row 3: its key names no statement" in said.err
    with opened(home) as store:
        (mine,) = [each for each in store.corrections(NAME) if each.who == "dora"]
    assert (mine.review, mine.start, mine.text_sha256) == (first.review, first.start, digest(first.text))


def test_a_row_of_other_words_or_of_a_statement_that_was_labelled_otherwise_above_is_named(
    audited: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = audited
    out, back = tmp_path / "out.xlsx", tmp_path / "back.xlsx"
    assert label.run(engagement=file, home=home, sample=6, workbook=out, back=None, again=False, who="fay") == 0
    book = load_workbook(out)
    sheet = book["Statements"]
    for row in (2, 3):
        sheet.cell(row, 3).value = "fees"
    for label_of in ("fees", "praise"):
        sheet.append([each.value for each in sheet[2]])
        sheet.cell(sheet.max_row, 3).value = label_of
    sheet["B3"] = "What the review said before it was edited."
    book.save(back)
    assert taken(audited, back, "fay") == 2
    told = capsys.readouterr()
    assert "1 labels kept" in told.out and "row 8" not in told.err
    assert "row 3: its review has been edited since" in told.err
    assert "row 9: row 2 labels the same statement otherwise" in told.err
    with opened(home) as store:
        assert [each.label for each in store.corrections(NAME) if each.who == "fay"] == [{"gaps": ["fees"]}]


def test_a_workbook_in_which_somebody_has_labelled_is_not_written_over(
    audited: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.xlsx"
    given = {"engagement": audited[0], "home": audited[1], "sample": 4, "workbook": out, "back": None, "again": False}
    assert label.run(**given, who="gus") == label.run(**given, who="gus") == 0  # type: ignore[arg-type]
    book = load_workbook(out)
    book["Statements"]["C3"] = "fees"
    book.save(out)
    assert label.run(**given, who="gus") == 1  # type: ignore[arg-type]
    assert "labels stand in it" in capsys.readouterr().err
    assert load_workbook(out)["Statements"]["C3"].value == "fees"


def test_labels_are_taken_by_keyboard_and_stopping_loses_none(
    audited: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["g17", "rubbish", "fees, queue", "s", "q"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    file, home = audited
    assert label.run(engagement=file, home=home, sample=10, workbook=None, back=None, again=False, who="cara") == 0
    assert "'rubbish' is no gap of the frame" in capsys.readouterr().out
    with opened(home) as store:
        mine = [each.label for each in store.corrections(NAME) if each.who == "cara"]
    assert sorted(mine, key=str) == [{"gaps": ["fees", "queue"]}, {"gaps": ["reachability"]}]


def test_a_corrected_statement_and_a_named_theme_stand_in_the_next_audit(
    audited: tuple[Path, Path], api_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = audited
    with opened(home) as store:
        reviews = own_reviews(store, NAME, BUSINESS)
        statement = next(one for one in read(store, NAME, reviews) if "queue" in one.text)
        theme = store.themes(NAME)[0]
    assert corrected(audited, review=statement.review, words=statement.text, labels=["safety"]) == 0
    assert corrected(audited, theme=theme.id, name="Rings and rings") == 0
    assert corrected(audited, review=statement.review, labels=["sfety"]) == 1
    assert "did you mean 'safety'" in capsys.readouterr().err
    with file.open("a", encoding="utf-8") as engaged:
        engaged.write('\n[[interventions]]\ndate = 2023-06-01\ngap = "queue"\nwhat = "A second till"\n')
    later = file.read_text(encoding="utf-8").replace("as_of = 2024-02-01", "as_of = 2024-02-03")
    file.write_text(later, encoding="utf-8")
    ran = complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
    report = Path(ran.stdout.rsplit("The report: ", 1)[1].strip())
    value = json.loads(report.with_name("report.json").read_text(encoding="utf-8"))
    progress = next(chapter for chapter in value["chapters"] if chapter["slug"] == "progress")
    assert "A second till (1 June 2023" in " ".join(progress["says"])
    assert any(table["caption"].startswith("What the audit of 1 February 2024 printed") for table in progress["tables"])
    text = report.read_text(encoding="utf-8")
    assert "Rings and rings" in text and 'id="care"' in text and 'id="progress"' in text
    held = next(set_ for set_ in value["evidence"] if any("Safety" in label or "injur" in label.lower()
                for label in (set_["subject"], *set_["labels"])))  # fmt: skip
    assert statement.review in held["reviews"]
    export = tmp_path / "said.jsonl"
    assert corrected(audited, export=export) == 0
    assert statement.text not in export.read_text(encoding="utf-8") and '"who": "ann"' in export.read_text()


def test_a_review_that_is_not_there_is_refused_with_the_next_step(
    audited: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert corrected(audited, review="0" * 16, labels=["fees"]) == 1
    assert "annex.html" in capsys.readouterr().err
    assert corrected(audited, listing=True) == 0


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    hostile = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "http://example.org/x",
        "＝1",
        "a\x07b",
        "x" * 40_000,
    ]
    held = [review(at, text=text, title=text[:50]) for at, text in enumerate(hostile)]
    rows = [(says(one, one.text or "", "fees"), "random") for one in held]
    file = tmp_path / "labels.xlsx"
    labelbook.write(file, rows, {one.key: one for one in held})  # type: ignore[arg-type]
    with ZipFile(file) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name)
    assert "<f>" not in sheets and "hyperlink" not in sheets
    cells = [row[1] for row in load_workbook(file)["Statements"].iter_rows(min_row=2)]
    assert all(cell.data_type == "s" for cell in cells)
    assert str(cells[-1].value).endswith("[cut]") and len(str(cells[-1].value)) == 32_767
    assert cells[7].value == "ab"
