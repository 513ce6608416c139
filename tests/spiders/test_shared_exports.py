"""The real exports are read unchanged, and what they hold twice over is told apart by proof."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest

from spiders.intake.export import land_export, propose
from spiders.landing import read_reviews

pytestmark = pytest.mark.needs_shared
KEY = b"k" * 32
INSURERS = ["akc", "aspca", "embrace", "fetch", "figo", "healthypaws", "lemonade", "petsbest", "pumpkin", "spot"]


@pytest.mark.parametrize("name", INSURERS)
def test_an_insurers_export_lands_every_row(shared: Path, tmp_path: Path, name: str) -> None:
    file = shared / "reviews" / "trustpilot_pet_insurance" / f"{name}_reviews.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    landing = land_export(
        files=[file], engagement="pet", listing=name, business=name, site="trustpilot", key=KEY, out=tmp_path / "l"
    )
    found = list(read_reviews(tmp_path / "l"))
    assert (landing.verdict.name, landing.reviews, landing.rejects, landing.problems) == ("complete", len(rows), 0, ())
    assert [each.id for each in found] == [row["id"] for row in rows]
    assert Counter(each.rating for each in found) == Counter(float(row["rating"]) for row in rows)
    assert [each.posted.on for each in found] == [row["published"][:10] for row in rows]
    assert [each.experienced.on or "" for each in found] == [row["experienced"][:10] for row in rows]
    assert not any(each.weak_id or each.text is None for each in found)


@pytest.mark.slow
def test_ten_exports_of_27_000_rows_take_seconds(shared: Path, tmp_path: Path) -> None:
    started, count = time.process_time(), 0
    for file in sorted((shared / "reviews" / "trustpilot_pet_insurance").glob("*.csv")):
        facts = {"engagement": "pet", "listing": file.stem, "business": file.stem, "site": "trustpilot", "key": KEY}
        count += land_export(files=[file], out=tmp_path / file.stem, **facts).reviews  # type: ignore[arg-type]
    assert count == 26_878
    # Some 5 s on an idle core; the bound leaves room for a machine that does other things.
    assert time.process_time() - started < 40


def test_the_lounge_reviews_hold_two_scales_and_the_day_of_the_change_is_proved(shared: Path) -> None:
    proposal = propose(shared / "reviews" / "skytrax" / "lounge.csv")
    scales = proposal.scales
    assert scales is not None
    assert (scales.scale, scales.second, scales.start, scales.end) == ("1-5", "1-10", "2015-06-09", "9999")
    assert scales.doubtful_from == "", "the form changed on that very day, so no row is in doubt"
    assert set(proposal.columns.subratings) == {
        "comfort", "cleanliness", "bar_beverages", "catering", "washrooms", "wifi_connectivity", "staff_service",
    }  # fmt: skip
    assert proposal.date_orders == {"posted": None, "experienced": "DMY"}


def test_the_lounges_of_one_airline_are_selected_and_each_is_on_its_scale(shared: Path, tmp_path: Path) -> None:
    file = shared / "reviews" / "skytrax" / "lounge.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["airline_name"] == "british-airways"]
    landing = land_export(
        files=[file], engagement="air", listing="ba", business="British Airways", site="skytrax", key=KEY,
        out=tmp_path / "l", where={"airline_name": "british-airways"},
    )  # fmt: skip
    found = list(read_reviews(tmp_path / "l"))
    assert landing.reviews + landing.rejects == len(rows)
    assert {each.business for each in found} == {"British Airways"}
    for each in found:
        late = (each.posted.on or "") >= "2015-06-09"
        assert each.rating_scale in (None, "1-10" if late else "1-5")
        if each.rating_raw is not None:
            mark = float(each.rating_raw)
            assert each.rating == pytest.approx(1 + 4 * (mark - 1) / 9 if late else mark, abs=1e-3)
    assert all((each.author_key and each.weak_id and each.location is not None) or each.author_key for each in found)
