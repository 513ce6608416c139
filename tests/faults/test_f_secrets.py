"""ACCEPTANCE f42, f43, f45: nothing of a review, a person or a key in logs, Prefect's records, errors or commits."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from audits.store import StoreError, open_store
from flows.settings import read
from spiders.settings import scrapy_settings
from tests.flows.command import KEY, ROOT, telltale
from tests.flows.engagements import export
from tests.flows.test_persons import PERSON, written

CANARIES = ("zebra banquet", PERSON.split()[1], KEY)


def told(folder: Path, canary: str) -> list[str]:
    """Files in a folder that hold the canary, whatever their kind."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [str(each.relative_to(folder)) for each in files if canary.casefold().encode() in each.read_bytes().lower()]


def test_42_a_run_at_debug_tells_prefect_and_the_terminal_nothing_that_a_customer_wrote(tmp_path: Path) -> None:
    file, home = written(tmp_path / "in"), tmp_path / "home"
    ran = telltale("audit", file, "--out", home, PREFECT_LOGGING_LEVEL="DEBUG", PREFECT_LOGGING_ROOT_LEVEL="DEBUG")
    assert ran.returncode == 0, ran.stderr
    assert list((home / "prefect").glob("*.db")), "Prefect's own database is among what is searched"
    for canary in CANARIES:
        assert canary not in ran.stdout + ran.stderr
        assert told(home / "prefect", canary) == []
    written_as = [each for each in home.rglob("*") if each.is_file() and PERSON.encode() in each.read_bytes()]
    assert written_as == [], "an export has no WARC: its author's name is nowhere"
    assert told(home, KEY) == []
    assert any(each.startswith("publications") for each in told(home, "zebra banquet")), "the canary is a real quote"


def test_42_an_error_names_the_column_and_no_cell(tmp_path: Path, api_url: str) -> None:
    file = written(tmp_path)
    export(tmp_path / "own.csv", reviews=30, leave_out="rating")
    ran = telltale("audit", file, "--out", tmp_path / "home", PREFECT_API_URL=api_url)
    assert ran.returncode == 1 and "rating" in ran.stderr
    assert "answered the phone" not in ran.stdout + ran.stderr


def test_43_the_password_of_a_database_is_in_no_error_and_no_repr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql+psycopg://auditor:hunter2canary@127.0.0.1:1/telltale"
    monkeypatch.setenv("TELLTALE_STORE_URL", url)
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    assert "hunter2canary" not in repr(read(tmp_path)) and KEY not in repr(read(tmp_path))
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert "hunter2canary" not in str(refused.value) + repr(refused.value.__cause__) + repr(refused.value.__context__)
    with pytest.raises(StoreError) as unknown:
        open_store("nosuch://auditor:hunter2canary@host/x")
    assert "hunter2canary" not in str(unknown.value)


SECRETS = re.compile(
    r"AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[0-9A-Za-z_-]{35}|sk_live_[A-Za-z0-9]{20,}"
    r"|-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----"
    r"|(?i:api[_-]?key|secret|token|password|passwd|telltale_key)[\"']?\s*[:=]\s*[\"'][A-Za-z0-9+/_=-]{24,}[\"']"
    r"|[a-z+]{4,20}://[^\s:/@'\"{}]+:(?!hunter2canary)[^\s:/@'\"{}<>]{6,}@"
)


def secrets_in(text: str) -> list[str]:
    """The first characters of whatever looks like a secret."""
    return [found[0][:24] for found in SECRETS.finditer(text)]


def test_43_no_tracked_file_holds_a_secret() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    found = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in (".npz", ".onnx", ".png", ".lock") or not path.is_file():
            continue
        held = secrets_in(path.read_text(encoding="utf-8", errors="replace"))
        # The facts of sites name environment variables that hold keys, never a key.
        held = [each for each in held if not (name.endswith("facts.toml") and each.split('"')[1].isupper())]
        # Tests of masking name passwords of servers that are not there.
        if held := [each for each in held if not (name.startswith("tests/") and "://" in each)]:
            found[name] = held
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    [
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a" * 36,
        "-----BEGIN " + "PRIVATE KEY-----",
        "TELLTALE_KEY" + ' = "' + "7e" * 32 + '"',
        "postgresql://me:" + "correcthorse@db.example/x",
    ],
)
def test_43_a_planted_secret_would_be_found(planted: str) -> None:
    assert secrets_in(f"before {planted} after")


def test_45_the_crawler_says_who_it_is_obeys_robots_and_nothing_can_talk_it_out_of_it() -> None:
    eager = {"download_delay": 0.0, "run_seconds": 1e9, "download_timeout": 1e9}
    held = scrapy_settings(contact="auditor@firm.example", local=False, limits=eager, at_once=50)
    assert held["ROBOTSTXT_OBEY"] is True and "spiders.fetching.StrictRobots" in held["DOWNLOADER_MIDDLEWARES"]
    assert "Telltale" in held["USER_AGENT"] and "auditor@firm.example" in held["USER_AGENT"]
    assert held["COOKIES_ENABLED"] is False and held["DOWNLOAD_VERIFY_CERTIFICATES"] is True
    assert held["DOWNLOAD_DELAY"] >= 5 and held["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert held["CLOSESPIDER_TIMEOUT"] < 1e9 and held["DOWNLOAD_TIMEOUT"] < 1e9


def test_45_no_line_of_the_code_disguises_a_crawler_or_solves_a_captcha() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8").casefold()
        for package in ("spiders", "flows", "audits")
        for path in (ROOT / package).rglob("*.py")
    )
    for disguise in (
        "mozilla/5.0",
        "applewebkit",
        "fake_useragent",
        "2captcha",
        "anticaptcha",
        "undetected",
        "stealth",
    ):
        assert disguise not in source, disguise
