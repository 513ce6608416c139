"""Who asks is shown what is held of them, and then gone from every file, table, log and report (ACCEPTANCE f44)."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from audits.store import open_store
from audits.store.ledger import Sending
from audits.store.records import StoredCorrection
from tests.flows.command import complete, telltale
from tests.flows.engagements import engagement

PERSON = "Odalys Fenwright"
SAID = "Nobody answered the phone when I rang about the zebra banquet."


@dataclass(frozen=True)
class Held:
    file: Path
    home: Path


def written(folder: Path, *, kept: bool = True) -> Path:
    """An engagement whose export has one review by the person, one that names her, and many others."""
    file = engagement(folder)
    with (folder / "own.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for number, row in enumerate(rows):
        row["author"] = f"Guest Number{number}"
    rows[0] |= {"author": PERSON, "text": SAID, "rating": "1", "date": "2024-01-31"}
    rows[1]["text"] += " My friend odalys fenwright saw it."
    with (folder / "own.csv").open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, rows[0])
        table.writeheader()
        table.writerows(rows if kept else rows[1:])
    return file


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> Held:
    file, home = written(tmp_path_factory.mktemp("person")), tmp_path_factory.mktemp("home")
    complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
    return Held(file, home)


def where(home: Path, canary: str) -> list[str]:
    """Every file of a workspace, and every row of its store, in which the canary stands."""
    found = []
    for path in sorted(each for each in home.rglob("*") if each.is_file() and not each.is_symlink()):
        try:
            body = path.read_bytes()
        except FileNotFoundError:  # SQLite's own `-shm` and `-wal` go when the last connection closes
            continue
        if path.suffix == ".gz":
            body = gzip.decompress(body)
        if canary.casefold().encode() in body.decode("utf-8", "replace").casefold().encode():
            found.append(str(path.relative_to(home)))
    with sqlite3.connect(home / "store.db") as store:
        found += [line for line in store.iterdump() if canary.casefold() in line.casefold()]
    return found


def test_a_person_is_exported_erased_and_does_not_come_back(held: Held, api_url: str) -> None:
    assert any("report.html" in each for each in where(held.home, "zebra banquet")), "the canary must be quoted first"
    shown = json.loads(complete(telltale("export-person", held.file, "--name", PERSON, "--out", held.home)).stdout)
    assert shown["held"]["review_versions"][0]["text"] == SAID
    before = latest(held.home)

    named_by_a_person(held.home)
    sent_out(held.home, before["audit"])
    ran = telltale("forget", held.file, "--name", PERSON, "--who", "dpo", "--out", held.home, "--json")
    assert ran.returncode == 2, ran.stderr
    done = json.loads(ran.stdout)
    assert (done["reviews"], done["files"]) == (1, [str(held.file.parent / "own.csv")])
    assert done["reissued"] == [f"{before['audit']}.r2"]
    assert done["sent_to"] == ["boss@client.example"], "who has a copy that nobody can take back; one bounced"
    trace = b"".join(each.read_bytes() for each in held.home.glob("store.db*"))
    assert b"zebra banquet" not in trace and b"Fenwright" not in trace, "nor in the free pages of the store's file"
    assert where(held.home, "zebra banquet") == [] and where(held.home, "Fenwright") == []
    after = latest(held.home)
    assert after["shares"] == before["shares"], "numbers that were published stay as they were counted"
    again = held.home / "publications" / "corner-cafe" / f"{before['audit']}.r2"
    keys = [str(row[5]).rpartition(":")[0] for row in sheet_of(again / "answers.xlsx") if ":" in str(row[5])]
    assert set(keys) == {before["audit"]}, "what the client answers bears the name that the report is issued under"
    assert f"Audit {before['audit']}" in (again / "report.html").read_text(encoding="utf-8")

    with open_store(f"sqlite:///{held.home / 'store.db'}") as store:
        stone, review = sorted(store.tombstones("corner-cafe"), key=lambda each: each.kind)
        events = [(event, who) for _, event, who, _ in store.logged("corner-cafe")]
    assert (stone.kind, review.kind) == ("author", "review") and stone.digest == done_digest(shown)
    assert ("forgotten", "dpo") in events and ("exported-person", None) in events

    with (held.file.parent / "own.csv").open("a", encoding="utf-8") as more:
        more.write("r999,2024-01-30,1,,They never rang me back about the party.,Guest Number999\n")
    complete(telltale("audit", held.file, "--out", held.home, PREFECT_API_URL=api_url))
    assert where(held.home, "zebra banquet") == [], "the export still holds her; the next audit must not take her in"


def sheet_of(path: Path) -> list[tuple[object, ...]]:
    """The rows of a workbook's first sheet."""
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


