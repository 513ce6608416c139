"""The e-mail carries the first page as text and as HTML, with nobody's address and nothing to fetch."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html import unescape

from audits.report import mail
from tests.audits.report import samples


def parts() -> tuple[str, str, str]:
    found = message_from_bytes(mail.render(samples.report(), audit_id="a"), policy=default)
    texts = {part.get_content_type(): part.get_content() for part in found.walk() if not part.is_multipart()}
    return str(found["Subject"]), texts["text/plain"], texts["text/html"]


def test_both_parts_say_the_verdict_and_the_first_action() -> None:
    report = samples.report()
    leak = next(one for one in report.leaks if one.gap in report.first_page.leaks)
    subject, text, html = parts()
    assert report.cover.business in subject
    for part in (text, unescape(html)):
        assert leak.playbook["first"] in part and leak.owner in part
    assert "DRAFT" in text and "Draft" in html


def test_both_parts_hold_all_that_the_first_page_says() -> None:
    first = samples.report().first_page
    _, text, html = parts()
    said = ["".join(piece.text for piece in one) for one in (first.verdict, first.graves, *first.lead)]
    said += [one.step for one in first.mondays] + [*first.ties, *first.reasons, *first.based_on]
    assert len(first.mondays) == 3 and len(said) > 8
    for part in (text, unescape(html)):
        assert all(each in part for each in said)


def test_the_direction_of_a_leak_stands_in_the_mail_with_its_two_shares() -> None:
    _, text, _ = parts()
    assert "Rising since March 2026: 13 in 100 lately, 6 before." in " ".join(text.split())


def test_a_recalled_report_says_so_in_both_parts() -> None:
    recalled = replace(samples.report(), state="withdrawn")
    body = mail.message(recalled, audit_id="a")
    assert all("do not rely on it" in part.get_content().lower() for part in body.iter_parts())


def test_nothing_is_fetched_and_nobody_is_addressed() -> None:
    body = mail.render(samples.report(), audit_id="a").decode()
    assert "src=" not in body and "http" not in body.replace("http-equiv", "")
    assert "\nTo:" not in body and "\nFrom:" not in body


def test_a_business_named_like_a_header_adds_none() -> None:
    told = replace(samples.report(), cover=samples.cover(business="Inn\r\nBcc: x@evil.example"))
    found = message_from_bytes(mail.render(told, audit_id="a"), policy=default)
    assert found["Bcc"] is None


def test_the_same_report_gives_the_same_mail() -> None:
    assert mail.render(samples.report(), audit_id="a") == mail.render(samples.report(), audit_id="a")
