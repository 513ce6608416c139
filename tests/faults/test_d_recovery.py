"""ACCEPTANCE d31–33: a full disk while pages and rows are written, a landing that was touched, one listing of ten."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from audits.report.cover import SourceLine
from audits.store import open_store
from flows.admit import admitted
from flows.console import Stage
from flows.files import exported
from flows.mappings import Mappings
from flows.outcome import EXIT, named, shortfalls
from flows.plan import Plan, planned
from spiders.checkpoint import CHECKPOINT
from spiders.items import Landing
from spiders.landing import MANIFEST, REJECTS, REVIEWS
from spiders.landing import PAGES as PAGES_FILE
from tests.audits.store.conftest import engagement_of, landing, review
from tests.flows.command import KEY, ROOT, environment
from tests.flows.engagements import engagement

SMALL = 1 << 20


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """A folder that holds a megabyte, and what a process must be told so that it does not: root gets a real disk."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(place)], capture_output=True
        ).returncode
    )
    try:
        yield place, {} if mounted else {"LIMIT": str(SMALL)}
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=True, capture_output=True)


LIMITED = """
import os, resource, signal
if "LIMIT" in os.environ:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that a write past the limit fails as on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(os.environ["LIMIT"]),) * 2)
"""


def starved(program: str, *words: str | Path, limits: Mapping[str, str]) -> str:
    """What a process says that writes until there is no room."""
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED + program, *map(str, words)],
        capture_output=True, text=True, timeout=240, cwd=ROOT, env=environment(**limits),
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


PAGES = """
import sys
from pathlib import Path
from spiders.items import Page
from spiders.landing import LandingWriter
from random import Random
try:
    with LandingWriter(Path(sys.argv[1])) as writer:
        for number in range(40):
            body = Random(number).randbytes(60_000)
            page = Page(url=f"https://site.example/{number}", fetched_at="2024-02-01T10:00:00Z", status=200, body=body)
            writer.page(page)
        print("landed")
except OSError as wrong:
    print("full:", wrong.strerror)
"""


def test_31_pages_on_a_full_disk_land_nothing_and_are_read_back_once_there_is_room(
    small: tuple[Path, Mapping[str, str]], tmp_path: Path
) -> None:
    place, limits = small
    assert starved(PAGES, place / "run", limits=limits).startswith("full:")
    assert not (place / "run" / MANIFEST).exists()
    shutil.copytree(place / "run", tmp_path / "larger")
    kept = (tmp_path / "larger" / "pages.warc.gz").stat().st_size
    assert starved(PAGES, tmp_path / "larger", limits={}).strip() == "landed"
    assert 0 < kept < (tmp_path / "larger" / "pages.warc.gz").stat().st_size
    assert {each.name for each in (tmp_path / "larger").iterdir()} == {CHECKPOINT, PAGES_FILE, REVIEWS, REJECTS}


ROWS = """
import sys
from audits.store import StoreError, open_store
from tests.audits.store.conftest import Passed, landing, review
one = landing("more")
try:
    with open_store("sqlite:///" + sys.argv[1]) as store:
        store.stage(one, [review(f"n{number}", text="word " * 200) for number in range(3_000)])
        print("staged")
except StoreError as wrong:
    print("full:", wrong)
"""


def test_31_a_store_on_a_full_disk_says_so_and_holds_what_it_held(
    small: tuple[Path, Mapping[str, str]], tmp_path: Path
) -> None:
    place, limits = small
    file = place / "store.db"
    with open_store(f"sqlite:///{file}") as store:
        store.declare(engagement_of(tmp_path))
        store.stage(landing("first"), [review("a")])
    said = starved(ROWS, file, limits=limits)
    assert said.startswith(f"full: The store {file} could not be written")
    with open_store(f"sqlite:///{file}") as store:
        assert [(one, rows) for _, one, rows in store.unchecked()] == [("first", 1)]
        assert [each.id for each in store.staged(landing("first"))] == ["a"]


@pytest.fixture
def ten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engagement of ten listings, each with an export of its own."""
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    file = engagement(tmp_path, reviews=20)
    one = file.read_text(encoding="utf-8")
    start, end = one.index("[[listings]]"), one.index("[[sources]]")
    parts = []
    for number in range(10):
        shutil.copy(tmp_path / "own.csv", tmp_path / f"own-{number}.csv")
        parts.append(one[start:end].replace('"own"', f'"own-{number}"').replace("own.csv", f"own-{number}.csv"))
    file.write_text(one[:start] + "".join(parts) + one[end:], encoding="utf-8")
    return file


@contextmanager
def landed(file: Path, home: Path) -> Iterator[tuple[Plan, list[Landing]]]:
    plan = planned(file, home=home)
    yield plan, [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]


def lines(plan: Plan, landings: list[Landing], failed: Mapping[str, str]) -> list[SourceLine]:
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        return list(admitted.fn(plan, store, landings, failed, Stage("check"))[0])


def test_33_one_listing_of_ten_that_fails_is_named_with_its_date_and_nine_are_assessed(
    ten: Path, tmp_path: Path
) -> None:
    with landed(ten, tmp_path / "home") as (plan, landings):
        assert all(line.assessed for line in lines(plan, landings, {}))
        later = lines(plan, landings[:-1], {"own-9": "The site answered with an error."})
        assert [line.assessed for line in later] == [True] * 9 + [False]
        assert (later[-1].reviews, later[-1].grade, later[0].reviews) == (0, "D", 20)
        (said,) = shortfalls(later)
        assert said.startswith("own-9: failed: The site answered with an error. Not assessed since 1 February 2024")
        assert (named(plan, later), EXIT[named(plan, later)]) == ("partial", 2)


def test_32_a_landing_that_was_touched_is_refused_and_the_others_are_not(ten: Path, tmp_path: Path) -> None:
    with landed(ten, tmp_path / "home") as (plan, landings):
        places = [plan.settings.home / each.path for each in landings]
        flipped = bytearray((places[2] / "reviews.jsonl").read_bytes())
        flipped[40] ^= 1
        (places[2] / "reviews.jsonl").write_bytes(flipped)
        (places[5] / "rejects.jsonl").unlink()
        cut = (places[7] / "reviews.jsonl").read_bytes()
        (places[7] / "reviews.jsonl").write_bytes(cut[:-9])
        found = lines(plan, landings, {})
    assert [line.listing for line in found if not line.assessed] == ["own-2", "own-5"]
    assert all("not what was written" in found[at].reason for at in (2, 5))
    assert (found[7].verdict, found[7].reviews) == ("partial", 19)
    assert [line.verdict for line in found].count("complete") == 7
