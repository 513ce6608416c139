"""Many workers on one pool: each run is done once, by one of them, and the server learns no word of any review."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import yaml  # type: ignore[import-untyped]  # PyYAML comes with Prefect, without stubs

from tests.flows.command import KEY, ROOT, SECONDS, complete, environment, python
from tests.flows.engagements import ABOUT, engagement

START = """
import json, sys
from prefect.deployments import run_deployment
print(json.dumps([
    str(run_deployment("audit/audit", parameters={"engagement": file, "home": sys.argv[1]}, timeout=0).id)
    for file in sys.argv[2:]
]))
"""
ROUNDS = 4
"""Times that two workers look for a run: both may reach for the same one first, and then one goes home."""


def two(folder: Path) -> list[Path]:
    first, second = engagement(folder / "one"), engagement(folder / "two")
    second.write_text(second.read_text().replace('"corner-cafe"', '"high-street"'))
    return [first, second]


def asked(api_url: str, what: str, **wanted: Any) -> Any:
    found = httpx.post(f"{api_url}/{what}/filter", json=wanted)
    assert found.status_code == 200, found.text
    return found.json()


def test_two_workers_of_one_pool_audit_two_engagements_and_the_server_keeps_no_word_of_them(
    api_url: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    pool = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"][0]["work_pool"]["name"]
    here = {"PREFECT_API_URL": api_url, "PREFECT_HOME": str(tmp_path), "TELLTALE_HOME": str(home)}
    complete(python("-m", "prefect", "work-pool", "create", pool, "--type", "process", "--overwrite", **here))
    complete(python("-m", "prefect", "--no-prompt", "deploy", "--name", "audit", **here), noisy=True)
    runs = json.loads(complete(python("-c", START, str(home), *map(str, two(tmp_path)), **here)).stdout)

    def states() -> list[str]:
        return [each["state_type"] for each in asked(api_url, "flow_runs", flow_runs={"id": {"any_": runs}})]

    worker = [sys.executable, "-m", "prefect", "worker", "start", "--pool", pool, "--limit", "1", "--run-once"]
    for _ in range(ROUNDS):
        both = [subprocess.Popen(worker, cwd=ROOT, env=environment(**here), stdout=-1, stderr=-2) for _ in range(2)]
        said = [each.communicate(timeout=SECONDS)[0].decode() for each in both]
        if set(states()) == {"COMPLETED"}:
            break
    assert states() == ["COMPLETED"] * 2, said
    reports = sorted(each.parent.parent.name for each in home.glob("publications/*/2*/report.html"))
    assert reports == ["corner-cafe", "high-street"]  # one each

    kept = [httpx.get(f"{api_url}/flow_runs/{run}").json() for run in runs]
    kept += [asked(api_url, each) for each in ("flow_runs", "task_runs", "logs", "artifacts")]
    written = json.dumps(kept, ensure_ascii=False)
    assert str(home) in written and "analyse" in written
    assert not [secret for secret in (*ABOUT, KEY) if secret in written]
