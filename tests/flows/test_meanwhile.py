"""Who is forgotten while an audit is under way is in no report that comes of it (ACCEPTANCE f44)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.command import complete, python, telltale
from tests.flows.test_persons import PERSON, where, written

RACE = """
import subprocess, sys
from flows import audit, cli
step, file, name, home = sys.argv[1:]
done = getattr(audit, step)
def then_forgotten(*given):
    found = done(*given)
    words = [sys.executable, "-m", "flows.cli", "forget", file, "--name", name, "--out", home]
    assert subprocess.run(words, capture_output=True).returncode == 2
    return found
setattr(audit, step, then_forgotten)
sys.argv = ["telltale", "audit", file, "--out", home]
cli.app()
"""


@pytest.mark.parametrize(("step", "code"), [("reported", 1), ("released", 0)])
def test_who_is_forgotten_while_an_audit_is_under_way_is_in_no_report(
    tmp_path: Path, api_url: str, step: str, code: int
) -> None:
    file, home = written(tmp_path / "brief"), tmp_path / "home"
    ran = python("-c", RACE, step, str(file), PERSON, str(home), PREFECT_API_URL=api_url)
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert [each for each in where(home, "zebra banquet") if "publications" in each] == []
    if code:
        assert "A person was erased while this audit was under way" in ran.stderr
        assert not list((home / "publications").glob("*/*/report.html"))
        complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
    else:
        report = Path(ran.stdout.rpartition("The report: ")[2].strip())
        assert report.is_file() and ".r2" in report.parent.name
    assert where(home, "zebra banquet") == []
