"""Dates as exports and sites of many countries write them: read to the precision that they have, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.dates import dated
from tests.faults.test_h_intake import export, landed, written

NOW = "2025-06-15T12:00:00Z"


@pytest.mark.parametrize(
    ("raw", "day", "precision"),
    [
        ("2 mo ago", "2025-04-15", "month"),
        ("3w ago", "2025-05-25", "week"),
        ("1y ago", "2024-06-15", "year"),
        ("a long time ago", None, None),
        ("two weeks ago", "2025-06-01", "week"),
        ("vor drei Monaten", "2025-03-15", "month"),
        ("il y a deux ans", "2023-06-15", "year"),
        ("два года назад", "2023-06-15", "year"),
        ("over a year ago", "2024-06-15", "year"),
        ("a couple of weeks ago", None, None),
        ("vor einigen Tagen", None, None),
        ("acum câteva zile", None, None),
        ("il giorno 12 marzo 2024", "2024-03-12", "day"),
        ("il y a 3 semaines", "2025-05-25", "week"),
        ("ontem", "2025-06-14", "day"),
        ("3 semanas atrás", "2025-05-25", "week"),
        ("um mês atrás", "2025-05-15", "month"),
        ("2 días atrás", "2025-06-13", "day"),
        ("3 週前", "2025-05-25", "week"),
        ("2 個月前", "2025-04-15", "month"),
        ("5 小時前", "2025-06-15", "day"),
        ("3 tygodnie temu", "2025-05-25", "week"),
        ("tydzień temu", "2025-06-08", "week"),
        ("rok temu", "2024-06-15", "year"),
        ("Edytowano 2 miesiące temu", "2025-04-15", "month"),
        ("wczoraj", "2025-06-14", "day"),
        ("för 3 veckor sedan", "2025-05-25", "week"),
        ("för ett år sedan", "2024-06-15", "year"),
        ("i går", "2025-06-14", "day"),
        ("for 2 måneder siden", "2025-04-15", "month"),
        ("3週間前", "2025-05-25", "week"),
        ("2 か月前", "2025-04-15", "month"),
        ("3개월 전", "2025-03-15", "month"),
        ("昨日", "2025-06-14", "day"),
        ("неделю назад", "2025-06-08", "week"),
        ("3 недели назад", "2025-05-25", "week"),
        ("5 месяцев назад", "2025-01-15", "month"),
        ("Изменено 2 года назад", "2023-06-15", "year"),
        ("год назад", "2024-06-15", "year"),
        ("тиждень тому", "2025-06-08", "week"),
        ("3 тижні тому", "2025-05-25", "week"),
        ("5 років тому", "2020-06-15", "year"),
        ("2 hafta önce", "2025-06-01", "week"),
        ("bir yıl önce", "2024-06-15", "year"),
        ("11 ay önce", "2024-07-15", "month"),
        ("před týdnem", "2025-06-08", "week"),
        ("před 3 týdny", "2025-05-25", "week"),
        ("před 2 lety", "2023-06-15", "year"),
        ("před měsícem", "2025-05-15", "month"),
        ("viikko sitten", "2025-06-08", "week"),
        ("3 viikkoa sitten", "2025-05-25", "week"),
        ("5 kuukautta sitten", "2025-01-15", "month"),
        ("acum o săptămână", "2025-06-08", "week"),
        ("acum 3 săptămâni", "2025-05-25", "week"),
        ("acum 20 de zile", "2025-05-26", "day"),
        ("în urmă cu 2 luni", "2025-04-15", "month"),
        ("egy hete", "2025-06-08", "week"),
        ("3 hete", "2025-05-25", "week"),
        ("2 éve", "2023-06-15", "year"),
        ("5 hónappal ezelőtt", "2025-01-15", "month"),
        ("πριν από 3 εβδομάδες", "2025-05-25", "week"),
        ("πριν από έναν μήνα", "2025-05-15", "month"),
        ("πριν από 2 χρόνια", "2023-06-15", "year"),
        ("قبل 3 أسابيع", "2025-05-25", "week"),
        ("قبل أسبوعين", "2025-06-01", "week"),
        ("قبل سنة", "2024-06-15", "year"),
        ("قبل 11 شهرًا", "2024-07-15", "month"),
        ("منذ ٣ أيام", "2025-06-12", "day"),
        ("לפני 3 שבועות", "2025-05-25", "week"),
        ("לפני שבועיים", "2025-06-01", "week"),
        ("לפני שנה", "2024-06-15", "year"),
        ("3 สัปดาห์ที่แล้ว", "2025-05-25", "week"),
        ("ปีที่แล้ว", "2024-06-15", "year"),
        ("5 เดือนที่ผ่านมา", "2025-01-15", "month"),
        ("3 tuần trước", "2025-05-25", "week"),
        ("một năm trước", "2024-06-15", "year"),
        ("3 minggu lalu", "2025-05-25", "week"),
        ("2 bulan yang lalu", "2025-04-15", "month"),
        ("sebulan yang lalu", "2025-05-15", "month"),
        ("setahun lalu", "2024-06-15", "year"),
        ("вчера", "2025-06-14", "day"),
        ("χθες", "2025-06-14", "day"),
        ("令和7年3月3日", "2025-03-03", "day"),
        ("令和元年5月1日", "2019-05-01", "day"),
        ("平成30年3月", "2018-03-01", "month"),
        ("20250303T140500Z", "2025-03-03", "day"),
        ("1741010700", "2025-03-03", "day"),
        ("1741010700000", "2025-03-03", "day"),
        ("1741010700.25", "2025-03-03", "day"),
        ("9999999999", None, None),
        ("令和99年13月", None, None),
        ("March 3 2025 14:45:59", "2025-03-03", "day"),
    ],
)
def test_a_date_is_read_to_the_precision_that_it_has(raw: str, day: str | None, precision: str | None) -> None:
    found, problem = dated(raw, fetched_at=NOW)
    assert (found.on, found.precision, found.raw) == (day, precision if day else None, raw)
    assert (problem is None) == (day is not None)


@pytest.mark.parametrize(
    "when",
    [
        "3 tygodnie temu",
        "för 3 veckor sedan",
        "3 settimane fa",
        "3週間前",
        "1748174400",
        "3 недели назад",
        "3 hete",
        "לפני 3 שבועות",
        "3 สัปดาห์ที่แล้ว",
    ],
)
def test_the_column_of_such_dates_is_recognised(tmp_path: Path, when: str) -> None:
    rows = [f"x{at},{when},{at % 5 + 1},t,Some text number {at},a" for at in range(9)]
    _, found = landed(tmp_path / "l", written(tmp_path, export(*rows)), as_of=NOW)
    assert {each.posted.on for each in found} == {"2025-05-25"}


def test_a_column_of_long_numbers_that_is_not_called_a_date_is_none(tmp_path: Path) -> None:
    rows = [f"x{at},17410107{at:02d},{at % 5 + 1},Some text number {at}" for at in range(9)]
    _, found = landed(tmp_path / "l", written(tmp_path, export(*rows, header="id,order ref,rating,text")))
    assert {each.posted.on for each in found} == {None}
