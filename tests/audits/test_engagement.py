"""A bad engagement file is refused before any work, with file, key, reason and a suggestion (ACCEPTANCE g46)."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

from audits.engagement import EngagementError, Listing, audit_period, canonical, digest, load, refusals

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
GOOD = """
engagement = "north-dental"
as_of = 2024-02-01
confidential = true
[business]
name = "North Dental"
industry = "clinics"
locations = ["Harbour", "Hill"]
[[competitors]]
name = "South Dental"
[[listings]]
name = "north"
business = "North Dental"
site = "example-site"
way = "export"
files = ["north.csv"]
[[listings]]
name = "south"
business = "South Dental"
site = "sandbox"
way = "crawl"
url = "http://127.0.0.1:8123/biz/south"
local = true
[kpi.waiting-time]
name = "Calls answered within a minute"
value = 71
unit = "%"
as_of = 2024-01-31
[[targets]]
gap = "waiting-time"
value = 0.05
by = 2024-12-31
[[interventions]]
date = 2023-11-01
gap = "waiting-time"
what = "A second receptionist at Harbour"
[[sources]]
site = "example-site"
basis = "client export"
checked = 2024-01-15
storage = true
[[sources]]
listing = "south"
basis = "sandbox"
checked = 2024-01-15
storage = true
"""


def written(folder: Path, text: str = GOOD) -> Path:
    (folder / "north.csv").write_text("text,rating\n")
    path = folder / "engagement.toml"
    path.write_text(text)
    return path


def refusal(folder: Path, old: str, new: str) -> EngagementError:
    assert old in GOOD
    with pytest.raises(EngagementError) as caught:
        load(written(folder, GOOD.replace(old, new, 1)))
    return caught.value


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    engagement = load(written(tmp_path))
    assert engagement.businesses == ("North Dental", "South Dental")
    assert engagement.files_of(engagement.listing("north")) == (tmp_path.resolve() / "north.csv",)
    assert engagement.kpi["waiting-time"].value == 71
    assert engagement.confidential


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("confidential", "confidental", "confidental", "did you mean 'confidential'?"),
        ('way = "crawl"', 'way = "crawler"', "listings[south].way", "did you mean 'crawl'?"),
        ('site = "sandbox"', 'sight = "sandbox"', "listings[south].sight", "did you mean 'site'?"),
        ('engagement = "north-dental"', 'engagement = ""', "engagement", "is empty"),
        ('engagement = "north-dental"', 'engagement = "North Dental"', "engagement", "is not a slug"),
        ('name = "south"', 'name = ""', "listings[#2].name", "is empty"),
        ('name = "South Dental"', 'name = "North dental"', "competitors", "named twice"),
        ('name = "south"', 'name = "north"', "listings", "named twice"),
        ('business = "South Dental"', 'business = "Sout Dental"', "listings[south].business", "'South Dental'"),
        ('files = ["north.csv"]', 'files = ["nort.csv"]', "listings[north].files", "did you mean 'north.csv'?"),
        ('files = ["north.csv"]', 'files = ["~/north.csv"]', "listings[north].files[#1]", "not expanded"),
        ('files = ["north.csv"]', 'files = ["${HOME}/n.csv"]', "listings[north].files[#1]", "not expanded"),
        ('files = ["north.csv"]', "", "listings[north].files", "needs files"),
        ('url = "http://127.0.0.1:8123/biz/south"', "", "listings[south].url", "needs a url"),
        ("local = true", "local = false", "listings[south].url", "only https:// addresses"),
        ("http://127.0.0.1:8123", "https://shop.example", "listings[south].url", "on this machine"),
        ("http://127.0.0.1:8123", "http://127.0.0.1.shop.example", "listings[south].url", "on this machine"),
        ("http://127.0.0.1", "http://u:p@127.0.0.1", "listings[south].url", "user name"),
        ("[kpi.waiting-time]", "[period]\nstart = 2024-01-01\nend = 2023-01-01\n[kpi.x]", "period.end", "before"),
        ('gap = "waiting-time"\nvalue', "value", "targets[#1].gap", "exactly one"),
        ('basis = "client export"', 'basis = "client exports"', "sources[#1].basis", "'client export'"),
        ('listing = "south"', 'listing = "souht"', "sources.listing", "did you mean 'south'?"),
        ('site = "example-site"\nbasis', 'site = "exmple-site"\nbasis', "sources.site", "'example-site'"),
        ("storage = true", 'storage = "yes"', "sources[#1].storage", "boolean"),
        ('industry = "clinics"\n', "", "business.industry", "is required"),
        ("value = 71", "value = nan", "kpi.waiting-time.value", "finite"),
    ],
)
def test_a_bad_key_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, key: str, words: str
) -> None:
    error = refusal(tmp_path, old, new)
    assert error.problems[0].key == key
    assert f"{tmp_path / 'engagement.toml'}: {key}: " in str(error)
    assert words in str(error)


def test_a_language_that_the_catalogue_has_not_is_refused_with_those_that_it_has(tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_text('language = "xx"\n' + GOOD, encoding="utf-8")
    with pytest.raises(EngagementError, match="language: the catalogue has no language 'xx'; it has: en"):
        load(file)


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    error = refusal(tmp_path, "value = 71\n", 'value = "many"\nuint = "%"\n')
    also = refusal(
        tmp_path, 'gap = "waiting-time"\nvalue = 0.05\nby = 2024-12-31', "value = 1\n[money]\ncurrency = 'eur'"
    )
    assert [each.suggestion for each in error.problems] == ["unit"]
    assert {each.key for each in also.problems} == {"targets[#1].by", "money.currency"}


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(EngagementError, match="line 2"):
        load(written(tmp_path, 'engagement = "x"\n= 3\n'))


def test_a_file_that_is_not_there_is_a_sentence_with_a_suggestion(tmp_path: Path) -> None:
    written(tmp_path)
    with pytest.raises(EngagementError, match=r"not found \(did you mean 'engagement.toml'\?\)"):
        load(tmp_path / "engagment.toml")


def test_a_folder_that_is_not_there_is_refused_at_its_own_key(tmp_path: Path) -> None:
    error = refusal(tmp_path, "as_of", 'files_from = "elsewhere"\nas_of')
    assert error.problems[0].key == "files_from"


def test_a_business_without_a_listing_cannot_be_audited(tmp_path: Path) -> None:
    error = refusal(tmp_path, 'business = "North Dental"', 'business = "South Dental"')
    assert "no listing holds reviews of the audited business" in str(error)


def listing_of(folder: Path, **keys: str) -> Listing:
    """The first listing with other keys than an export's."""
    old = 'way = "export"\nfiles = ["north.csv"]'
    assert old in GOOD
    new = "\n".join(f"{key} = {value}" for key, value in keys.items())
    return load(written(folder, GOOD.replace(old, new, 1))).listing("north")


