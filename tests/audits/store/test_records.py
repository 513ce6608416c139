"""Runs, audits, publications and the log: what was done is on record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audits.engagement import canonical, digest
from audits.store.records import StoredAudit, StoredPublication
from audits.store.store import Store
from spiders.items import Verdict
from tests.audits.store.conftest import Passed, engagement_of, landing, review


def audit(name: str, as_of: str, outcome: str = "complete") -> StoredAudit:
    return StoredAudit(
        id=name,
        as_of=as_of,
        outcome=outcome,
        model="m1",
        report_digest="d" * 64,
        canonical_sha256="e" * 64,
        refusals={"south": "expired"},
        landings=("l1",),
        findings={"conduct": {"share": 0.2}, "availability": {"share": 0.1}},
    )


def test_the_last_audit_is_the_latest_that_ended_well(store: Store) -> None:
    assert store.last_audit("north-dental") is None
    first, second = audit("2024-02-01-aaaa", "2024-02-01"), audit("2024-03-01-bbbb", "2024-03-01", "partial")
    for each in (second, first, audit("2024-04-01-cccc", "2024-04-01", "held"), audit("x", "2024-05-01", "failed")):
        store.save_audit("north-dental", each, canonical="{}", started_at="t0", ended_at="t1")
    assert store.last_audit("north-dental") == second
    assert store.last_audit("north-dental", before="2024-03-01") == first
    assert list(store.last_audit("north-dental").findings) == ["conduct", "availability"]  # type: ignore[union-attr]  # it is there


def test_the_same_audit_again_replaces_itself(store: Store) -> None:
    again = replace(audit("a", "2024-02-01"), findings={"conduct": {"share": 0.3}})
    store.save_audit("north-dental", audit("a", "2024-02-01"), canonical="{}")
    store.save_audit("north-dental", again, canonical="{}")
    assert store.last_audit("north-dental") == again


def test_a_publication_moves_from_draft_to_approved(store: Store) -> None:
    draft = StoredPublication(
        audit="a", revision=1, state="draft", path="publications/north-dental/a", report_digest="d", files={"r": "0"}
    )
    store.save_publication("north-dental", draft)
    store.save_publication("north-dental", replace(draft, state="approved", published_at="2024-02-02T00:00:00Z"))
    store.save_publication("north-dental", replace(draft, revision=2))
    assert [(each.revision, each.state) for each in store.publications("north-dental")] == [
        (1, "approved"),
        (2, "draft"),
    ]


def test_the_log_keeps_its_order(store: Store) -> None:
    store.log("north-dental", "audit began", at="2024-02-02T00:00:00Z", who="flow")
    store.log("north-dental", "audit ended", detail={"reviews": 3})
    assert store.logged("north-dental") == [
        ("2024-02-02T00:00:00Z", "audit began", "flow", {}),
        (None, "audit ended", None, {"reviews": 3}),
    ]
    assert store.logged("other") == []


def test_history_is_the_complete_runs_that_were_taken_in(store: Store) -> None:
    def ran(name: str, as_of: str, verdict: str, *, held: bool = False, rows: int = 3) -> None:
        run = landing(name, as_of=as_of, reviews=rows)
        ended = Verdict(name=verdict, scope="full", reason="", held=held)  # type: ignore[arg-type]  # each is a verdict
        store.stage(run, [review("a")])
        store.ingest(run, Passed(verdict=ended, results=[("filled:rating", True, 0.9), ("rows", True, 3.0)]))

    ran("l2", "2024-02-02", "complete", rows=5)
    ran("l1", "2024-02-01", "complete")
    ran("l3", "2024-02-03", "partial")
    ran("l4", "2024-02-04", "complete", held=True)
    store.save_run(landing("l5"))
    past = store.history("north-dental", "north")
    assert [(each.landing, each.reviews, each.scope) for each in past] == [("l1", 3, "full"), ("l2", 5, "full")]
    assert past[0].filled == {"rating": 0.9}


def test_the_time_of_a_run_is_added_without_touching_how_it_ended(store: Store, dump: object) -> None:
    ended = Verdict(name="partial", scope="full", reason="Page 7 is missing.")
    store.stage(landing(), [review("a")])
    store.ingest(landing(), Passed(verdict=ended))
    store.save_run(landing(), period="2024-02", attempt=1, started_at="t0", ended_at="t1")
    (row,) = dump()["runs"]  # type: ignore[operator]  # a fixture that is a function
    assert {"partial", "Page 7 is missing.", "2024-02", "t0", "t1"} <= set(map(str, row))


def test_pages_are_kept_under_their_own_ids(store: Store, dump: object) -> None:
    page = {"id": "p1", "url": "http://127.0.0.1/biz/north", "sha256": "0" * 64, "fetched_at": None, "status": 200}
    store.save_pages(landing(), [page])
    store.save_pages(landing(), [page])
    assert len(dump()["pages"]) == 1  # type: ignore[operator]  # a fixture that is a function


def test_an_engagement_is_kept_as_its_file_has_it_now(store: Store, dump: object, tmp_path: Path) -> None:
    given = engagement_of(tmp_path)
    rows = dump()  # type: ignore[operator]  # a fixture that is a function
    assert (given.engagement, None, False, canonical(given), digest(given)) in rows["engagements"]
    assert len(rows["businesses"]), len(rows["listings"]) == (2, 2)
    store.declare(given)
    assert dump() == rows  # type: ignore[operator]  # a fixture that is a function


def test_some_reviews_are_read_by_their_keys_as_among_all(store: Store) -> None:
    came = landing("l1")
    store.stage(came, [review("a"), review("b"), review("c")])
    store.ingest(came, Passed(verdict=came.verdict))
    other = landing("l2", listing="south")
    store.stage(other, [review("d")])
    store.ingest(other, Passed(verdict=other.verdict))
    held = store.reviews("north-dental")
    chosen = [held[0], held[3]]
    assert store.reviews("north-dental", [chosen[1].key, "nobody", chosen[0].key]) == chosen
    assert store.reviews("north-dental", []) == []
    assert store.reviews("north-dental", [one.key for one in held]) == held
