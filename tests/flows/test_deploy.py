"""`prefect.yaml` holds the deployments, and Prefect takes them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # PyYAML comes with Prefect, without stubs

from flows.sweep import PREFIX, gone
from spiders.intake.api.protocols import APIS
from tests.flows.command import ROOT, complete, python
from tests.flows.engagements import engagement

ENTRY = """
import json, sys
from prefect.flows import load_flow_from_entrypoint
flows = [load_flow_from_entrypoint(entry, use_placeholder_flow=False) for entry in sys.argv[1:]]
print(json.dumps({flow.name: list(flow.parameters.properties) for flow in flows}))
"""

SWEEP = """
import json, os, socket, subprocess, sys
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Running
from flows.sweep import PREFIX, adopted, owned, process_tag, untagged

ended = subprocess.Popen([sys.executable, "-c", ""])
ended.wait()
with get_client(sync_client=True) as client:
    @flow
    def night():
        return 1
    def running(tag):
        return client.create_flow_run(night, state=Running(), tags=[tag]).id
    stale, other = running(f"{PREFIX}:{socket.gethostname()}:{ended.pid}:1"), running(f"{PREFIX}:elsewhere:1:1")

    @flow
    def next_night():
        from prefect.runtime import flow_run
        adopted()
        return flow_run.id
    mine = next_night()
    states = [client.read_flow_run(each).state.type.value for each in (stale, other)]
    @flow
    @untagged()
    def audit():
        from prefect.context import TagsContext
        from prefect.runtime import flow_run
        return flow_run.id, sorted(TagsContext.get().current_tags)
    with owned():
        run, handed_on = audit()
    carry = [process_tag(os.getpid()) in client.read_flow_run(each).tags for each in (mine, run)]
    print(json.dumps([*states, *carry, handed_on]))
    client.delete_flow_run(other)
"""

LIMITS = """
import json, os, sys
from pathlib import Path
from flows.limits import alone_on_server, limit_name, one_a_host
from flows.plan import planned
from flows.settings import read
from prefect.client.orchestration import get_client
from prefect.concurrency.sync import concurrency

home, file = Path(sys.argv[1]), Path(sys.argv[2])
names = one_a_host(read(home), [planned(file, home=home)])
with get_client(sync_client=True) as client:
    def held():
        found = client.read_global_concurrency_limit_by_name(names[0])
        return [found.limit, found.active_slots]
    before = held()
    with alone_on_server("reviews.example"):
        inside = held()
        try:
            with concurrency(names[0], timeout_seconds=0.1):
                second = "came in"
        except TimeoutError:
            second = "waits"
    with alone_on_server("nobody.example"):
        pass
    print(json.dumps([names, before, inside, second, held()]))
"""


@pytest.fixture(scope="module")
def deployments() -> dict[str, Any]:
    held = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    return {each["name"]: each for each in held["deployments"]}


def test_every_deployment_names_a_flow_and_parameters_that_it_takes(deployments: dict[str, Any], api_url: str) -> None:
    assert deployments.keys() == {"audit", "nightly", "purge", "replay"}
    entries = [each["entrypoint"] for each in deployments.values()]
    taken = json.loads(complete(python("-c", ENTRY, *entries, PREFECT_API_URL=api_url)).stdout)
    assert taken.keys() == deployments.keys()
    for name, deployment in deployments.items():
        assert set(deployment["parameters"]) <= set(taken[name])


def test_the_nightly_run_is_scheduled_and_never_runs_beside_itself(deployments: dict[str, Any]) -> None:
    nightly = deployments["nightly"]
    assert [(each["cron"].split()[2:], each["timezone"]) for each in nightly["schedules"]] == [(["*"] * 3, "UTC")]
    assert nightly["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


WORK = """
import asyncio, json, sys
from prefect.client.orchestration import get_client
from prefect.deployments import run_deployment
from prefect.workers.process import ProcessWorker

pool, home = sys.argv[1:]

async def main():
    run = await run_deployment("purge/purge", parameters={"home": home}, timeout=0, as_subflow=False)
    await ProcessWorker(work_pool_name=pool).start(run_once=True)
    async with get_client() as client:
        ended = await client.read_flow_run(run.id)
        nightly = await client.read_deployment_by_name("nightly/nightly")
    print(json.dumps([ended.state.type.value, ended.tags, [str(each.schedule.cron) for each in nightly.schedules]]))

