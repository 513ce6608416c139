"""The commands that need no engagement: gaps, parse, sites, doctor and help, as a program or a person calls them."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from typer.main import get_command

from audits.analysis.complaints import THRESHOLD
from flows.cli import app
from flows.commands import doctor
from flows.commands.gaps import printed
from spiders.sandbox.server import serve
from spiders.sandbox.truth import truth
from tests.audits.analysis.made import FAILING_APP
from tests.flows.command import ROOT, complete, environment, python, telltale

HEAVY = (
    "pandas", "sklearn", "scipy", "numpy", "prefect", "scrapy", "great_expectations", "altair", "sqlalchemy",
    "statsmodels", "pydantic", "textblob",
)  # fmt: skip
SAID = "I rang five times and nobody ever picked up the phone."
PRAISED = "The staff were lovely and the food was excellent."


def lines(said: str) -> list[Any]:
    return [json.loads(line) for line in said.splitlines()]


def test_nothing_heavy_is_imported_for_the_names_of_the_commands() -> None:
    program = f"import flows.cli, sys; print([name for name in {HEAVY} if name in sys.modules])"
    assert complete(python("-c", program)).stdout.strip() == "[]"


def test_who_says_or_does_something_and_why_are_asked_for_in_the_same_words_by_every_command() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]  # a group, as it has commands
    options = {name: {opt for each in one.params for opt in each.opts} for name, one in commands.items()}
    asking = {"alerts", "answers", "approve", "correct", "forget", "label", "quarantine", "rotate-key", "withdraw"}
    assert {name for name, held in options.items() if "--who" in held} == asking
    assert {name for name, held in options.items() if held & {"--by", "--why"}} == set()


def test_help_names_every_command() -> None:
    said = complete(telltale("--help")).stdout
    assert all(name in said for name in ("demo", "audit", "parse", "gaps", "sites", "doctor"))


def test_a_text_on_standard_input_is_read_line_by_line() -> None:
    found = lines(complete(telltale("gaps", "-", says=f"{SAID}\n\n{PRAISED}\n")).stdout)
    assert {row["row"] for row in found} == {0, 2}
    first = found[0]
    assert (first["field"], first["gap"], first["start"]) == ("text", "reachability", 0)
    assert first["statement"] == SAID[: first["end"]]
    assert first["complaint"] >= THRESHOLD
    assert first["gaps"][0] == {"gap": first["gap"], "confidence": first["confidence"]}
    assert isinstance(first["severity"], int)
    assert all(row["complaint"] < THRESHOLD for row in found if row["row"] == 2)


def test_a_column_of_a_csv_is_read_and_a_wrong_one_lists_those_there_are(tmp_path: Path) -> None:
    file = tmp_path / "said.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([["id", "what they said"], ["1", SAID], ["2", ""], ["3", PRAISED]])
    found = lines(complete(telltale("gaps", file, "--column", "what they said")).stdout)
    assert (found[0]["row"], found[0]["gap"], found[-1]["row"]) == (0, "reachability", 2)
    wrong = telltale("gaps", file, "--column", "words")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert all(part in wrong.stderr for part in (str(file), "'words'", "id, what they said", "--column"))


def test_gaps_reads_a_file_of_one_column_whose_lines_are_cells_with_or_without_quotes(tmp_path: Path) -> None:
    file = tmp_path / "comments.csv"
    file.write_text(f'text\n"{SAID}"\nQuick, clean, and the staff were lovely\n', encoding="utf-8")
    found = lines(complete(telltale("gaps", file)).stdout)
    assert {row["row"] for row in found} == {0, 1}
    assert "staff were lovely" in found[-1]["statement"]
    file.write_text(f"{SAID}\n{PRAISED}\n", encoding="utf-8")
    assert "which column has the text" in telltale("gaps", file).stderr


def test_what_is_usual_in_a_file_has_its_say_unless_each_text_is_asked_for_alone(tmp_path: Path) -> None:
    file = tmp_path / "said.txt"
    file.write_text("\n".join(["Nothing happens when I press it.", *FAILING_APP]), encoding="utf-8")
    together, alone = (lines(complete(telltale("gaps", file, *how)).stdout) for how in ((), ("--alone",)))
    assert (together[0]["gap"], alone[0]["gap"]) == ("digital", "core-quality")
    for pipe in ("-", "/dev/stdin"):
        assert lines(complete(telltale("gaps", pipe, says=file.read_text(encoding="utf-8"))).stdout) == alone


def test_a_key_of_jsonl_is_read_and_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "said.jsonl"
    file.write_text(json.dumps({"body": SAID}) + "\n{", encoding="utf-8")
    ran = telltale("gaps", file, "--column", "body")
    assert ran.returncode == 1
    assert "line 2" in ran.stderr
    file.write_text(json.dumps({"body": SAID}) + "\n", encoding="utf-8")
    assert [row["gap"] for row in lines(complete(telltale("gaps", file, "--column", "body")).stdout)] == [
        "reachability"
    ]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of the sandbox as a browser saves it."""
    file = tmp_path_factory.mktemp("saved") / "page.html"
    with serve() as site, urlopen(site.listing("vellmoor-hotels")) as answer:
        file.write_bytes(answer.read())
    return file


