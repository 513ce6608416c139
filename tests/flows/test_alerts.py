"""An alert is told once, cools down, is acknowledged by somebody, and goes out by mail and webhook without a secret."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from audits.analysis.worsening import Month, dispersion, worse
from audits.publish import Publication
from audits.store import open_store
from audits.store.ledger import Alert
from flows.alerting import Found, found, raised
from flows.plan import Plan, planned
from flows.send import sent
from flows.watch import EVENT
from tests.flows.command import telltale
from tests.flows.engagements import engagement
from tests.flows.mailbox import Mailbox, mail_server

NOW = datetime(2024, 2, 5, 3, tzinfo=UTC)
LEAK = Found(kind="new leak", subject="queue", says="queue: 9 of 60")


def months(hits: list[int], reviews: int = 60) -> list[Month]:
    return [(f"m{at:02}", count, reviews) for at, count in enumerate(hits)]


def test_a_share_that_trebles_is_told_and_one_that_only_wavers_is_not() -> None:
    streams = {("queue", None): months([3] * 12 + [9, 10, 9]), ("booking", None): months([3] * 12 + [4, 5, 4])}
    told = worse(streams, looked_at=29 * 4)
    assert [(each.gap, each.new, each.now, each.before) for each in told] == [("queue", False, (28, 180), (36, 720))]
    assert worse({("fees", "Quay"): months([0] * 12 + [6, 7, 6])})[0].new
    assert worse({("queue", None): months([3] * 5 + [9, 10, 9])}) == []  # too short to compare with a year
    assert worse({("queue", None): months([0] * 12 + [1, 1, 2], 4)}) == []  # cases, not a rise


def test_a_season_that_comes_back_and_a_share_that_always_wavers_are_not_told() -> None:
    summer = [20, 21, 22] + [8] * 9
    assert worse({("queue", None): months([*summer, 20, 22, 21], 200)}) == []
    assert worse({("queue", None): months([*summer, 40, 41, 44], 200)})[0].now == (125, 600)
    clustered = [2, 30, 3, 25, 1, 28, 4, 31, 2, 27, 3, 26]
    assert worse({("queue", None): months([*clustered, 30, 31, 29], 200)}) == []
    assert dispersion(months(clustered, 200)) > 10
    assert dispersion(months([10] * 12, 200)) == 1.0


def watched(**held: Any) -> dict[str, Any]:
    return {"as_of": "2024-02-01", "worse": [], "grades": {}, "aims": [], "grave": []} | held


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    file = engagement(tmp_path / "e")
    table = '[alerts]\nemail = ["ops@example.org"]\nwebhook = true\n[business]'
    text = file.read_text(encoding="utf-8").replace("[business]", table)
    file.write_text(f'recipients = ["client@example.org", "boss@example.org"]\n{text}', encoding="utf-8")
    return planned(file, home=tmp_path / "home")


def test_each_kind_of_alert_is_found_in_what_an_audit_left(plan: Plan) -> None:
    aim = {"name": "Rating", "gap": None, "target": 4.5, "by": "2024-01-31", "reach": "not reached"}
    with open_store(plan.settings.store_url) as store:
        store.log(plan.name, EVENT, detail=watched(grades={"own": "A"}))
        assert found(plan, store, date(2024, 2, 5)) == []
        rise = {"gap": "queue", "location": "Quay", "month": "2024-01", "now": [9, 60], "before": [2, 300]}
        grave = [["aa11", "2024-01-10"], ["bb22", "2024-02-01"], ["cc33", "2023-01-01"]]
        store.log(
            plan.name,
            EVENT,
            detail=watched(worse=[rise], grades={"own": "C"}, grave=grave, aims=[aim, aim | {"reach": "reached"}]),
        )
        kinds = [(each.kind, each.subject) for each in found(plan, store, date(2024, 2, 5))]
    assert kinds == [
        ("leak getting worse", "queue at Quay"),
        ("grave case unanswered", "aa11"),
        ("evidence grade dropped", "own"),
        ("target missed", "Rating 4.5 by 2024-01-31"),
        ("target met", "Rating 4.5 by 2024-01-31"),
    ]


class Sink(BaseHTTPRequestHandler):
    """Keeps what is posted to it, and answers what it is told to."""

    answer = 200
    got: list[Any] = []  # noqa: RUF012 - emptied by the fixture

    def do_POST(self) -> None:
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""


@contextmanager
def sink() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Sink)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/services/s3cret-path"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    Sink.got, Sink.answer = [], 200
    with sink() as hook, mail_server() as (smtp, box):
        monkeypatch.setenv("TELLTALE_SMTP_URL", smtp)
        monkeypatch.setenv("TELLTALE_WEBHOOK_URL", hook)
        yield box


def rising(plan: Plan) -> None:
    with open_store(plan.settings.store_url) as store:
        rise = {"gap": "queue", "location": None, "month": "2024-01", "now": [9, 60], "before": [0, 300]}
        store.log(plan.name, EVENT, detail=watched(worse=[rise]))


def test_a_new_leak_goes_to_the_mail_server_and_the_webhook_once_and_can_be_acknowledged(
    plan: Plan, ways: Mailbox
) -> None:
    rising(plan)
    with open_store(plan.settings.store_url) as store:
        opened = [raised(plan, store, NOW + timedelta(days=day)) for day in range(3)]
    assert [len(each) for each in opened] == [1, 1, 1]
    assert [to for to, _ in ways.got] == [["ops@example.org"]]
    assert "new leak: queue: 9 of 60 reviews" in Sink.got[0]["text"] and len(Sink.got) == 1
    name = opened[0][0].id
    home = plan.settings.home
    assert f"{name}  2024-02-05  open" in telltale("alerts", "--out", home).stdout
    assert telltale("alerts", "--out", home, "--ack", name, "--who", "Kim").returncode == 0
    assert telltale("alerts", "--out", home).stdout == "No open alert.\n"
    assert "seen by Kim" in telltale("alerts", "--out", home, "--all").stdout
    assert "There is no alert" in telltale("alerts", "--out", home, "--ack", "nope").stderr
    other = telltale("alerts", "--out", home, "--of", "nope")
    assert (other.returncode, other.stdout) == (1, "") and "corner-cafe" in other.stderr


def test_a_new_alert_is_an_event_that_an_automation_can_act_on_and_says_no_more_than_its_kind(
    plan: Plan, ways: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    import prefect.events

    told: list[dict[str, Any]] = []
    monkeypatch.setattr(prefect.events, "emit_event", lambda **event: told.append(event))
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    rising(plan)
    with open_store(plan.settings.store_url) as store:
        [alert] = raised(plan, store, NOW)
        raised(plan, store, NOW + timedelta(days=1))
    assert [each["event"] for each in told] == ["telltale.alert.raised"]
    assert told[0]["payload"] == {"alert": alert.id, "kind": "new leak"}
    assert told[0]["resource"]["prefect.resource.id"] == "telltale.engagement.corner-cafe"


def test_what_nobody_took_is_sent_by_the_next_run_and_a_refusal_names_the_setting_and_not_the_secret(
    plan: Plan, ways: Mailbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rising(plan)
    monkeypatch.setenv("TELLTALE_SMTP_URL", "smtp://user:pa55word@127.0.0.1:1")
    Sink.answer = 500
    with open_store(plan.settings.store_url) as store:
        assert raised(plan, store, NOW)[0].sent_at is None
        Sink.answer = 200
        raised(plan, store, NOW + timedelta(days=1))
        assert store.ledger.alerts(plan.name)[0].sent_at is not None
    assert len(Sink.got) == 2
    assert "TELLTALE_SMTP_URL" in caplog.text and "answered 500" in caplog.text
    assert "pa55word" not in caplog.text and "s3cret-path" not in caplog.text


def test_a_run_that_is_killed_between_mail_and_webhook_sends_the_mail_once_and_the_webhook_by_the_next_run(
    plan: Plan, ways: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> bool:
        raise KeyboardInterrupt

    rising(plan)
    with open_store(plan.settings.store_url) as store:
        with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
            dying.setattr("flows.send._alert_hook", killed)
            raised(plan, store, NOW)
        raised(plan, store, NOW + timedelta(days=1))
        assert store.ledger.alerts(plan.name)[0].sent_at is not None
    assert (len(ways.got), len(Sink.got)) == (1, 1)


@pytest.mark.parametrize(
    ("smtp", "hook"),
    [
        ("smtp://user:s3cr/pa55word@mail.example:25", "https://hooks.example:s3cr/services/pa55word"),
        ("smtp://user:s3cr#pa55word@mail.example:25", "https://[s3cr/pa55word"),
        ("smtp://user:pa55word@mail.example:s3cr", "https://hooks example/s3cr/pa55word"),
    ],
)
def test_an_address_that_cannot_be_parted_is_a_line_that_names_the_setting_and_no_part_of_the_secret(
    plan: Plan, ways: Mailbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, smtp: str, hook: str
) -> None:
    rising(plan)
    monkeypatch.setenv("TELLTALE_SMTP_URL", smtp)
    monkeypatch.setenv("TELLTALE_WEBHOOK_URL", hook)
    with open_store(plan.settings.store_url) as store:
        assert raised(plan, store, NOW)[0].sent_at is None
    assert "TELLTALE_SMTP_URL" in caplog.text and "TELLTALE_WEBHOOK_URL" in caplog.text
    assert "s3cr" not in caplog.text and "pa55word" not in caplog.text


def test_an_approved_report_goes_to_each_recipient_once_and_who_got_it_is_on_record(
    plan: Plan, ways: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = EmailMessage()
    message["Subject"] = "Review audit"
    message.set_content("The first page.")
    (tmp_path / "first-page.eml").write_bytes(bytes(message))
    given: dict[str, Any] = {"engagement": plan.name, "audit": "2024-02-01-aa", "files": {}, "fresh": True}
    publication = Publication(path=tmp_path, latest=tmp_path, index=tmp_path, **given)
    with open_store(plan.settings.store_url) as store:
        smtp = os.environ["TELLTALE_SMTP_URL"]
        monkeypatch.setenv("TELLTALE_SMTP_URL", "smtp://127.0.0.1:1")
        refused = sent(plan, publication, store, at="2024-02-05T09:00:00+00:00")
        assert all("did not take the message" in each.outcome for each in refused)
        monkeypatch.setenv("TELLTALE_SMTP_URL", smtp)
        sent(plan, publication, store, at="2024-02-05T10:00:00+00:00")
        assert sent(plan, publication, store, at="2024-02-05T11:00:00+00:00") == []
        record = [(each.recipient, each.outcome) for each in store.ledger.sendings(plan.name) if each.outcome == "sent"]
    assert record == [("boss@example.org", "sent"), ("client@example.org", "sent")]
    assert sorted(to[0] for to, _ in ways.got) == ["boss@example.org", "client@example.org"]
    assert b"The first page." in ways.got[0][1]


def test_alerts_are_kept_as_they_were(tmp_path: Path) -> None:
    alert = Alert(id="a", kind="k", subject="s", says="x", raised_at="2024", seen_at="2024")
    with open_store(f"sqlite:///{tmp_path / 's.db'}") as store:
        store.ledger.save_alerts("cafe", [alert])
        assert (store.ledger.alerts("cafe"), store.ledger.alerted()) == ([alert], ["cafe"])
