"""An alert is an event on which an automation of a real Prefect server acts."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from flows.plan import Plan, planned
from flows.settings import prefect_environment, read
from tests.flows.command import complete, environment, python
from tests.flows.engagements import engagement
from tests.flows.test_alerts import Sink, rising, sink

MADE = """
import sys
from prefect.automations import Automation
from prefect.blocks.webhook import Webhook
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import EventTrigger
hook = Webhook(url=sys.argv[1]).save("duty-desk")
new = {"telltale.kind": "new leak"}
when = EventTrigger(expect={"telltale.alert.raised"}, match=new, posture="Reactive", threshold=1)
tell = CallWebhook(block_document_id=hook, payload='{"text": "{{ event.resource.id }}: {{ event.payload.kind }}"}')
Automation(name="tell the duty desk", trigger=when, actions=[tell]).create()
"""
RAISED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from audits.store import open_store
from flows.alerting import raised
from flows.plan import planned
from flows.server import _flush
plan = planned(Path(sys.argv[1]), home=Path(sys.argv[2]))
with open_store(plan.settings.store_url) as store:
    assert len(raised(plan, store, datetime(2024, 2, 5, 3, tzinfo=UTC))) == 1
_flush()
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return planned(engagement(tmp_path / "e"), home=tmp_path / "home")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What a client is told of a whole Prefect server, as `prefect server start` runs it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    known = prefect_environment(read(tmp_path / "served")) | {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api"}
    asked = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(asked, env=environment(**known), **quiet) as started:
        try:
            answers(f"{known['PREFECT_API_URL']}/health")
            yield known
        finally:
            started.terminate()


def answers(url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with suppress(OSError), urlopen(url, timeout=5):
            return
        time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


def test_an_automation_tells_a_person_of_a_new_leak_and_is_told_no_word_of_it(
    plan: Plan, server: dict[str, str], tmp_path: Path
) -> None:
    Sink.got, Sink.answer = [], 200
    rising(plan)
    with sink() as hook:
        complete(python("-c", MADE, hook, **server), noisy=True)
        # Prefect says on standard error that it still sends, where a busy machine makes that take longer than it waits.
        raised = python("-c", RAISED, str(tmp_path / "e" / "engagement.toml"), str(plan.settings.home), **server)
        complete(raised, noisy=True)
        until = time.monotonic() + 60
        while not Sink.got and time.monotonic() < until:
            time.sleep(0.1)
    assert Sink.got == [{"text": "telltale.engagement.corner-cafe: new leak"}]
