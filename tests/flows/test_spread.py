"""A cluster reads what one machine would have read: the same statements, to the byte."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from audits.analysis.assign import assign
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from benchmarks.sandbox_reviews import stored
from flows import spread as spreading
from flows.console import Stage
from flows.settings import SettingsError, read
from spiders.sandbox.truth import truth
from tests.flows.command import complete, python

SPREAD = """
import json, sys
from dataclasses import asdict
from pathlib import Path
import numpy as np
from audits.analysis.assign import assign
from audits.analysis.lesson import Lesson
from audits.analysis.own import Own
from audits.analysis.usual import Usual
from audits.analysis.model import Head, model
from flows.console import Stage
from flows.settings import quiet_prefect, read
from benchmarks.sandbox_reviews import stored
from spiders.sandbox.truth import truth

if __name__ == "__main__":
    settings = read(Path(sys.argv[1]))
    quiet_prefect(settings)
    from flows.spread import spread
    site = truth()
    reviews = [stored(each, site) for each in site.businesses[0].reviews[:60]]
    there, parts = [], []
    def keep(part, found):
        parts.append(list(part))
        there.extend(found)
    gaps = np.arange(len(model().gaps), dtype=np.float32)
    weights = np.ones((model().encoder.width, len(gaps)), np.float32)
    head = Head(weights=weights, scale=gaps / 1e6, bias=gaps / 10, temperature=1.0)
    usual = Usual(middles=np.eye(3, 384, dtype=np.int8), told=np.full((3, len(gaps)), 9))
    own = Own(usual=usual, lesson=Lesson(head=head, apart={}, before=0, after=0))
    spread(settings, reviews, keep, Stage("analyse"), own=own, large=1)
    here = assign(reviews, own=own)
    print(json.dumps([len(there), there == here != assign(reviews) and sum(parts, []) == reviews]))
"""


def test_parts_that_are_read_side_by_side_are_kept_in_their_order_by_one_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "BATCH", 7)
    site = truth()
    reviews = [stored(each, site) for each in site.businesses[0].reviews[:60]]
    found: list[Statement] = []
    parts: list[StoredReview] = []
    keepers = set()

    def keep(part: Sequence[StoredReview], statements: Sequence[Statement]) -> None:
        parts.extend(part)
        found.extend(statements)
        keepers.add(threading.current_thread())

    spreading.spread(read(tmp_path), reviews, keep, Stage("analyse"))
    assert parts == reviews
    assert found == assign(reviews)
    assert keepers == {threading.current_thread()}


def test_what_cannot_be_kept_ends_the_reading_of_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "BATCH", 5)
    site = truth()
    reviews = [stored(each, site) for each in site.businesses[0].reviews[:200]]
    begun: list[str] = []

    def counted(part: Sequence[StoredReview], **more: object) -> list[Statement]:
        begun.extend(review.key for review in part)
        return assign(part)

    def full(part: Sequence[StoredReview], statements: Sequence[Statement]) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(spreading, "assign", counted)
    before = set(threading.enumerate())
    with pytest.raises(OSError, match="no space left"):
        spreading.spread(read(tmp_path), reviews, full, Stage("analyse"))
    assert len(begun) < len(reviews)
    assert not [one for one in threading.enumerate() if one not in before and not one.name.startswith("reader")]


@pytest.mark.slow
def test_two_workers_read_the_statements_that_one_process_reads(tmp_path: Path, api_url: str) -> None:
    program = tmp_path / "program.py"  # a file, so that the workers can import it as the process that starts them
    program.write_text(SPREAD)
    ran = complete(
        python(str(program), str(tmp_path / "home"), PREFECT_API_URL=api_url, TELLTALE_DASK="2", PYTHONPATH="."),
        noisy=True,
    )
    count, same = json.loads(ran.stdout.strip().splitlines()[-1])
    assert count > 60 and same


def test_a_cluster_is_named_by_workers_or_by_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for good in ("2", "tcp://127.0.0.1:8786"):
        monkeypatch.setenv("TELLTALE_DASK", good)
        assert read(tmp_path).dask == good
    for bad in ("many", "0", " "):
        monkeypatch.setenv("TELLTALE_DASK", bad)
        with pytest.raises(SettingsError, match=f"TELLTALE_DASK: {bad!r} is neither"):
            read(tmp_path)
