"""What is sent is on record as it goes, so that a run which is killed in the middle sends nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from flows.send import SendError, posted
from tests.flows.command import ROOT, environment
from tests.flows.engagements import engagement
from tests.flows.mailbox import Mailbox, mail_server

SENDING = """
import sys
from pathlib import Path
from audits.publish import Publication
from audits.store import open_store
from flows.plan import planned
from flows.send import sent
file, home = map(Path, sys.argv[1:])
plan = planned(file, home=home)
given = {"engagement": plan.name, "audit": "2024-02-01-aa", "files": {}, "fresh": True}
with open_store(plan.settings.store_url) as store:
    sent(plan, Publication(path=file.parent, latest=file.parent, index=file.parent, **given), store)
"""


class Deadly(Mailbox):
    """A mail server at whose second message the run that sends is killed."""

    sender: subprocess.Popen[bytes] | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.got and self.sender:
            self.sender.kill()
            return "451 Later"
        return await super().handle_DATA(server, session, envelope)


def sending(file: Path, smtp: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", SENDING, str(file), str(file.parent / "home")]
    return subprocess.Popen(words, cwd=ROOT, env=environment(TELLTALE_SMTP_URL=smtp))


def test_a_run_that_is_killed_between_two_recipients_sends_the_first_nothing_twice(tmp_path: Path) -> None:
    file, message = engagement(tmp_path / "e"), EmailMessage()
    file.write_text('recipients = ["boss@example.org", "ops@example.org"]\n' + file.read_text("utf-8"), "utf-8")
    message["Subject"] = "Review audit"
    (file.parent / "first-page.eml").write_bytes(bytes(message))
    with mail_server(first := Deadly()) as (smtp, _):
        first.sender = sending(file, smtp)
        assert first.sender.wait(timeout=60) == -signal.SIGKILL
    with mail_server() as (smtp, second):
        assert sending(file, smtp).wait(timeout=60) == 0
    assert [to for to, _ in first.got] == [["boss@example.org"]]
    assert [to for to, _ in second.got] == [["ops@example.org"]]


@pytest.mark.parametrize("sender", ["a@", "<", "nobody", "a@b.example\nBcc: c@d.example"])
def test_a_sender_that_is_no_address_is_told_as_the_setting_that_holds_it(
    monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    monkeypatch.setenv("TELLTALE_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("TELLTALE_MAIL_FROM", sender)
    with pytest.raises(SendError, match=r"^TELLTALE_MAIL_FROM is not an address such as"):
        posted(EmailMessage(), ["boss@client.example"])
