"""A client that must not pass on who its competitors are gets a report in which no form names one."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from functools import cache
from io import BytesIO
from zipfile import ZipFile

from audits.analysis.gaps import frame
from audits.report import html
from audits.report.build import build
from audits.report.forms import screen, summary
from audits.report.lettered import letters
from audits.report.model import Report
from tests.audits.report import samples
from tests.audits.report.made import THEM, US
from tests.audits.report.pages import read


def made(aliases: dict[str, str] | None = None) -> Report:
    found = samples.findings()
    sentence = f"From March 2025 {THEM[0]} received about 40 reviews a month, against about 21 before."
    lines = [
        replace(line, reason=f"Read {line.listing} at http://127.0.0.1/biz/lantern-house and from lantern-house.csv.")
        if line.business == THEM[1]
        else line
        for line in samples.sources()
    ]
    return build(
        cover=samples.cover(), findings=replace(found, weakened=(sentence,)), reviews=samples.reviews(), frame=frame(),
        sources=lines, version="0.1.0", aliases=letters(THEM) if aliases is None else aliases,
    )  # fmt: skip


@cache
def without() -> Report:
    return made()


def test_no_form_names_a_competitor() -> None:
    names = [form for name in THEM for form in (name, name.lower().replace(" ", "-"), name.upper())]
    for name, body in screen(without()).items():
        texts = [body.decode("utf-8", "replace")]
        if name.endswith(".xlsx"):
            with ZipFile(BytesIO(body)) as book:
                texts = [book.read(part).decode("utf-8", "replace") for part in book.namelist()]
        if name.endswith(".eml"):
            parts = message_from_bytes(body, policy=policy.default).walk()
            texts = [str(part.get_content()) for part in parts if not part.is_multipart()]
        assert not [(name, word) for word in names for text in texts if word in text]
    assert not [word for word in names if word in str(summary(without()))]


def test_letters_follow_the_engagement_file_and_our_own_name_stays() -> None:
    report = without()
    assert {line.business for line in report.businesses} == {US, "Competitor A", "Competitor B", "Competitor C"}
    text = read(html.render(report, audit_id="a", charts={}).encode()).text
    assert "From March 2025 Competitor A received" in text and US in text
    assert text.count("Competitors stand under letters in this report") == 1
    assert letters([str(at) for at in range(28)])["26"] == "Competitor AA"


def test_numbers_and_evidence_are_those_of_the_named_report() -> None:
    named, bare = made({}), without()
    assert [leak.share for leak in named.leaks] == [leak.share for leak in bare.leaks]
    assert [line.seal for line in named.reviews] == [line.seal for line in bare.reviews]
    links = {line.business: line.link for line in bare.reviews}
    assert links[US] and not [business for business, link in links.items() if link and business != US]
