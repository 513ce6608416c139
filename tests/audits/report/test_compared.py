"""The audits of an engagement are told apart by what was printed, and only beyond the printed ranges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audits.publish import publish
from audits.report.compared import changed, newest_first, side_by_side
from audits.report.forms import summary
from tests.audits.report import samples
from tests.audits.report.pages import read


def leak(gap: str, low: float, high: float, first: bool = False) -> dict[str, Any]:
    share = f"{(low + high) * 50:.0f} in 100"
    return {"gap": gap, "title": gap.title(), "low": low, "high": high, "share": share, "first": first}


def line(audit: str, *leaks: dict[str, Any], **words: str) -> dict[str, Any]:
    return {"audit": audit, "as_of": audit[:10], "leaks": list(leaks), **words}


def test_a_leak_moved_only_where_the_printed_ranges_lie_apart() -> None:
    before = line("2026-05-31-a", leak("queue", 0.02, 0.04), leak("fees", 0.05, 0.09))
    after = line("2026-06-30-b", leak("queue", 0.06, 0.10), leak("fees", 0.08, 0.12))
    assert changed(before, after) == ["Queue: higher, 8 in 100 against 3 in 100."]
    assert changed(after, before) == ["Queue: lower, 3 in 100 against 8 in 100."]
    assert changed(before, before) == ["No leak moved beyond its printed range."]


def test_what_came_to_the_first_page_and_what_left_it_is_told() -> None:
    before = line("2026-05-31-a", leak("queue", 0.02, 0.04, True), leak("fees", 0.02, 0.04), rating="3.5 stars")
    after = line("2026-06-30-b", leak("queue", 0.02, 0.04), leak("fees", 0.02, 0.04, True), rating="3.6 stars")
    told = changed(before, after)
    assert told[1:] == [
        "Now on the first page: fees.",
        "No longer on the first page: queue.",
        "Rating: 3.6 stars, 3.5 stars before.",
    ]


def test_an_audit_without_figures_is_not_compared_and_the_first_one_says_so() -> None:
    assert changed(None, line("2026-05-31-a")) == ["The first audit here."]
    assert "Not observable" in changed({"audit": "2026-04-30-x"}, line("2026-05-31-a"))[0]


def test_a_revision_is_compared_with_nothing_and_the_next_audit_with_its_last_revision() -> None:
    audits = ["2026-05-31-a", "2026-05-31-a.r2", "2026-05-31-a.r10", "2026-06-30-b"]
    found = newest_first([line(audit, leak("queue", 0.01, 0.02)) for audit in audits])
    assert [one["audit"] for one in found] == audits[::-1]
    assert found[1]["changed"] == found[2]["changed"] == ["The same audit, published again."]
    shown, rows = side_by_side(found)
    assert [one["audit"] for one in shown] == ["2026-06-30-b", "2026-05-31-a.r10"]
    assert rows[-1].cells == (("2 in 100", "leak-queue"), ("2 in 100", "leak-queue"))


def test_both_pages_lead_to_the_leaks_of_each_audit_and_fetch_nothing(tmp_path: Path) -> None:
    report = samples.report()
    for audit in ("2026-05-31-aaaaaaaa", "2026-06-30-bbbbbbbb"):
        publish({"report.html": audit.encode()}, root=tmp_path, engagement="h", audit_id=audit, summary=summary(report))
    index, compare = (read((tmp_path / "h" / name).read_bytes()) for name in ("index.html", "compare.html"))
    assert "compare.html" in set(index.values("href")) and "No leak moved" in index.text
    first = report.first_page.leaks[0]
    assert f"2026-05-31-aaaaaaaa/report.html#leak-{first}" in set(compare.values("href"))
    assert all(not address.startswith("http") for address in compare.values("href"))
    assert any(policy.startswith("default-src 'none'") for policy in compare.values("content"))
