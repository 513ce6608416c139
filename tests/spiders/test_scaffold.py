"""A new site begins with one command, reads its first page, and is never begun twice."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from spiders.items import Page
from spiders.scaffold import ScaffoldError, scaffold

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    sites = tmp_path / "spiders" / "sites"
    sites.mkdir(parents=True)
    (sites / "_template.py").write_text((ROOT / "spiders" / "sites" / "_template.py").read_text(encoding="utf-8"))
    return tmp_path


def test_what_is_scaffolded_reads_its_own_page_under_its_own_name(root: Path) -> None:
    module, page, refused = scaffold("gull-ratings", root)
    told = importlib.util.spec_from_file_location("gull_ratings", module)
    assert told is not None and told.loader is not None
    loaded = importlib.util.module_from_spec(told)
    told.loader.exec_module(loaded)
    site = loaded.GullRatings()
    parsed = site.parse(Page(url="https://www.example.com/", body=page.read_bytes(), fetched_at=None))
    assert (site.name, site.title, module.name) == ("gull-ratings", "Gull Ratings", "gull_ratings.py")
    assert [(each.rating, each.posted.on) for each in parsed.reviews] == [(4.0, "2024-05-01")]
    assert b"password" in refused.read_bytes()


def test_a_site_that_is_there_already_is_left_alone(root: Path) -> None:
    scaffold("gull-ratings", root)
    with pytest.raises(ScaffoldError, match="there already"):
        scaffold("gull-ratings", root)
    with pytest.raises(ScaffoldError, match="there already"):
        scaffold("houzz", root)


@pytest.mark.parametrize("name", ["", "Gull", "../x", "a b", "-a", "a_b"])
def test_a_name_that_is_no_slug_is_refused(root: Path, name: str) -> None:
    with pytest.raises(ScaffoldError, match="no name of a site"):
        scaffold(name, root)