asyncio.run(main())
"""


def test_prefect_deploys_all_and_a_worker_picks_up_a_run_and_finishes_it(
    deployments: dict[str, Any], api_url: str, tmp_path: Path
) -> None:
    pool = deployments["audit"]["work_pool"]["name"]
    asked = {"PREFECT_API_URL": api_url, "TELLTALE_HOME": str(tmp_path / "home"), "PREFECT_HOME": str(tmp_path)}
    made = python("-m", "prefect", "work-pool", "create", pool, "--type", "process", "--overwrite", **asked)
    assert made.returncode == 0, made.stdout + made.stderr
    ran = python("-m", "prefect", "--no-prompt", "deploy", "--all", **asked)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = " ".join(ran.stdout.split())
    assert all(f"'{name}/{name}' successfully created" in said for name in deployments)
    worked = python("-c", WORK, pool, str(tmp_path / "home"), **asked)
    assert worked.returncode == 0, worked.stdout + worked.stderr
    state, tags, crons = json.loads(worked.stdout.strip().splitlines()[-1])
    assert (state, crons) == ("COMPLETED", ["15 2 * * *"])
    [tag] = [each for each in tags if each.startswith(PREFIX)]
    assert gone(tag)  # the worker's process has ended: had it been killed, the next run would sweep what it left


def test_what_a_killed_worker_left_running_is_swept_and_what_runs_is_left_alone(api_url: str) -> None:
    ran = complete(python("-c", SWEEP, PREFECT_API_URL=api_url), noisy=True)
    assert json.loads(ran.stdout.strip().splitlines()[-1]) == ["CRASHED", "RUNNING", True, True, []]


def test_each_host_that_is_crawled_has_a_limit_of_one_on_the_server_that_a_crawl_holds(
    api_url: str, tmp_path: Path
) -> None:
    file = engagement(tmp_path)
    crawl = 'way = "crawl"\nurl = "https://reviews.example/corner-cafe"'
    text = file.read_text(encoding="utf-8").replace('way = "export"\nfiles = ["own.csv"]', crawl)
    file.write_text(text.replace('"own-site"', '"sandbox"'), encoding="utf-8")
    ran = complete(python("-c", LIMITS, str(tmp_path / "home"), str(file), PREFECT_API_URL=api_url), noisy=True)
    names, before, inside, second, after = json.loads(ran.stdout.strip().splitlines()[-1])
    assert names == ["telltale-host-reviews.example"]
    assert (before, inside, second, after) == ([1, 0], [1, 1], "waits", [1, 0])


def test_a_run_that_broke_is_tried_again_by_every_deployment(deployments: dict[str, Any]) -> None:
    for each in deployments.values():
        assert each["work_pool"]["job_variables"]["env"]["PREFECT_FLOWS_DEFAULT_RETRIES"] == "2"


def test_the_compose_file_runs_workers_of_the_deployed_pool_and_sets_only_what_is_read(
    deployments: dict[str, Any],
) -> None:
    held = yaml.safe_load((ROOT / "docs" / "compose.yaml").read_text(encoding="utf-8"))
    services = held["services"]
    pool = deployments["audit"]["work_pool"]["name"]
    assert ["--pool", pool] == services["worker"]["command"][3:5]
    assert f"work-pool create {pool}" in services["deploy"]["command"][2] and "deploy --all" in str(services["deploy"])
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    code = "".join(each.read_text(encoding="utf-8") for each in (ROOT / "flows").rglob("*.py"))
    given = [name for name in services["worker"]["environment"] if name.startswith("TELLTALE_")]
    assert len(given) > 5 and [name for name in given if f'"{name}"' not in code] == []
    keys = {each.key_name for each in APIS.values() if each.key_name}
    assert keys | {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} <= services["worker"]["environment"].keys()
    # A copy into a container makes no folder.
    places = re.findall(r" worker:(\S+)/ ", (ROOT / "docs" / "operating.md").read_text(encoding="utf-8"))
    assert places and all(f"mkdir -p {place} " in held["x-telltale"]["build"]["dockerfile_inline"] for place in places)
    # A secret is asked for and never given a value that would do in its place.
    text = (ROOT / "docs" / "compose.yaml").read_text(encoding="utf-8")
    assert "${TELLTALE_KEY:?" in text and text.count("${POSTGRES_PASSWORD:?") == 2


def test_the_image_is_made_of_the_package_and_its_lock_alone_so_that_no_secret_and_no_workspace_gets_in() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert lines[0] == "*"
    let_in = {line.removeprefix("!") for line in lines if line.startswith("!")}
    packages = {each.parent.name for each in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert let_in == packages | {"prefect.yaml", "pyproject.toml", "README.md", "requirements.lock"}
    built = yaml.safe_load((ROOT / "docs" / "compose.yaml").read_text(encoding="utf-8"))["x-telltale"]["build"]
    assert (built["context"], "COPY . /srv/telltale" in built["dockerfile_inline"]) == ("..", True)
