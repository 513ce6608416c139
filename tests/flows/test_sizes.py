"""The same reviews give the same report to the byte: on one machine, on PostgreSQL, and read by a cluster."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from benchmarks.scale import reviews, written
from flows.spread import LARGE
from tests.audits.store.databases import empty
from tests.flows.command import complete, telltale
from tests.flows.engagements import engagement


def published(home: Path) -> dict[str, str]:
    """Every file of the one publication and its digest, with the name of its folder."""
    (place,) = (each.parent for each in home.glob("publications/*/*/report.json") if not each.parent.is_symlink())
    return {f"{place.name}/{each.name}": sha256(each.read_bytes()).hexdigest() for each in sorted(place.iterdir())}


def test_a_store_on_postgresql_gives_the_report_of_one_on_sqlite(tmp_path: Path, api_url: str) -> None:
    file = engagement(tmp_path)
    asked = {"PREFECT_API_URL": api_url}
    complete(telltale("audit", file, "--out", tmp_path / "one", **asked))
    with empty("postgresql", tmp_path) as url:
        complete(telltale("audit", file, "--out", tmp_path / "server", TELLTALE_STORE_URL=url, **asked))
    assert published(tmp_path / "server") == published(tmp_path / "one")
    assert not (tmp_path / "server" / "store.db").exists()


@pytest.mark.slow
def test_two_workers_of_a_cluster_on_postgresql_give_the_report_of_one_machine(tmp_path: Path, api_url: str) -> None:
    size = LARGE + 200
    made = reviews(size)
    file = written(tmp_path / "scale", made, until=size)
    asked = {"PREFECT_API_URL": api_url}
    complete(telltale("audit", file, "--out", tmp_path / "one", **asked), noisy=True)
    with empty("postgresql", tmp_path) as url:
        asked |= {"TELLTALE_STORE_URL": url, "TELLTALE_DASK": "2"}
        complete(telltale("audit", file, "--out", tmp_path / "cluster", **asked), noisy=True)
    assert published(tmp_path / "cluster") == published(tmp_path / "one")
    kept = httpx.post(f"{api_url}/flow_runs/filter", json={}).text + httpx.post(f"{api_url}/logs/filter", json={}).text
    assert '"read"' in kept
    assert not [each.text for _, each in made if each.text in kept or each.author in kept]