def test_each_way_in_has_its_own_keys(tmp_path: Path) -> None:
    saved = listing_of(tmp_path, way='"capture"', files='["."]', fetched_at="2024-05-03", where='{ business = "N" }')
    assert saved.fetched_at == datetime(2024, 5, 3)
    asked = listing_of(tmp_path, way='"api"', address='"unit-1"')
    assert asked.address == "unit-1"
    local = listing_of(tmp_path, way='"api"', address='"u"', local="true", url='"http://127.0.0.1:9"')
    assert local.url == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("keys", "key", "words"),
    [
        ({"way": '"api"'}, "address", "needs address"),
        ({"way": '"api"', "address": '"u"', "url": '"https://x.example"'}, "url", "local = true alone"),
        ({"way": '"api"', "address": '"u"', "local": "true"}, "url", "needs a url"),
        ({"way": '"api"', "address": '"u"', "files": '["north.csv"]'}, "files", 'is for way = "export" or "capture"'),
        ({"way": '"capture"', "files": '["."]', "columns": '{ text = "t" }'}, "columns", 'is for way = "export"'),
        ({"way": '"capture"', "files": '["."]', "where": '{ city = "t" }'}, "where", "business = …"),
        ({"way": '"export"', "files": '["north.csv"]', "fetched_at": "2024-05-03"}, "fetched_at", '"capture"'),
        ({"way": '"export"', "files": '["north.csv"]', "address": '"u"'}, "address", 'is for way = "api"'),
        ({"way": '"capture"'}, "files", "needs files"),
    ],
)
def test_a_key_of_another_way_in_is_refused(tmp_path: Path, keys: dict[str, str], key: str, words: str) -> None:
    with pytest.raises(EngagementError) as caught:
        listing_of(tmp_path, **keys)
    assert caught.value.problems[0].key == f"listings[north].{key}" and words in str(caught.value)


def test_the_canonical_text_does_not_know_where_the_files_lie(tmp_path: Path) -> None:
    here, there = tmp_path / "a", tmp_path / "b"
    here.mkdir()
    there.mkdir()
    moved = GOOD.replace("as_of", f'files_from = "{here}"\nas_of', 1)
    first, second = load(written(here)), load(written(there, moved))
    assert canonical(first) == canonical(second)
    assert digest(first) == digest(second)
    assert digest(first) != digest(load(written(here, GOOD.replace("value = 71", "value = 72"))))


def test_which_forms_a_draft_has_is_not_what_is_audited(tmp_path: Path) -> None:
    plain = load(written(tmp_path, GOOD))
    screen = load(written(tmp_path, GOOD + '\n[publishing]\ndrafts = "screen"\n'))
    assert screen.publishing.drafts == "screen" and digest(plain) == digest(screen)


def test_the_period_is_the_last_two_years_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    plain = load(written(tmp_path))
    assert audit_period(plain, date(2024, 2, 1)) == (date(2022, 2, 2), date(2024, 2, 1))
    undated = load(written(tmp_path, GOOD.replace("as_of = 2024-02-01\n", "", 1)))
    assert audit_period(undated, date(2024, 2, 29)) == (date(2022, 3, 1), date(2024, 2, 29))
    given = load(written(tmp_path, GOOD.replace("[kpi", "[period]\nstart = 2023-06-01\n[kpi", 1)))
    assert audit_period(given, date(2024, 2, 1)) == (date(2023, 6, 1), date(2024, 2, 1))


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_an_example_needs_only_its_one_path_filled_in(example: Path, tmp_path: Path) -> None:
    text = example.read_text()
    with pytest.raises(EngagementError, match="files_from: there is no folder"):
        load(example)
    place = next(line for line in text.splitlines() if line.startswith("files_from"))
    for listing in tomllib.loads(text)["listings"]:
        for name in listing["files"]:
            (tmp_path / name).touch()
    path = tmp_path / "filled.toml"
    path.write_text(text.replace(place, f'files_from = "{tmp_path}"'))
    engagement = load(path)
    assert engagement.as_of is not None
    assert refusals(engagement, engagement.as_of) == {}


def test_what_only_follows_from_a_misspelt_key_is_not_said_as_well(tmp_path: Path) -> None:
    text = 'engagement = "a"\n[business]\nname = "A"\nindustry = "shop"\n[[listings]]\nname = "a"\nbusiness = "A"\n'
    (tmp_path / "e.toml").write_text(text + 'site = "google"\nway = "export"\nfils = ["a.csv"]\n')
    with pytest.raises(EngagementError) as refused:
        load(tmp_path / "e.toml")
    assert [problem.key for problem in refused.value.problems] == ["listings[a].fils"]
