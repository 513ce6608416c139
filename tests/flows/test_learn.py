"""A first pass learns what is usual, a refit from labels too; an audit without it leaves the reading alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from audits.analysis import self_training, tutor
from audits.analysis.labels import read_as
from audits.analysis.model import model_version
from audits.analysis.values import Statement
from audits.store import open_store
from audits.store.store import Store
from flows import labelling
from flows import learn as learning
from flows.analyse import read_anew
from flows.commands import evaluate
from flows.console import Stage
from flows.learn import FEW, lesson, own, version
from flows.plan import planned
from flows.readings import own_reviews, read
from flows.standing import input_digest
from tests.flows.command import KEY, complete, telltale
from tests.flows.engagements import engagement

NAME, BUSINESS = "corner-cafe", "Corner Café"
HIDDEN = 20
HELD = 240


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> tuple[Path, Path]:
    file, home = engagement(tmp_path_factory.mktemp("learn"), reviews=HELD), tmp_path_factory.mktemp("home")
    complete(telltale("audit", file, "--out", home, PREFECT_API_URL=api_url))
    return file, home


@pytest.fixture
def store(audited: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Without any label or lesson; of so few complaints something is usual."""
    monkeypatch.setenv("TELLTALE_KEY", KEY)
    monkeypatch.setattr(self_training, "ENOUGH", 40)
    monkeypatch.setattr(tutor, "ENOUGH", 40)
    monkeypatch.delenv("TELLTALE_STORE_URL", raising=False)
    forget(audited[1], "corrections", "lessons")
    with open_store(f"sqlite:///{audited[1] / 'store.db'}") as opened:
        yield opened


def forget(home: Path, *tables: str) -> None:
    with sqlite3.connect(home / "store.db") as database:
        for table in tables:
            database.execute(f"delete from {table}")


def again(audited: tuple[Path, Path], store: Store, *, refit: bool) -> tuple[list[Statement], str]:
    """The statements after the reviews were read once more, and what the run says of it."""
    plan = planned(audited[0], home=audited[1], refit=refit)
    reviews = own_reviews(store, NAME, BUSINESS)
    said = Stage("analyse")
    read_anew(plan, store, reviews, said)
    return read(store, NAME, reviews), said.counted


def labelled(store: Store, statements: list[Statement], most: int = 1_000) -> list[Statement]:
    """All waits but HIDDEN are said to be of competence; those that were not labelled."""
    complaints = [one for one in statements if one.complaint >= 0.5 and "once more" not in one.text]
    waits = [one for one in complaints if "queue for" in one.text]
    taught = [one for one in complaints if one not in waits[:HIDDEN]][:most]
    words = [("competence",) if "queue for" in one.text else (read_as(one)[0],) for one in taught]
    rows = zip(taught, words, strict=True)
    store.save_corrections(NAME, [labelling.said(one, label, part="random", who="ann") for one, label in rows])
    return waits[:HIDDEN]


