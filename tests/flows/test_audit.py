"""`telltale audit` over a client's own export: the report, the second run, and every way in which it is refused."""

from __future__ import annotations

import csv
import json
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from audits.analysis.polarity import SIGNAL
from audits.store import open_store
from tests.flows.command import complete, telltale
from tests.flows.engagements import engagement, export

Run = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Audited:
    """An engagement that was audited in a workspace of its own."""

    file: Path
    home: Path
    ran: Run

    @property
    def report(self) -> Path:
        return Path(self.ran.stdout.rsplit("The report: ", 1)[1].strip())

    def value(self) -> Any:
        return json.loads(self.report.with_name("report.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> Audited:
    file, home = engagement(tmp_path_factory.mktemp("one")), tmp_path_factory.mktemp("home")
    return Audited(file, home, telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))


@pytest.fixture(scope="module")
def twenty_and_one_refused(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> Audited:
    file, home = engagement(tmp_path_factory.mktemp("few"), reviews=20, rival=True), tmp_path_factory.mktemp("home")
    return Audited(file, home, telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))


def refusal(*words: str | Path, api_url: str) -> str:
    """What a run says that ends with exit code 1: a sentence, not a traceback."""
    ran = telltale("audit", *words, PREFECT_API_URL=api_url)
    assert ran.returncode == 1, ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr
    return ran.stderr


def test_an_export_ends_in_a_report_of_all_its_reviews(sixty: Audited) -> None:
    complete(sixty.ran)
    assert "60 new" in sixty.ran.stdout
    value = sixty.value()
    counts = {line["name"]: line["count"] for line in value["counts"]}
    assert counts["Reviews of Corner Café in the period"] == 60
    assert (value["as_of"], value["thin"]) == ("2024-02-01", False)
    assert sixty.report.parent.parent == sixty.home / "publications" / "corner-cafe"
    assert (sixty.home / "publications" / "corner-cafe" / "latest-draft").resolve() == sixty.report.parent


def test_the_failings_that_customers_tell_of_are_leaks_with_their_quotes(sixty: Audited) -> None:
    leaks = {leak["gap"]: leak for leak in sixty.value()["leaks"]}
    assert {"reachability", "queue", "booking"} <= leaks.keys()
    assert any("answered the phone" in quote["text"] for quote in leaks["reachability"]["quotes"])


def test_what_the_evidence_is_worth_is_said_kept_and_shown(sixty: Audited, api_url: str) -> None:
    assert "evidence" not in sixty.ran.stdout, "a letter that weakens nothing stands in the report alone"
    with open_store(f"sqlite:///{sixty.home / 'store.db'}") as store:
        results, grades = store.proof("corner-cafe", sixty.report.parent.name)
    assert {name.partition(":")[0] for name, _, _ in results} == {"stored", "analysed"}
    assert [(listing, letter) for listing, (letter, _) in grades.items()] == [("own", "A")]
    assert grades["own"][1][0].startswith("It is a file")
    asked = Request(
        f"{api_url}/artifacts/filter",
        data=json.dumps({"artifacts": {"key": {"any_": ["corner-cafe-evidence"]}}}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(asked, timeout=60) as answer:
        tables = [json.loads(each["data"]) for each in json.load(answer)]
    shown = [[(row["listing"], row["verdict"], row["grade"]) for row in table] for table in tables]
    assert [("own", "complete", "A")] in shown


def test_a_number_opens_to_the_rows_of_the_file_behind_it(sixty: Audited) -> None:
    value = sixty.value()
    share = next(leak["share"] for leak in value["leaks"] if leak["gap"] == "queue")
    keys = next(each["reviews"] for each in value["evidence"] if each["id"] == share["evidence"])
    assert len(keys) == round(share["value"] * share["n"])
    body = (sixty.file.parent / "own.csv").read_bytes()
    rows = list(csv.DictReader(body.decode().splitlines()))
    with open_store(f"sqlite:///{sixty.home / 'store.db'}") as store:
        sources = {review.key: review.source for review in store.reviews("corner-cafe")}
    for key in keys:
        digest, row = str(sources[key]).split("#")
        assert digest == sha256(body).hexdigest()
        assert "an hour in the queue" in rows[int(row)]["text"]


def test_the_tone_of_every_audited_review_with_text_is_recorded_and_not_printed(sixty: Audited) -> None:
    with open_store(f"sqlite:///{sixty.home / 'store.db'}") as store:
        tone = store.signals("corner-cafe", SIGNAL)
        with_text = {review.key for review in store.reviews("corner-cafe") if review.text}
    assert tone.keys() == with_text and len(tone) == 60
    assert all(-1 <= value <= 1 for value in tone.values()) and len(set(tone.values())) > 1
    assert SIGNAL not in str(sixty.value())


def test_posts_without_stars_are_audited_for_what_they_say(tmp_path: Path, api_url: str) -> None:
    file = engagement(tmp_path)
    export(tmp_path / "own.csv", reviews=60, leave_out="rating")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('way = "export"', 'way = "export"\ncolumns = { rating = "none" }'), encoding="utf-8")
    ran = complete(telltale("audit", file, "--out", tmp_path / "home", PREFECT_API_URL=api_url))
    value = Audited(file, tmp_path / "home", ran).value()
    assert {"reachability", "queue"} <= {leak["gap"] for leak in value["leaks"] + value["minor"]}
    assert "60 reviews of the period" in ran.stdout


def test_a_second_run_says_that_nothing_is_new_and_the_report_stands(sixty: Audited, api_url: str) -> None:
    ran = complete(telltale("audit", sixty.file, "--out", sixty.home, PREFECT_API_URL=api_url))
    assert "Nothing is new" in ran.stdout
    assert ran.stdout.strip().endswith(str(sixty.report))


def test_the_same_input_in_another_workspace_is_the_same_report_byte_for_byte(
    sixty: Audited, tmp_path: Path, api_url: str
) -> None:
    file = engagement(tmp_path / "elsewhere")
    ran = complete(telltale("audit", file, "--out", tmp_path / "home", "--json", PREFECT_API_URL=api_url), noisy=True)
    outcome = json.loads(ran.stdout)
    assert (outcome["name"], outcome["reviews"], outcome["fresh"]) == ("complete", 60, True)
    other = Path(outcome["report"])
    for form in ("report.html", "report.json", "annex.html"):
        assert other.with_name(form).read_bytes() == sixty.report.with_name(form).read_bytes()


def test_a_source_without_a_register_entry_is_refused_on_the_terminal_and_in_the_report(
    twenty_and_one_refused: Audited,
) -> None:
    ran, reason = twenty_and_one_refused.ran, "The source register has no entry for opposite"
    assert (ran.returncode, ran.stderr) == (2, "")
    assert f"opposite: refused: {reason}" in ran.stdout
    assert "partial: 20 reviews" in ran.stdout
    assert reason in twenty_and_one_refused.report.read_text(encoding="utf-8")
    assert not (twenty_and_one_refused.home / "landings" / "corner-cafe" / "opposite").exists()


def test_twenty_reviews_are_read_as_cases_without_stars_or_directions(twenty_and_one_refused: Audited) -> None:
    value = twenty_and_one_refused.value()
    assert value["thin"] is True
    assert "not_observable" in value["pareto"]
    for leak in value["leaks"] + value["minor"]:
        assert "not_observable" in leak["stars"]
        assert leak["course"]["change"] is None
    assert "reading of cases" in twenty_and_one_refused.report.read_text(encoding="utf-8")


def test_an_audit_whose_only_listing_is_refused_fails_with_the_reason(tmp_path: Path, api_url: str) -> None:
    file = engagement(tmp_path, registered=False)
    said = refusal(file, "--out", tmp_path / "home", api_url=api_url)
    assert "source register has no entry for own" in said
    assert not (tmp_path / "home" / "publications").exists()


def test_a_misspelt_key_is_refused_before_any_work_with_file_key_and_suggestion(tmp_path: Path, api_url: str) -> None:
    file = engagement(tmp_path, key="as_off")
    said = refusal(file, "--out", tmp_path / "home", api_url=api_url)
    assert all(part in said for part in (str(file), "as_off", "'as_of'"))
    assert not (tmp_path / "home" / "landings").exists()


def test_a_day_of_the_exports_that_is_still_to_come_is_refused_before_any_work(tmp_path: Path, api_url: str) -> None:
    file = engagement(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("as_of = 2024", "as_of = 2999", 1), encoding="utf-8")
    said = refusal(file, "--out", tmp_path / "home", api_url=api_url)
    assert f"{file}: as_of: 2999-02-01 is still to come" in said and not (tmp_path / "home" / "landings").exists()


def test_an_export_without_a_rating_column_is_refused_with_the_columns_it_has(tmp_path: Path, api_url: str) -> None:
    file = engagement(tmp_path)
    export(tmp_path / "own.csv", reviews=30, leave_out="rating")
    said = refusal(file, "--out", tmp_path / "home", api_url=api_url)
    assert all(name in said for name in ("own.csv", "rating", "id, date, title, text"))
