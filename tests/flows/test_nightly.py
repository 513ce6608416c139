"""The nightly flow goes through every engagement of a workspace, and a broken one does not stop the others."""

from __future__ import annotations

import json
from pathlib import Path

from tests.flows.command import python
from tests.flows.engagements import engagement

RUN = """
import json, sys
from flows.nightly import nightly
print(json.dumps([nightly(home) for home in sys.argv[1:]]))
"""


def test_a_broken_engagement_does_not_stop_the_others_and_an_empty_workspace_is_no_error(
    tmp_path: Path, api_url: str
) -> None:
    home, folder = tmp_path / "home", tmp_path / "home" / "engagements"
    engagement(folder, reviews=20, key="as_off").rename(folder / "broken.toml")
    engagement(folder, reviews=20).rename(folder / "corner-cafe.toml")
    ran = python(
        "-c", RUN, str(home), str(tmp_path / "empty"), PREFECT_API_URL=api_url, PREFECT_LOGGING_LEVEL="CRITICAL"
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout.splitlines()[-1]) == [{"broken": "failed", "corner-cafe": "complete"}, {}]
    assert (home / "publications" / "corner-cafe" / "latest-draft" / "report.html").is_file()