def test_what_teaches_the_same_of_twice_as_many_is_not_learnt_at_every_run(
    audited: tuple[Path, Path], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(audited, store, refit=False)
    asked: list[int] = []

    def learnt(reviews: object, before: Callable[[object], object] = self_training.learnt) -> object:
        asked.append(1)
        return before(reviews)

    plan = planned(audited[0], home=audited[1])
    first = own(store, NAME)
    assert first is not None and first.tried == HELD
    monkeypatch.setattr(learning, "SETTLED", 10_000)
    monkeypatch.setattr(learning, "MORE", 1)
    monkeypatch.setattr(self_training, "learnt", learnt)
    kept = store.lesson(NAME, model_version())
    assert kept is not None
    few = replace(first, tried=HELD // 2)
    store.save_lesson(NAME, replace(kept, content=few.plain()))
    assert learning.learn(plan, store) == "" and asked == [1]
    now = own(store, NAME)
    assert now is not None and now.tried == HELD and now.digest == first.digest


def test_a_refit_learns_from_labels_and_forgets_when_they_are_gone(
    audited: tuple[Path, Path], store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = again(audited, store, refit=False)
    hidden = {(one.review, one.start) for one in labelled(store, first)}
    made_of = input_digest(planned(audited[0], home=audited[1]), store, [], [])
    usual = version(store, NAME)
    same, _ = again(audited, store, refit=False)
    assert same == first and version(store, NAME) == usual

    taught, said = again(audited, store, refit=True)
    learnt, both = lesson(store, NAME), own(store, NAME)
    assert learnt is not None and both is not None and "labels taught" in said
    assert {one.model for one in taught} == {version(store, NAME)} == {f"{model_version()}+{both.digest}"} != {usual}
    before, after = ([read_as(one)[0] for one in read if (one.review, one.start) in hidden] for read in (first, taught))
    assert len(after) == HIDDEN and after.count("competence") > before.count("competence") + HIDDEN / 4
    assert input_digest(planned(audited[0], home=audited[1]), store, [], []) != made_of
    line = json.dumps([each[3] for each in store.logged(NAME) if each[1] == "learnt"][-1])
    assert both.digest in line and usual in line
    assert evaluate.run(engagement=audited[0], home=audited[1], as_json=False) == 0
    assert f"has learnt from {len(learnt.apart)} labels of complaints" in capsys.readouterr().out
    assert evaluate.run(engagement=audited[0], home=audited[1], as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["learnt"]["right"] > told["learnt"]["right_before"]

    forget(audited[1], "lessons")  # as after a new version of the model
    assert again(audited, store, refit=False)[0] == taught
    forget(audited[1], "corrections")
    assert again(audited, store, refit=False)[0] == taught
    back, said = again(audited, store, refit=True)
    assert back == first and "before any label" in said
    assert lesson(store, NAME) is None and version(store, NAME) == usual


def test_few_labels_move_nothing_and_evaluate_says_how_many_it_takes(
    audited: tuple[Path, Path], store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = again(audited, store, refit=False)
    labelled(store, first, most=60)
    after, said = again(audited, store, refit=True)
    assert after == first and "label" not in said
    assert evaluate.run(engagement=audited[0], home=audited[1], as_json=False) == 0
    assert "60 labels of complaints; from 100 on, telltale audit ENGAGEMENT --refit" in capsys.readouterr().out


def test_a_first_pass_learns_what_is_usual_and_later_ones_leave_it(audited: tuple[Path, Path], store: Store) -> None:
    first, said = again(audited, store, refit=False)
    usual = own(store, NAME)
    assert usual is not None and usual.usual is not None and usual.lesson is None
    assert {one.model for one in first} == {f"{model_version()}+{usual.digest}"} and "learnt" not in said
    learnt = [each for each in store.logged(NAME) if each[1] == "learnt"]
    assert again(audited, store, refit=False)[0] == first
    assert again(audited, store, refit=True)[0] == first
    assert [each for each in store.logged(NAME) if each[1] == "learnt"] == learnt


def test_few_reviews_are_learnt_from_once_they_are_more(
    audited: tuple[Path, Path], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = sorted(store.review_keys(NAME))
    assert keys == [one.key for one in store.reviews(NAME)] and len(keys) > FEW
    monkeypatch.setattr(Store, "review_keys", lambda self, engagement: iter(keys[: FEW - 1]))
    few, _ = again(audited, store, refit=False)
    assert own(store, NAME) is None and {one.model for one in few} == {model_version()}
    monkeypatch.setattr(Store, "review_keys", lambda self, engagement: iter(keys))
    more, _ = again(audited, store, refit=False)
    assert own(store, NAME) is not None and {one.model for one in more} != {model_version()}


def test_what_few_reviews_taught_is_learnt_anew_once_they_are_twice_as_many_and_then_stands(
    audited: tuple[Path, Path], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = sorted(store.review_keys(NAME))
    monkeypatch.setattr(tutor, "ENOUGH", 30)
    monkeypatch.setattr(learning, "SETTLED", 2 * FEW)
    versions = []
    for held in (FEW, 2 * FEW - 1, 2 * FEW, 4 * FEW):
        shown = keys[:held]
        monkeypatch.setattr(Store, "review_keys", lambda self, engagement, shown=shown: iter(shown))
        again(audited, store, refit=False)
        versions.append(version(store, NAME))
    assert versions[0] == versions[1] != versions[2] == versions[3] and model_version() not in versions
    taught = own(store, NAME)
    assert taught is not None and taught.line is not None and taught.tried == 2 * FEW


def test_where_too_few_complain_it_is_tried_again_once_twice_as_many_reviews_are_held(
    audited: tuple[Path, Path], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_training, "ENOUGH", 10_000)
    monkeypatch.setattr(tutor, "ENOUGH", 10_000)
    few, _ = again(audited, store, refit=False)
    tried = own(store, NAME)
    assert tried is not None and (tried.usual, tried.tried) == (None, 240)
    monkeypatch.setattr(tutor, "ENOUGH", 40)
    assert again(audited, store, refit=False)[0] == few and {one.model for one in few} == {model_version()}
    keys = list(store.review_keys(NAME))
    monkeypatch.setattr(Store, "review_keys", lambda self, engagement: iter([*keys, *map(str, range(len(keys)))]))
    more, _ = again(audited, store, refit=False)
    assert {one.model for one in more} == {version(store, NAME)} != {model_version()}
