"""Hostile content in what is published (ACCEPTANCE, part e): shown as text, never as markup, links or paths."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from audits.analysis.gaps import frame
from audits.publish import publish, slug
from audits.report.build import build
from audits.report.forms import screen, summary
from audits.report.html import environment
from audits.report.quotes import web_link
from tests.audits.report import samples
from tests.audits.report.pages import poisoned, read

POISONS = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</script></style></title><b>",
    "{{7*7}}{% raw %}${7*7}",
    "]]><![CDATA[<svg onload=alert(1)>",
    "\"><svg onload=alert(1)> ' onfocus=x autofocus ",
    "*{background:url(http://169.254.169.254)}@import 'x';",
    "<link rel=attachment href=file:///etc/passwd>&amp;&#x3c;b&#x3e;",
    "\u202egnp.exe\u0000\u200b\ud83d",
)
ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
    "file:///etc/passwd", "//evil.example", "http://user:pw@evil.example/", "https://[::1", "vbscript:x", "", "http:///x",
    'https://ok.example/"><script>', "https://ok.example/a b",
)  # fmt: skip


@cache
def plain() -> dict[str, bytes]:
    return screen(samples.report())


def hostile(poison: str, address: str | None = None) -> dict[str, bytes]:
    rows = [poisoned(row, poison)._replace(url=address or row.url) for row in samples.reviews(each=80)]
    found = samples.findings(samples.reviews(each=80))
    report = build(
        cover=replace(poisoned(samples.cover(), poison), brand_colour=f"#12345{poison}"),
        findings=poisoned(replace(found, leaks=found.leaks[:2]), poison),
        reviews=rows,
        frame=frame(),
        sources=poisoned(samples.sources(), poison),
        version="0.1.0",
    )
    return screen(report)


@pytest.mark.parametrize("poison", [poison for poison in POISONS if "\ud83d" not in poison])
def test_36_hostile_words_are_shown_as_text_and_change_no_tag_or_attribute(poison: str) -> None:
    forms = hostile(poison)
    for name in ("report.html", "annex.html"):
        assert read(forms[name]).shape <= read(plain()[name]).shape
    page = read(forms["report.html"])
    assert " ".join(poison.split()) in page.text
    assert "49" not in re.findall(r"Harbour Hotels(\S{2})", page.text)


def test_36_controls_and_broken_letters_do_not_stop_a_report() -> None:
    page = read(hostile(POISONS[-1])["report.html"])
    assert "gnp.exe" in page.text and not set(page.text) & {"\x00", "\u202e", "\ud83d"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_36_no_address_but_plain_http_becomes_a_link(address: str) -> None:
    found = web_link(address)
    assert found is None or (urlsplit(found).scheme in ("http", "https") and urlsplit(found).hostname == "ok.example")


def test_36_links_are_http_or_within_the_publication_and_tell_nothing() -> None:
    forms = hostile("x", "javascript:alert(1)") | {"plain.html": plain()["report.html"]}
    for name in ("report.html", "annex.html", "plain.html"):
        for tag, attributes in read(forms[name]).tags:
            if tag != "a":
                assert "href" not in attributes and "src" not in attributes
                continue
            target = attributes["href"] or ""
            if re.fullmatch(r"(annex\.html|report\.html)?(#[A-Za-z0-9-]+)?", target):
                continue
            assert urlsplit(target).scheme in ("http", "https")
            assert attributes["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize("name", ["report.html", "annex.html"])
def test_36_no_script_no_style_attribute_no_handler_and_a_policy_for_the_one_style_sheet(name: str) -> None:
    page = read(plain()[name])
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
    assert not [pair for pair in page.shape if pair[1] == "style" or pair[1].startswith("on")]
    digest = b64encode(sha256(page.style.encode()).digest()).decode()
    policy = next(attributes["content"] for tag, attributes in page.tags if "http-equiv" in attributes)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    assert "url(" not in page.style and "@import" not in page.style


def test_36_escaping_is_on_for_every_template_name() -> None:
    for name in ("x.html.j2", "x.j2", "x", "x.txt"):
        template = environment().from_string("{{ value }}")
        template.name = name
        assert template.render(value="<b>") == "&lt;b&gt;"
    assert environment().autoescape is True


def test_38_json_holds_the_words_unaltered() -> None:
    report = json.loads(hostile("=cmd|' /C calc'!A0<b>")["report.json"])
    assert report["cover"]["business"].endswith("=cmd|' /C calc'!A0<b>")
    assert report["leaks"][0]["quotes"][0]["text"].endswith("=cmd|' /C calc'!A0<b>")


@pytest.mark.parametrize(
    "name", ["../../x", "CON", "con.html", "a/b", "x" * 300, "", "..", "\u202e", "Ä Ö", "a\x00b", "-", ".lock"]
)
def test_39_names_stay_inside_the_output_directory(name: str, tmp_path: Path) -> None:
    found = publish({"report.html": b"x"}, root=tmp_path / "out", engagement=name, audit_id=name)
    assert found.path.resolve().parent.parent == (tmp_path / "out").resolve()
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,95}", found.path.name) and not slug(name).lower().startswith("con.")
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_39_names_that_fold_alike_stay_apart() -> None:
    names = ["a/b", "a-b", "A-b", "a b", "x" * 81 + "1", "x" * 81 + "2", "é", "e"]
    assert len({slug(name) for name in names}) == len(names)


def test_36_the_index_shows_hostile_words_as_text(tmp_path: Path) -> None:
    words = summary(samples.report()) | {"verdict": POISONS[0], "period": POISONS[5]}
    publish({"report.html": b"x"}, root=tmp_path, engagement="e", audit_id="2026-06-30-aa", summary=words)
    page = read((tmp_path / "e" / "index.html").read_bytes())
    assert POISONS[0] in page.text and not {tag for tag, _ in page.tags} & {"script", "svg"}
