"""Alerts and approved reports have gone out by mail and webhook; who got what is on record, no secret is printed."""

from __future__ import annotations

import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email import policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.parser import BytesParser
from hashlib import sha256
from http.client import HTTPException
from urllib.parse import SplitResult, unquote, urlsplit

from audits.publish import Publication
from audits.store.ledger import Alert, Sending
from audits.store.store import Store
from flows.console import log
from flows.plan import Plan
from flows.settings import secret

SMTP, SENDER, WEBHOOK = "TELLTALE_SMTP_URL", "TELLTALE_MAIL_FROM", "TELLTALE_WEBHOOK_URL"
SECONDS = 30
FORM = "first-page.eml"
TOLD, LINES = "alerts-told", 50
"""The log's event of alerts that one way took, and how many lines back an unfinished telling can lie."""


class SendError(RuntimeError):
    """Something could not be sent; the sentence names the setting, never what it holds."""


def kept_secret(name: str) -> str | None:
    """From the environment, else from a Prefect Secret block of that name in small letters and hyphens."""
    if (given := secret(name)) is not None:
        return given
    if not secret("PREFECT_API_URL"):
        return None
    with suppress(Exception):  # no such block, no such server: it is not set, and nothing about it may be printed
        from prefect.blocks.system import Secret

        block = Secret.load(name.lower().replace("_", "-"), _sync=True)  # type: ignore[call-arg, unused-ignore]
        return str(block.get())  # type: ignore[union-attr, unused-ignore]
    return None


def alerted(plan: Plan, store: Store, alerts: Sequence[Alert]) -> frozenset[str]:
    """Tell of new alerts by every way that is set; the ids of those that at least one took. A failed way is a line.

    What a way took is on record before the next is asked: a run that is killed between them tells nothing twice.
    """
    took: set[str] = set()
    for name, way in (("mail", _alert_mail), ("webhook", _alert_hook)):
        had = _told(plan, store, name)
        new = [each for each in alerts if each.id not in had]
        took |= {each.id for each in alerts} & had
        try:
            if new and way(plan, *_worded(plan, new)):
                store.log(plan.name, TOLD, detail={"way": name, "alerts": [each.id for each in new]})
                took |= {each.id for each in new}
        except SendError as wrong:
            log.error(f"alerts    {plan.name}: {wrong}")
    return frozenset(took)


def _told(plan: Plan, store: Store, way: str) -> set[str]:
    lines = [each for each in store.last_logged(plan.name, TOLD, LINES) if each["way"] == way]
    return {name for each in lines for name in each["alerts"]}


def _worded(plan: Plan, alerts: Sequence[Alert]) -> tuple[str, str]:
    """The subject and the text that tell of alerts."""
    text = "\n".join(f"{each.kind}: {each.says}" for each in alerts)
    subject = f"{plan.engagement.business.name}: {len(alerts)} new alert{'s' if len(alerts) > 1 else ''}"
    hint = f"Acknowledge one with: telltale alerts --ack ID ({', '.join(each.id for each in alerts)})"
    return subject, f"{text}\n\n{hint}"


def _alert_mail(plan: Plan, subject: str, text: str) -> bool:
    to = plan.engagement.alerts.email
    if not to or kept_secret(SMTP) is None:
        return False
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"], message["To"] = " ".join(subject.split()), ", ".join(to)
    message.set_content(text)
    posted(message, to)
    return True


def _alert_hook(plan: Plan, subject: str, text: str) -> bool:
    url = kept_secret(WEBHOOK)
    if url is None or not plan.engagement.alerts.webhook:
        return False
    if (parted := _parted(url)) is None or parted.scheme not in ("http", "https"):
        raise SendError(f"{WEBHOOK} is not an http(s) address")
    body = json.dumps({"text": f"{subject}\n{text}"}, ensure_ascii=False).encode()
    asked = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310 - checked
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS):  # noqa: S310 - the scheme is checked above
            return True
    except urllib.error.HTTPError as wrong:
        raise SendError(f"the webhook ({WEBHOOK}) answered {wrong.code}") from None
    except (OSError, ValueError, HTTPException) as wrong:
        raise SendError(f"the webhook ({WEBHOOK}) could not be reached: {type(wrong).__name__}") from None


def posted(message: EmailMessage, to: Sequence[str]) -> None:
    """Hand a message to the mail server; raises `SendError`."""
    url = _parted(kept_secret(SMTP) or "")
    if url is None or url.scheme not in ("smtp", "smtps") or not url.hostname:
        raise SendError(
            f"{SMTP} is not set to an smtp:// address: user, password, host, port (smtps:// for TLS from the start; "
            "in user and password / is written %2F, # %23, ? %3F, @ %40)"
        )
    if "From" not in message:
        _signed(message, kept_secret(SENDER) or f"telltale@{url.hostname}")
    kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(url.hostname, url.port or 0, timeout=SECONDS) as server:
            if url.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls()
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(message, to_addrs=list(to))
    except (smtplib.SMTPException, OSError, ValueError) as wrong:
        raise SendError(f"the mail server of {SMTP} did not take the message: {type(wrong).__name__}") from None


def _signed(message: EmailMessage, sender: str) -> None:
    """Write who the message is from; raises `SendError` for what is no address, whatever Python then stumbles over."""
    try:
        message["From"] = sender
        whole = [each.username and each.domain for each in message["From"].addresses]
    except (ValueError, IndexError, HeaderParseError):
        whole = []
    if not whole or not all(whole):
        raise SendError(f"{SENDER} is not an address such as telltale@example.com")


def _parted(address: str) -> SplitResult | None:
    """The parts of an address; None where it cannot be parted, since what Python then says quotes the password."""
    try:
        parted = urlsplit(address)
        _ = parted.port
    except ValueError:
        return None
    return parted


def mail_is_set() -> bool:
    """Whether a mail server is named at all."""
    return kept_secret(SMTP) is not None


def sent(plan: Plan, publication: Publication, store: Store, *, at: str | None = None) -> list[Sending]:
    """Send an approved report's first page to each recipient of the engagement, once; each is on record as it goes."""
    body = (publication.path / FORM).read_bytes()
    number = publication.audit.rpartition(".r")[2]
    revision = int(number) if number.isdecimal() else 1
    digest, when = sha256(body).hexdigest(), at or datetime.now(UTC).isoformat()
    had = {
        each.recipient for each in store.ledger.sendings(plan.name) if (each.digest, each.outcome) == (digest, "sent")
    }
    made = []
    for recipient in plan.engagement.recipients:
        if recipient in had:
            continue
        message = BytesParser(policy=policy.SMTP).parsebytes(body)
        del message["To"], message["X-Unsent"]
        message["To"] = recipient
        try:
            posted(message, [recipient])
            outcome = "sent"
        except SendError as wrong:
            outcome = str(wrong)
            log.error(f"send      {plan.name}: {outcome}")
        went = Sending(
            audit=publication.audit, revision=revision, recipient=recipient, at=when, digest=digest, outcome=outcome
        )
        store.ledger.save_sendings(plan.name, [went])  # before the next one: who has it must not get it again
        made.append(went)
    return made


def recipients_of(store: Store, engagement: str, publication: str) -> tuple[str, ...]:
    """Who has a copy of a publication, by the record."""
    found = store.ledger.sendings(engagement)
    return tuple(each.recipient for each in found if (each.audit, each.outcome) == (publication, "sent"))
