"""An engagement that was audited and archived, for tests of archives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audits.analysis.values import Findings
from audits.publish import publish
from audits.report.cover import SourceLine
from audits.report.json import digest
from audits.store import open_store
from audits.store.records import StoredReview
from audits.store.store import Store
from flows import release
from flows.admit import admitted
from flows.analyse import analysed, assessed, likened, read_anew
from flows.cli import app
from flows.console import Stage
from flows.files import exported
from flows.mappings import Mappings
from flows.plan import Plan, planned
from spiders.items import Landing
from tests.flows.command import KEY
from tests.flows.engagements import engagement


def whole(folder: Path) -> Path:
    """A workspace in which an export was checked, taken in, published and archived."""
    file = engagement(folder / "brief")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TELLTALE_KEY", KEY)
        report(file, folder / "home")
    publish({"report.json": b"{}"}, root=folder / "home" / "publications", engagement="corner-cafe", audit_id="2024-a")
    assert archived(file, folder / "home", folder / "whole.zip") == 0
    return folder


def command(*words: str | Path) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["archive", *map(str, words)], env={"TELLTALE_KEY": KEY})
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.output


def archived(file: Path, home: Path, to: Path) -> int:
    return command(file, "--to", to, "--out", home)[0]


@contextmanager
def opened(file: Path, home: Path) -> Iterator[tuple[Plan, Store]]:
    plan = planned(file, home=home)
    with open_store(plan.settings.store_url) as store:
        yield plan, store


def report(file: Path, home: Path) -> str:
    """The digest of the report that an audit of the file in this workspace makes."""
    with opened(file, home) as (plan, store), pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "screen", lambda made: {})
        patch.setattr(release, "render_all", lambda made, paper: {})  # the forms are renderings of the report alone
        store.declare(plan.engagement)
        landings = [exported(plan, listing, Mappings()) for listing in plan.engagement.listings]
        findings, reviews, sources = measured(plan, store, landings)
        return digest(release.reported.fn(plan, findings, reviews, sources, Stage("report"))[0])


def measured(
    plan: Plan, store: Store, landings: list[Landing]
) -> tuple[Findings, list[StoredReview], tuple[SourceLine, ...]]:
    """The landings taken in, read and measured, as the audit flow does it."""
    sources, held = admitted.fn(plan, store, landings, {}, Stage("check"))
    reviews = assessed(plan, sources, held)
    read_anew(plan, store, reviews, Stage("analyse"))
    with likened(plan, sources, reviews) as likeness:
        return analysed.fn(plan, store, sources, reviews, likeness, Stage("analyse"))[0], reviews, sources
