"""`telltale init` writes a file that an audit takes, says what it recognised, and asks only what nothing proves."""

from __future__ import annotations

import csv
import os
import pty
import select
import sys
import time
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audits.engagement import load
from flows.cli import app
from spiders.facts import facts
from tests.flows.command import ROOT, environment

HEAD = ("date", "stars", "what they said", "hotel")


def reviews(file: Path, rows: list[tuple[str, str, str, str]], head: tuple[str, ...] = HEAD) -> Path:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([head, *rows])
    return file


def many(name: str, *, years: int = 1, of: int = 240) -> list[tuple[str, str, str, str]]:
    """Invented reviews with the day first, spread evenly over the years before 2024."""
    months = [(2023 - back // 12, 12 - back % 12) for back in range(12 * years)]
    picked = [(months[at % len(months)], 1 + at % 28) for at in range(of)]
    said = "We waited an hour at the desk and nobody said why, number {}."
    return [(f"{day:02}.{m:02}.{y}", str(1 + at % 5), said.format(at), name) for at, ((y, m), day) in enumerate(picked)]


def init(*words: str | Path, types: str = "") -> tuple[int, str, str]:
    ran = CliRunner().invoke(app, ["init", *map(str, words)], input=types)
    return ran.exit_code, ran.stdout, ran.stderr


def test_a_file_beside_the_reviews_is_valid_and_says_what_was_recognised(tmp_path: Path) -> None:
    file = reviews(tmp_path / "harbour_reviews.csv", many("Harbour House"))
    code, said, _ = init(file, "--industry", "hotel", "--yes")
    assert code == 0, said
    assert all(part in said for part in ("'what they said'", "'stars'", "date order", "telltale audit"))
    engagement = load(tmp_path / "engagement.toml")
    assert (engagement.business.name, engagement.business.industry) == ("Harbour House", "hotel")
    assert (str(engagement.as_of), engagement.listings[0].files) == ("2023-12-25", ("harbour_reviews.csv",))
    assert engagement.period.start is None


def test_of_a_file_with_several_businesses_the_named_one_and_its_competitor_are_selected(tmp_path: Path) -> None:
    file = reviews(tmp_path / "all.csv", many("Harbour House") + many("Quay Inn"))
    code, _, _ = init(file, "--industry", "hotel", "--business", "Quay Inn", "--competitor", "harbour house", "--yes")
    assert code == 0
    own, rival = load(tmp_path / "engagement.toml").listings
    assert (own.where, rival.where) == ({"hotel": "Quay Inn"}, {"hotel": "Harbour House"})
    code, _, errors = init(file, "--industry", "hotel", "--business", "Quay In", "--yes", "--force")
    assert (code, "Did you mean 'Quay Inn'" in errors) == (1, True)


def test_a_business_with_few_reviews_lately_gets_a_period_that_holds_enough(tmp_path: Path) -> None:
    file = reviews(tmp_path / "old.csv", many("Harbour House", years=8))
    code, said, _ = init(file, "--industry", "hotel", "--yes")
    assert (code, "the period begins with 2021-01" in said) == (0, True)
    assert str(load(tmp_path / "engagement.toml").period.start) == "2021-01-01"


def test_what_the_file_does_not_tell_is_asked_for_by_the_option_that_answers_it(tmp_path: Path) -> None:
    rows = [(f"0{1 + at % 9}/0{1 + at % 7}/2023", *rest) for at, (_, *rest) in enumerate(many("Harbour House", of=60))]
    file = reviews(tmp_path / "unclear.csv", rows)  # type: ignore[arg-type]
    code, _, errors = init(file, "--industry", "hotel", "--yes")
    assert (code, "--date-order" in errors, "unclear.csv" in errors) == (1, True, True)
    assert not (tmp_path / "engagement.toml").exists()
    assert init(file, "--industry", "hotel", "--date-order", "DMY", "--yes")[0] == 0
    assert load(tmp_path / "engagement.toml").listings[0].date_order == "DMY"


def test_without_a_terminal_a_missing_answer_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    file = reviews(tmp_path / "r.csv", many("Harbour House"))
    code, _, errors = init(file)
    assert (code, "--industry" in errors) == (1, True)
    assert not (tmp_path / "engagement.toml").exists()


@pytest.mark.parametrize("day", ["2999-01-01", "soon"])
def test_a_day_of_the_export_that_is_still_to_come_or_no_day_is_refused_before_anything_is_written(
    tmp_path: Path, day: str
) -> None:
    file = reviews(tmp_path / "r.csv", many("Harbour"))
    for source in (file, "https://example.org/reviews"):
        code, _, wrong = init(source, "--to", tmp_path / "e.toml", "--industry", "hotel", "--yes", "--as-of", day)
        assert (code, "--as-of: " in wrong, (tmp_path / "e.toml").exists()) == (1, True, False), wrong


def test_a_file_that_stands_already_is_kept_unless_asked_and_odd_names_stay_what_they_are(tmp_path: Path) -> None:
    file, to = reviews(tmp_path / "r.csv", many("x")), tmp_path / "engagement.toml"
    to.write_text("mine", encoding="utf-8")
    assert init(file, "--industry", "hotel", "--yes")[0] == 1
    assert to.read_text(encoding="utf-8") == "mine"
    odd = 'The "Quay"\n[evil] \\ Inn'
    other = tmp_path / "else" / "e.toml"
    assert (
        init(reviews(tmp_path / "o.csv", many("x")), "--business", odd, "--industry", "pub", "--yes", "--to", other)[0]
        == 0
    )
    assert tomllib.loads(other.read_text(encoding="utf-8"))["business"]["name"] == odd
    assert load(other).listings[0].files == (str(tmp_path.resolve() / "o.csv"),)


@pytest.mark.parametrize(
    ("host", "site", "open_"),
    [("www.trustpilot.com", "trustpilot", False), ("www.dealerrater.com", "dealerrater", True)],
)
def test_an_address_is_recognised_and_a_site_that_may_not_be_crawled_is_said_to_be(
    tmp_path: Path, host: str, site: str, open_: bool
) -> None:
    to = tmp_path / "e.toml"
    code, said, errors = init(f"https://{host}/x", "--business", "B", "--industry", "shop", "--yes", "--to", to)
    assert site in said
    assert (code, to.exists()) == ((0, True) if open_ else (1, False))
    if not open_:
        assert facts(site).robots == "closed"
        assert all(part in errors for part in ("HAR", "export", "--address"))


CTRL_C = "\x03"


def asked(folder: Path, *words: str | Path, types: list[str]) -> tuple[int, str]:
    """`telltale init` at a terminal: each question, which ends in a colon, gets the next line; exit code and screen."""
    child, terminal = pty.fork()
    if child == 0:  # a terminal takes a process of its own
        os.chdir(folder)
        os.execvpe(
            sys.executable,
            [sys.executable, "-m", "flows.cli", "init", *map(str, words)],
            environment(PYTHONPATH=str(ROOT), COLUMNS="100", TERM="dumb"),
        )
    screen, answered, ends, interrupted = "", 0, time.monotonic() + 120, False
    while time.monotonic() < ends:
        if select.select([terminal], [], [], 1.0)[0]:
            try:
                screen += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:  # the other end is closed
                break
        elif interrupted:  # it came before the question listened, as it may at any terminal: a person presses again
            os.write(terminal, CTRL_C.encode())
        if screen[answered:].endswith(": ") and types:
            line = types.pop(0)
            interrupted = line == CTRL_C
            os.write(terminal, (line if line == CTRL_C else f"{line}\n").encode())
            answered = len(screen)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), screen


def test_a_person_is_told_what_an_empty_or_wrong_answer_lacks_and_is_asked_again(tmp_path: Path) -> None:
    reviews(tmp_path / "r.csv", many("Harbour House"))
    code, screen = asked(tmp_path, types=["gone.csv", "r.csv", "", "", "", "", "hotel", "Client Export"])
    assert code == 0, screen
    assert all(part in screen for part in ("There is no file gone.csv", "an answer is needed", "Written:"))
    assert load(tmp_path / "engagement.toml").business.industry == "hotel"


def test_an_interrupted_question_writes_nothing_and_says_so(tmp_path: Path) -> None:
    reviews(tmp_path / "r.csv", many("Harbour House"))
    code, screen = asked(tmp_path, "r.csv", types=[CTRL_C])
    assert (code, "Nothing is half-written" in screen) == (130, True), screen
    assert [each.name for each in tmp_path.iterdir()] == ["r.csv"]


def test_at_a_terminal_the_question_for_the_stars_says_that_there_may_be_none(tmp_path: Path) -> None:
    rows = [(day, "Late", said, name) for day, _, said, name in many("Harbour House", of=60)]
    reviews(tmp_path / "posts.csv", rows, head=("date", "label", "text", "hotel"))
    code, screen = asked(tmp_path, "posts.csv", "--industry", "hotel", types=["stars", "none", "", "", "", ""])
    assert (code, "(none: these reviews have no stars)" in screen, "no such column" in screen) == (0, True, True), (
        screen
    )
    assert load(tmp_path / "engagement.toml").listings[0].columns == {"rating": "none"}


def test_dates_of_both_orders_are_asked_about_by_the_name_of_their_column(tmp_path: Path) -> None:
    both = [("14.03.2023", "1", "We waited an hour at the desk.", "x"), ("03.14.2023", "5", KIND, "x")]
    reviews(tmp_path / "r.csv", both)
    code, screen = asked(tmp_path, "r.csv", "--industry", "hotel", types=["dmy", "", "", "", ""])
    assert (code, "Column 'date': line 2 has the day first" in screen) == (0, True), screen
    assert load(tmp_path / "engagement.toml").listings[0].date_order == "DMY"


KIND, UNKIND = "A wonderful and friendly visit, I am happy and it was excellent.", "An awful, rude and terrible visit."


@pytest.mark.parametrize(("best", "taken"), [("5", True), ("1", False)])
def test_marks_of_which_the_lowest_is_the_best_are_not_taken_for_stars(tmp_path: Path, best: str, taken: bool) -> None:
    worst = {"5": "1", "1": "5"}[best]
    rows = [("2023-05-02", *((best, KIND) if at % 3 else (worst, UNKIND)), "x") for at in range(90)]
    file = reviews(tmp_path / "survey.csv", rows, head=("date", "mark", "comment", "hotel"))
    code, _, errors = init(file, "--industry", "hotel", "--yes")
    assert (code, "the kinder the words" in errors, "--column rating=none" in errors) == (
        1 - taken,
        not taken,
        not taken,
    )
    assert init(file, "--industry", "hotel", "--yes", "--column", "rating=mark", "--force")[0] == 0


def test_a_folder_of_files_an_empty_one_and_a_bare_address_are_told_what_to_name_instead(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    assert "empty folder" in init(tmp_path / "exports", "--yes")[2]
    file = reviews(tmp_path / "exports" / "may.csv", many("Harbour House"))
    code, _, errors = init(tmp_path / "exports", "--industry", "hotel", "--yes")
    assert (code, f"telltale init {file}" in errors) == (1, True)
    assert "https://rates.example/harbour" in init("rates.example/harbour", "--yes")[2]
    assert "https://" not in init("gone.csv", "--yes")[2]


def test_of_many_columns_that_are_not_used_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    wide = tuple(f"topic {at}" for at in range(40))
    rows = [(*row, *("" for _ in wide)) for row in many("Harbour House", of=60)]
    file = reviews(tmp_path / "wide.csv", rows, head=HEAD + wide)  # type: ignore[arg-type]
    _, said, _ = init(file, "--industry", "hotel", "--yes")
    assert ("topic 11 and 28 more" in said, "topic 39" in said) == (True, False)


def test_a_folder_as_the_place_to_write_is_refused_and_nothing_is_left_in_or_beside_it(tmp_path: Path) -> None:
    made, place = reviews(tmp_path / "own.csv", many("x")), tmp_path / "place"
    place.mkdir()
    words = ("--business", "B", "--industry", "pub", "--yes", "--force")
    code, _, errors = init(made, *words, "--to", place)
    assert code == 1 and f"{place} is a folder: name a file in it, such as --to {place}/engagement.toml" in errors
    code, _, errors = init(made, *words, "--to", made / "engagement.toml")
    assert code == 1 and errors.splitlines()[-1] == f"{made}: File exists"
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["own.csv", "place"]
