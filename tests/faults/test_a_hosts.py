"""ACCEPTANCE a3 and politeness: never two crawls of this user to one host at once, in whatever process or workspace."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.hosts import LEAST_SECONDS, Hosts, hosts_of
from flows.settings import read
from spiders.settings import DOWNLOAD_DELAY
from tests.flows.command import ROOT, environment
from tests.flows.test_collect import engagement
from tests.spiders.bench import KEY, Answer, Bench, serving, started

CRAWL = """
import sys
from pathlib import Path
from audits.store import open_store
from flows import crawling, hosts
from flows.plan import planned

# A listing on this machine is nobody's to be polite to. This one is treated like a public one, but for the pause.
asked = crawling._job
crawling._job = lambda *given: asked(*given) | {"local": True}
plan = planned(Path(sys.argv[1]), home=Path(sys.argv[2]))
public = plan.engagement.listing("a").model_copy(update={"local": False})
locks = hosts.hosts_of(plan.settings)
locks._pause = lambda seconds: print("waits", round(seconds), flush=True)
with open_store(plan.settings.store_url) as store:
    store.declare(plan.engagement)
    print(crawling.crawled(plan, store, public, locks).verdict.name)
"""


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving() as running:
        yield running


def slow(bench: Bench, seen: list[str], pages: int) -> None:
    """A listing whose pages take their time and note under whose crawl they were asked for."""
    bench.pages(pages * 20)
    for number in range(1, pages + 1):
        path = "/biz/a" if number == 1 else f"/biz/a?page={number}"

        def asked(path: str = path) -> None:
            seen.append(path)
            time.sleep(0.15)

        (answer,) = bench.answers[path]
        bench.put(path, replace(answer, before=asked))


def test_two_workspaces_of_one_user_crawl_one_host_one_after_the_other(bench: Bench, tmp_path: Path) -> None:
    seen: list[str] = []
    slow(bench, seen, 4)
    state = str(tmp_path / "state")
    crawls = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        file = engagement(tmp_path / name, bench)
        command = [sys.executable, "-c", CRAWL, str(file), str(tmp_path / name / "home")]
        pipe = subprocess.PIPE
        env = environment(XDG_STATE_HOME=state)
        crawls.append(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=env))
    told = [crawl.communicate(timeout=120) for crawl in crawls]
    assert [said.splitlines()[-1] for said, _ in told] == ["complete", "complete"], told
    alone = ["/biz/a", *(f"/biz/a?page={number}" for number in (2, 3, 4))]
    assert seen == [*alone, *alone], "one crawl had ended before the other began"
    waited = [line for said, _ in told for line in said.splitlines() if line.startswith("waits")]
    assert len(waited) == 1, "and who came second was to keep the pause of the first"


def test_the_locks_are_the_users_and_a_workspaces_own_where_the_user_has_no_place_for_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for home in ("one", "two"):
        with hosts_of(read(tmp_path / home)).alone("shop.example"):
            pass
        assert not (tmp_path / home / "locks").exists()
        (tmp_path / "state" / "telltale" / "hosts" / "shop.example.lock").write_text("0")
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with hosts_of(read(tmp_path / "one")).alone("shop.example"):
        pass
    assert (tmp_path / "one" / "locks" / "shop.example.lock").exists()


def test_two_never_ask_one_host_at_once_and_its_night_is_counted(tmp_path: Path) -> None:
    one, other = (Hosts(tmp_path, 7200.0, pause=lambda _: None) for _ in range(2))
    entered, order = threading.Event(), []

    def second() -> None:
        with other.alone("shop.example"):
            order.append("second")
            entered.set()

    with one.alone("shop.example"):
        thread = threading.Thread(target=second)
        thread.start()
        with other.alone("else.example"):
            order.append("another host")
        assert not entered.wait(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["another host", "first", "second"]
    assert 7199 < one.left("shop.example") < 7200 and one.left("never.example") == 7200
    assert Hosts(tmp_path, 1.0).left("shop.example") == LEAST_SECONDS


def test_who_comes_next_to_a_host_keeps_the_rhythm_of_the_one_before(tmp_path: Path) -> None:
    waited: list[float] = []
    asked = "import sys; from pathlib import Path; from flows.hosts import Hosts\n"
    asked += "with Hosts(Path(sys.argv[1]), 9.0).alone('shop.example'): print('asked')"
    ran = subprocess.run([sys.executable, "-c", asked, str(tmp_path)], capture_output=True, text=True, cwd=ROOT)
    assert ran.stdout == "asked\n", ran.stderr
    (tmp_path / "odd.example.lock").write_text("no time")
    left = float((tmp_path / "shop.example.lock").read_text().split()[0])
    for host in ("never.example", "odd.example", "shop.example"):
        with Hosts(tmp_path, 9.0, pause=waited.append, clock=lambda: left + 2).alone(host):
            pass
    assert waited == [DOWNLOAD_DELAY - 2], "for the host that another process had asked two seconds ago"
    with Hosts(tmp_path, 9.0, pause=waited.append, clock=lambda: left + 60).alone("shop.example"):
        pass
    assert len(waited) == 1, "its pause is over"


def test_who_comes_next_keeps_the_pause_that_the_hosts_robots_txt_asks_for(bench: Bench, tmp_path: Path) -> None:
    bench.put("/robots.txt", Answer(body=b"User-agent: *\nCrawl-delay: 0.25\n", kind="text/plain"))
    bench.pages(20)
    told, _ = started(bench, tmp_path).communicate(KEY.hex() + "\n", timeout=120)
    assert json.loads(told)["crawl_delay"] == 0.25
    waited: list[float] = []
    for night, asked, pause in ((7200.0, 30.0, 30.0), (7200.0, 0.25, DOWNLOAD_DELAY), (600.0, 86_400.0, 600.0)):
        locks = Hosts(tmp_path, night, pause=waited.append, clock=lambda: 1000.0)
        with locks.alone("shop.example"):
            locks.keep("shop.example", asked)
        waited.clear()
        with Hosts(tmp_path, night, pause=waited.append, clock=lambda: 1000.0).alone("shop.example"):
            pass
        assert waited == [pause]