def named_by_a_person(home: Path) -> None:
    """A consultant has named a theme after the person."""
    said = StoredCorrection(part="correct", who="w", at="2024-02-01", label={"name": f"what {PERSON} saw"}, theme="t-1")
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        store.save_corrections("corner-cafe", [said])
        store.log("corner-cafe", "corrected", who="w", detail={"label": dict(said.label)})


def sent_out(home: Path, audit: str) -> None:
    """The report went to one mailbox, and could not go to another."""
    went = [("boss@client.example", "sent"), ("gone@client.example", "refused")]
    with open_store(f"sqlite:///{home / 'store.db'}") as store:
        facts = {"audit": audit, "revision": 1, "at": "2024-02-02T10:00:00Z", "digest": "0" * 64}
        made = [Sending(recipient=mailbox, outcome=outcome, **facts) for mailbox, outcome in went]  # type: ignore[arg-type]  # all are texts but the revision
        store.ledger.save_sendings("corner-cafe", made)


def latest(home: Path) -> dict[str, Any]:
    """The report that `latest-draft` leads to: its name, and the shares it prints."""
    path = (home / "publications" / "corner-cafe" / "latest-draft").resolve()
    value = json.loads((path / "report.json").read_text(encoding="utf-8"))
    return {"audit": path.name, "shares": [leak["share"] for leak in value["leaks"]]}


def done_digest(shown: dict[str, Any]) -> str:
    (digest,) = shown["digests"]
    return str(digest)


def test_a_file_that_holds_a_forgotten_review_is_listed_as_long_as_it_lies_there(tmp_path: Path, api_url: str) -> None:
    file, home = engagement(tmp_path / "e"), tmp_path / "home"
    complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
    for reviews in (1, 0):
        ran = telltale("forget", file, "--review", "r5", "--out", home, "--json")
        assert ran.returncode == 2, ran.stderr
        done = json.loads(ran.stdout)
        assert (done["reviews"], done["files"]) == (reviews, [str(tmp_path / "e" / "own.csv")])
    (tmp_path / "e" / "own.csv").write_text("id,date,rating,text\nr6,2024-01-30,1,Late.\n", encoding="utf-8")
    complete(telltale("forget", file, "--review", "r5", "--out", home))


def test_a_person_is_shown_and_erased_though_the_export_was_moved_which_is_listed(tmp_path: Path, held: Held) -> None:
    home = tmp_path / "home"
    shutil.copytree(held.home, home, symlinks=True, ignore=shutil.ignore_patterns("prefect"))
    shutil.copy(held.file, tmp_path)
    file = tmp_path / held.file.name
    complete(telltale("export-person", file, "--review", "r7", "--out", home))
    ran = telltale("forget", file, "--review", "r7", "--out", home, "--json")
    assert ran.returncode == 2, ran.stderr
    done = json.loads(ran.stdout)
    assert (done["reviews"], done["files"]) == (1, [str(tmp_path / "own.csv")])


def test_a_request_that_names_nobody_is_refused_with_the_next_step(held: Held) -> None:
    for words, said in (((), "--name NAME or --review"), (("--review", "no-such"), "holds no review")):
        ran = telltale("forget", held.file, *words, "--out", held.home)
        assert ran.returncode == 1 and said in ran.stderr and "Traceback" not in ran.stderr


@pytest.mark.parametrize("name", ["", "  ", "Anonymous"])
def test_a_name_that_stands_for_nobody_in_particular_shows_and_erases_no_review(held: Held, name: str) -> None:
    for command in ("export-person", "forget"):
        ran = telltale(command, held.file, "--name", name, "--out", held.home)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert "stands for nobody in particular" in ran.stderr and "--review" in ran.stderr


def test_to_forget_a_person_whose_name_a_business_bears_leaves_the_business_its_name(
    tmp_path: Path, held: Held
) -> None:
    home = tmp_path / "home"
    shutil.copytree(held.home, home, symlinks=True, ignore=shutil.ignore_patterns("prefect"))
    telltale("forget", held.file, "--name", "Corner", "--out", home)
    report = (home / "publications" / "corner-cafe" / "latest-draft" / "report.html").read_text(encoding="utf-8")
    assert "Corner Café" in report and "[name] Café" not in report