def test_a_saved_page_is_printed_as_reviews_without_a_reviewers_name(page: Path) -> None:
    ran = complete(telltale("parse", "--site", "sandbox", page))
    found = lines(ran.stdout)
    real = truth().business("vellmoor-hotels").reviews[:20]
    assert [row["id"] for row in found] == [review.id for review in real]
    assert [row["rating"] for row in found] == [review.rating for review in real]
    assert [row["posted_on"] for row in found] == [review.posted_on for review in real]
    wanted = {
        "site", "id", "url", "rating", "rating_raw", "title", "text", "author_key", "posted_on", "posted_precision",
        "posted_raw", "location", "verified", "invited", "subratings", "reply",
    }  # fmt: skip
    assert all(wanted <= row.keys() and "author" not in row for row in found)
    assert all(row["reply"] is None or {"text", "posted_on"} <= row["reply"].keys() for row in found)
    assert len({row["author_key"] for row in found}) == len({review.author for review in real})
    assert not [review.author for review in real if review.author in ran.stdout]


def test_a_reviewers_name_is_printed_only_where_it_is_asked_for(page: Path) -> None:
    found = lines(complete(telltale("parse", "--site", "sandbox", "--show-author", page)).stdout)
    assert [row["author"] for row in found] == [
        review.author for review in truth().business("vellmoor-hotels").reviews[:20]
    ]


def test_an_unknown_site_and_a_missing_file_are_sentences(page: Path, tmp_path: Path) -> None:
    unknown = telltale("parse", "--site", "sandbx", page)
    assert unknown.returncode == 1
    assert "sandbox" in unknown.stderr
    some = telltale("parse", "--site", "sandbox", page, tmp_path / "missing.html")
    assert (some.returncode, len(some.stdout.splitlines())) == (2, 20)
    assert "missing.html" in some.stderr
    assert "Traceback" not in unknown.stderr + some.stderr


def test_the_sites_are_listed_with_their_ways_in() -> None:
    found = {row["site"]: row for row in json.loads(complete(telltale("sites", "--json")).stdout)}
    assert "crawl" in found["sandbox"]["ways"]
    assert "sandbox" in complete(telltale("sites")).stdout


def test_doctor_finds_a_fresh_workspace_well(tmp_path: Path) -> None:
    found = json.loads(complete(telltale("doctor", "--out", tmp_path, "--json")).stdout)
    assert {each["what"] for each in found} >= {"python", "packages", "model", "disk", "store"}
    assert all(each["well"] for each in found)


def test_doctor_names_a_landing_that_was_left_half_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = tmp_path / "landings" / "corner-cafe" / "own" / "20240201T000000Z"
    left.mkdir(parents=True)
    assert doctor.run(home=tmp_path, as_json=False) == 2
    assert f"{left.relative_to(tmp_path)} was not finished" in capsys.readouterr().out


def test_the_shell_completes_the_names_of_commands() -> None:
    asked = {"_TELLTALE_COMPLETE": "complete_bash", "COMP_WORDS": "telltale ap", "COMP_CWORD": "1"}
    program = "import sys; from flows.cli import app; sys.argv = ['telltale']; app(prog_name='telltale')"
    assert python("-c", program, **asked).stdout.split() == ["approve"]


def test_an_interruption_says_that_nothing_is_half_written_and_shows_no_traceback() -> None:
    words = [sys.executable, "-m", "flows.cli", "gaps", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=environment()) as ran:
        assert ran.stdin is not None and ran.stdout is not None
        while "pipe_read" not in Path(f"/proc/{ran.pid}/wchan").read_text() and ran.poll() is None:
            os.sched_yield()
        ran.send_signal(signal.SIGINT)
        _, said = ran.communicate(timeout=60)
    assert ran.returncode == 130, said
    assert "Nothing is half-written" in said and "Traceback" not in said


def test_no_words_of_a_text_act_on_the_terminal_that_shows_its_statements() -> None:
    said: dict[str, object] = {"statement": "late \x1b[31m \x9b2J \u202eagain\u2069 – café 😀"}
    line = printed(said)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line) and "café 😀" in line
    assert json.loads(line) == said


def test_parse_says_in_which_form_a_time_is_given() -> None:
    page = ROOT / "tests" / "sites" / "sandbox" / "page.html"
    ran = telltale("parse", "--fetched-at", "yesterday", page)
    assert ran.returncode == 1 and "Traceback" not in ran.stderr
    assert "--fetched-at: 'yesterday' is not a time such as 2024-05-03" in ran.stderr
