"""Every site reads its own pages as `tests/sites/<site>/expected.json` says, and takes no wall for a listing."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from spiders import blocks
from spiders.items import Page, ParsedPage
from spiders.site import Site, UnreadableError
from spiders.sites import all_sites, site

FOLDER = Path(__file__).resolve().parents[1] / "sites"
SITES = sorted(all_sites())
PAGES = sorted((each.parent.name, each.name) for each in FOLDER.glob("*/page*.*"))
FETCHED = "2024-06-01T12:00:00Z"


def page(name: str, file: str) -> Page:
    body = (FOLDER / name / file).read_bytes()
    hosts = site(name).hosts or ("www.example.com",)
    return Page(url=f"https://{hosts[0]}/listing", body=body, fetched_at=FETCHED, sha256=sha256(body).hexdigest())


def told(parsed: ParsedPage) -> dict[str, Any]:
    """A parsed page as the JSON of its fixture; the author stands in it, as these people are invented."""
    facts = {name: value for name, value in asdict(parsed).items() if name != "reviews"}
    facts["reviews"] = [each.as_json(with_author=True) for each in parsed.reviews]
    return dict(json.loads(json.dumps(facts)))


@pytest.mark.parametrize("name", SITES)
def test_every_site_has_a_page_to_read_and_one_to_refuse(name: str) -> None:
    assert list((FOLDER / name).glob("page*.*")), f"write tests/sites/{name}/page.html: invented people, real markup"
    assert list((FOLDER / name).glob("refused*.*")), f"write tests/sites/{name}/refused.html: a wall of that site"


@pytest.mark.parametrize(("name", "file"), PAGES)
def test_a_site_reads_its_page_as_expected(name: str, file: str) -> None:
    expected = FOLDER / name / ("expected" + file.removeprefix("page").rsplit(".", 1)[0] + ".json")
    found = told(site(name).parse(page(name, file)))
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        pytest.fail(f"{expected.name} was written from what the parser read: look through it, then run again")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SITES)
def test_a_wall_is_refused_or_recognised_as_a_block(name: str) -> None:
    for file in (FOLDER / name).glob("refused*.*"):
        held = page(name, file.name)
        try:
            parsed = site(name).parse(held)
        except UnreadableError as wrong:
            assert str(wrong)
        else:
            assert blocks.block(held.body, parsed)


@pytest.mark.parametrize("name", SITES)
def test_a_site_says_what_it_is_in_about_sixty_lines(name: str) -> None:
    held: Site = site(name)
    assert held.name == name and held.title and held.ways
    module = Path(__file__).resolve().parents[2] / "spiders" / "sites" / f"{name.replace('-', '_')}.py"
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 77


def test_an_unknown_site_is_answered_with_the_one_that_was_meant() -> None:
    with pytest.raises(LookupError, match="did you mean 'sandbox'"):
        site("sandbx")


def test_the_template_is_no_site() -> None:
    assert "template" not in all_sites()


def test_a_reading_of_any_site_is_another_one_where_what_all_parsers_share_reads_differently(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {each.parser_version for each in all_sites().values()}
    monkeypatch.setattr("spiders.site.SHARED_VERSION", 99)
    assert not before & {each.parser_version for each in all_sites().values()}
