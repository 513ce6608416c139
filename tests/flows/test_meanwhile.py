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


EARLIER = """
import subprocess, sys
from flows import cli, erase
file, name, home = sys.argv[1:]
done, audited = erase.republished, []
def then_audited(*given):
    found = done(*given)
    if not audited:
        words = [sys.executable, "-m", "flows.cli", "audit", file, "--out", home]
        audited.append(subprocess.run(words, capture_output=True).returncode)
    return found
erase.republished = then_audited
sys.argv = ["telltale", "forget", file, "--name", name, "--out", home]
try:
    cli.app()
finally:
    assert audited == [0], audited
"""


@pytest.mark.parametrize(("step", "code"), [("admitted", 1), ("released", 1), ("concluded", 0)])
def test_who_is_forgotten_while_an_audit_is_under_way_is_in_no_report_and_nobody_names_them(
    tmp_path: Path, api_url: str, step: str, code: int
) -> None:
    file, home = written(tmp_path / "brief"), tmp_path / "home"
    ran = python("-c", RACE, step, str(file), PERSON, str(home), PREFECT_API_URL=api_url)
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert where(home, "zebra banquet") == [] and where(home, "Fenwright") == []
    published = home / "publications" / "corner-cafe"
    if code:
        assert "A person was erased while this audit was under way" in ran.stderr
        assert not list(published.glob("*/report.html")) and not (published / "latest-draft").is_symlink()
        complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
        assert list(published.glob("latest-draft/report.html")) and where(home, "zebra banquet") == []
    else:
        report = Path(ran.stdout.rpartition("The report: ")[2].strip())
        assert report.is_file() and ".r2" in report.parent.name


def test_what_an_audit_publishes_while_somebody_is_being_forgotten_is_published_again_without_them(
    tmp_path: Path, api_url: str
) -> None:
    file, home = written(tmp_path / "brief"), tmp_path / "home"
    ran = python("-c", EARLIER, str(file), PERSON, str(home), PREFECT_API_URL=api_url)
    assert ran.returncode == 2 and "Re-issued without the quotes" in ran.stdout, ran.stdout + ran.stderr
    assert where(home, "zebra banquet") == [] and where(home, "Fenwright") == []
