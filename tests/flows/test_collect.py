"""`telltale collect` and `telltale replay` on a listing of the bench, and what stands before and behind a crawl."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from audits.store import open_store
from audits.store.identity import review_key
from audits.store.records import PastRun
from flows.crawling import full_pass_due
from flows.forecast import Forecast, told
from flows.pending import STAMP, start
from flows.plan import planned
from spiders.items import Verdict
from spiders.landing import MANIFEST, REVIEWS, LandingWriter, read_landing
from tests.flows.command import telltale
from tests.spiders.bench import Answer, Bench, serving
from tests.spiders.test_landing import FACTS, page

NOW = datetime(2024, 6, 20, 2, 0, tzinfo=UTC)


def engagement(folder: Path, bench: Bench, rhythm: str = "") -> Path:
    file = folder / "engagement.toml"
    file.write_text(
        f'engagement = "bench"\n{rhythm}\n[business]\nname = "Bench & Co"\nindustry = "restaurant"\n'
        f'[[listings]]\nname = "a"\nbusiness = "Bench & Co"\nsite = "sandbox"\nway = "crawl"\n'
        f'url = "{bench.url}/biz/a"\nlocal = true\n'
        '[[sources]]\nsite = "sandbox"\nbasis = "sandbox"\nchecked = 2024-01-01\nstorage = true\n'
    )
    return file


def test_a_listing_is_collected_resumed_and_replayed(tmp_path: Path, api_url: str) -> None:
    with serving() as bench:
        bench.pages(100)
        whole = bench.answers["/biz/a?page=4"]
        bench.put("/biz/a?page=4", Answer(status=503))
        file = engagement(tmp_path, bench)
        words = ("collect", file, "--out", tmp_path / "home", "--json")
        ran = telltale(*words, PREFECT_API_URL=api_url)
        [row] = json.loads(ran.stdout)["listings"]
        assert (ran.returncode, row["verdict"], row["reviews"]) == (2, "partial", 80)
        bench.put("/biz/a?page=4", *whole)
        bench.asked.clear()
        ran = telltale(*words, PREFECT_API_URL=api_url)
        [row] = json.loads(ran.stdout)["listings"]
        assert (ran.returncode, row["verdict"], row["scope"], row["reviews"]) == (0, "complete", "full", 100)
        assert bench.asked == ["/robots.txt", "/biz/a?page=4"]
        known = recorded(file, tmp_path / "home")
        assert [(each.name, each.scope) for each in known] == [("partial", "full"), ("complete", "full")]
        bench.asked.clear()
        ran = telltale("replay", file, "--out", tmp_path / "home", PREFECT_API_URL=api_url)
        assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
        assert "a: 5 pages, parser sandbox-2 → sandbox-2, reviews 100 → 100" in ran.stdout
        assert "nothing changes" in ran.stdout
        read_otherwise(tmp_path / "home" / str(row["landing"]))
        ran = telltale("replay", file, "--store", "--json", "--out", tmp_path / "home", PREFECT_API_URL=api_url)
        told = json.loads(ran.stdout)
        assert told["stored"] is True and told["reviews"] == [99, 100] and told["appeared"] == ["r99"]
        assert told["changed"]["rating"] == {"r1": ["1.0", "2.0"]}
        assert [*told["changed"]] == ["rating", "text"] and told["changed"]["text"].keys() == {"r2"}
        assert "What an older parser" not in ran.stdout, "nobody's words are shown unless they are asked for"
        assert stars(file, tmp_path / "home")[review_key("bench", "a", "r1")] == 2.0, "the new reading is what is held"
        assert bench.asked == [], "a replay asks nobody"


def recorded(file: Path, home: Path) -> list[Verdict]:
    """How the runs of the listing ended, as the store has it, in their order."""
    plan = planned(file, home=home)
    landings = [read_landing(each) for each in sorted((plan.settings.landings / plan.name / "a").iterdir())]
    with open_store(plan.settings.store_url) as store:
        return [store.run(plan.name, each.id).verdict for each in landings]


def stars(file: Path, home: Path) -> dict[str, float | None]:
    plan = planned(file, home=home)
    with open_store(plan.settings.store_url) as store:
        return {each.key: each.rating for each in store.reviews(plan.name)}


def read_otherwise(landing: Path) -> None:
    """Make the landing what an older parser had left: one review unseen, one rating and one text read wrongly."""
    rows = [json.loads(line) for line in (landing / REVIEWS).read_text().splitlines()]
    old = {"r1": {"rating": 1.0}, "r2": {"text": "What an older parser took for the text"}}
    kept = [row | old.get(row["id"], {}) for row in rows if row["id"] != "r99"]
    (landing / REVIEWS).write_text("".join(f"{json.dumps(row)}\n" for row in kept))
    manifest = json.loads((landing / MANIFEST).read_text())
    manifest["files"][REVIEWS] = sha256((landing / REVIEWS).read_bytes()).hexdigest()
    (landing / MANIFEST).write_text(json.dumps(manifest | {"reviews": len(kept)}))


def past(scope: str, day: str) -> PastRun:
    return PastRun(landing="l", as_of=f"{day}T00:00:00Z", scope=scope, reviews=10)


def test_a_full_pass_is_due_by_the_engagements_rhythm(tmp_path: Path) -> None:
    file = engagement(tmp_path, Bench(url="http://127.0.0.1:9"), "full_pass_days = 10")
    plan = planned(file, home=tmp_path / "home")
    listing, today = plan.engagement.listing("a"), date(2024, 6, 20)
    assert full_pass_due(plan, listing, [], today), "never done"
    assert full_pass_due(plan, listing, [past("incremental", "2024-06-19")], today), "an incremental run is none"
    assert full_pass_due(plan, listing, [past("full", "2024-06-10")], today)
    assert not full_pass_due(plan, listing, [past("full", "2024-06-01"), past("capped", "2024-06-11")], today)


def landed(folder: Path, when: datetime, *, finish: bool = True, verdict: object = None) -> Path:
    out = folder / when.strftime(STAMP)
    with LandingWriter(out) as writer:
        writer.page(page())
        if finish:
            writer.finish(**FACTS | ({"verdict": verdict} if verdict else {}))
    return out


def test_a_run_goes_on_at_a_killed_attempt_or_a_pass_that_is_not_whole_or_begins_anew(tmp_path: Path) -> None:
    assert start(tmp_path / "none", NOW).out == tmp_path / "none" / NOW.strftime(STAMP)
    partial = Verdict(name="partial", scope="full", reason="time")
    first = landed(tmp_path / "a", NOW - timedelta(hours=1), verdict=partial)
    again = start(tmp_path / "a", NOW)
    assert (again.previous, again.resume, again.reread_top) == (first, True, False)
    assert start(tmp_path / "a", NOW + timedelta(days=1)).reread_top, "another night"
    assert not start(tmp_path / "a", NOW + timedelta(days=8)).resume, "the list has moved on"
    assert not start(tmp_path / "a", NOW, anew=True).resume
    killed = landed(tmp_path / "a", NOW - timedelta(minutes=5), finish=False)
    assert start(tmp_path / "a", NOW).out == killed
    whole = landed(tmp_path / "b", NOW - timedelta(hours=1))
    assert (start(tmp_path / "b", NOW).previous, start(tmp_path / "b", NOW).resume) == (whole, False)


def test_the_plan_says_pages_pace_duration_and_nights() -> None:
    long = Forecast(listing="a", host="shop.example", full=True, pages=1350, seconds_a_page=5.0)
    [line] = told([long], night_seconds=3600.0)
    assert line == (
        "shop.example: 1,350 pages at 5 s a page or slower, about 1.9 h, split over 2 nights of 1.0 h: "
        "a (full pass, 1,350 pages)"
    )
    new = Forecast(listing="b", host="shop.example", full=True, pages=None, seconds_a_page=5.0)
    [line] = told([new], night_seconds=3600.0)
    assert "as many more as the first pages tell" in line


@pytest.mark.parametrize("hours", ["0", "-1", "many", "nan"])
def test_a_night_that_is_no_number_of_hours_is_refused(tmp_path: Path, hours: str) -> None:
    ran = telltale("collect", tmp_path / "e.toml", "--out", tmp_path, TELLTALE_NIGHT_HOURS=hours)
    assert ran.returncode == 1 and "TELLTALE_NIGHT_HOURS" in ran.stderr
