"""A statement whose words a customer changed since it was labelled is handed out again, and `evaluate` says so."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from audits.analysis.corrections import applied
from audits.analysis.labels import evaluate
from audits.store import open_store
from flows import labelling
from flows.commands.evaluate import _lines
from flows.commands.label import _chosen
from flows.commands.said import Said
from tests.audits.analysis.made import review, says


def test_a_statement_that_was_edited_since_is_handed_out_again_and_one_that_moved_is_not(tmp_path: Path) -> None:
    reviews = [review(number) for number in range(3)]
    before = [says(one, f"Nobody answered the call of {one.key}.", "queue") for one in reviews]
    labels = [labelling.said(one, ["fees"], part="random", who="ann") for one in before]
    edited = before[0]._replace(text=before[0].text.replace("Nobody", "Robert"), content="edited")
    moved = before[1]._replace(start=40, end=40 + len(before[1].text), content="edited")
    now = [edited, moved, before[2]]
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        store.save_corrections("x", labels)
        plan = SimpleNamespace(name="x")
        here = Said(plan=plan, store=store, reviews={one.key: one for one in reviews}, statements=now)  # type: ignore[arg-type]
        assert _chosen(here, 9, "ann", again=False) == [(edited, "random")]
        theirs = [one for one, _ in _chosen(here, 9, "ben", again=True)]
    assert sorted(theirs) == sorted([moved, before[2]])
    told = "\n".join(_lines(evaluate(applied(now, labels), ("queue", "fees"))))
    assert "1 labels or corrections hold no more" in told and "telltale label asks" in told
