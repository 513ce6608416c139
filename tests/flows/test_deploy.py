"""`prefect.yaml` holds the deployments, and Prefect takes them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # PyYAML comes with Prefect, without stubs

from tests.flows.command import ROOT, complete, python

ENTRY = """
import json, sys
from prefect.flows import load_flow_from_entrypoint
flows = [load_flow_from_entrypoint(entry, use_placeholder_flow=False) for entry in sys.argv[1:]]
print(json.dumps({flow.name: list(flow.parameters.properties) for flow in flows}))
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


@pytest.mark.slow
def test_prefect_deploys_both(deployments: dict[str, Any], api_url: str) -> None:
    pool = deployments["audit"]["work_pool"]["name"]
    assert (
        python("-m", "prefect", "work-pool", "create", pool, "--type", "process", PREFECT_API_URL=api_url).returncode
        == 0
    )
    ran = python("-m", "prefect", "--no-prompt", "deploy", "--all", PREFECT_API_URL=api_url)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = " ".join(ran.stdout.split())
    assert all(f"'{name}/{name}' successfully created" in said for name in deployments)
