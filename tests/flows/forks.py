"""`telltale` in a fork of a process that has imported everything: what a command imports takes longer than its work.

One such process stands for a session's Prefect API (`serving`), whose address it was started with. As a program it is
`python -m tests.flows.forks`: each line on its input is an order, and how that ended is in the folder the order names.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_PREFECT = frozenset(
    [
        "answers",
        "approve",
        "correct",
        "evaluate",
        "export-person",
        "forget",
        "label",
        "purge",
        "quarantine",
        "verify",
        "withdraw",
    ]
)
"""Commands that start no run."""
LATE = (
    "great_expectations", "great_expectations.expectations", "great_expectations.data_context.types.base", "pandas",
    "sklearn.cluster", "sklearn.feature_extraction.text", "scipy.stats", "textblob", "py3langid.langid", "altair",
    "vl_convert", "weasyprint", "xlsxwriter", "jinja2", "audits.report.pdf", "audits.report.xlsx", "audits.report.html",
    "audits.checks.judge", "audits.checks.stages",
)  # fmt: skip
"""What a run imports when it gets there: it takes longer than the work on sixty reviews does."""
_NUMBERS = count(1)
_standing: dict[str, tuple[IO[str], Path]] = {}
"""Address of the Prefect API → where orders go, and the folder of what they say."""


@dataclass(frozen=True)
class Order:
    """A command that was told to run, by the folder of what it says."""

    place: Path

    @property
    def said(self) -> Path:
        """The file of what it prints."""
        return self.place / "out"

    @property
    def process(self) -> int:
        """Its process, which leads a group of its own."""
        group = self.place / "group"
        while not group.exists():
            time.sleep(0.001)
        return int(group.read_text())

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return not (self.place / "ended").exists()

    def ended(self, seconds: float) -> tuple[int, int]:
        """Its exit code (minus the signal, where it was killed) and its peak memory in kB; raises `TimeoutError`."""
        until = time.monotonic() + seconds
        while self.runs:
            if time.monotonic() > until:
                os.killpg(self.process, signal.SIGKILL)
                raise TimeoutError(f"{self.place} has not ended after {seconds} s")
            time.sleep(0.01)
        code, peak = (self.place / "ended").read_text().split()
        return int(code), int(peak)


@contextmanager
def serving(url: str, scratch: Path, env: Mapping[str, str]) -> Iterator[None]:
    """Let commands that name this address run in forks."""
    quiet = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}  # as the command sets it, which a fork is late for
    with (
        (scratch / "forks.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.flows.forks"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            text=True,
            cwd=ROOT,
            env={**env, **quiet, "PREFECT_API_URL": url, "PREFECT_HOME": str(scratch / "prefect")},
        ) as process,
    ):
        assert process.stdin is not None
        _standing[url] = process.stdin, scratch
        try:
            yield
        finally:
            del _standing[url]
            process.stdin.close()


def can(command: str, settings: Mapping[str, str]) -> bool:
    """Whether a command with these settings may run in a fork: Prefect's own are read when it is imported."""
    own = [name for name in settings if not name.startswith("TELLTALE_")]
    if not own:
        return command in WITHOUT_PREFECT and bool(_standing)
    return own == ["PREFECT_API_URL"] and settings["PREFECT_API_URL"] in _standing


def start(words: Sequence[str], env: Mapping[str, str], *, says: str = "", **more: Any) -> Order:
    """Have the command run; `more` is what else an order may ask for (`_become`)."""
    orders, scratch = _standing.get(env.get("PREFECT_API_URL", "")) or next(iter(_standing.values()))
    place = scratch / f"order-{next(_NUMBERS)}"
    place.mkdir()
    (place / "in").write_text(says, encoding="utf-8")
    (place / "out").touch()
    orders.write(json.dumps({"words": list(words), "env": dict(env), "place": str(place), **more}) + "\n")
    orders.flush()
    return Order(place)


def run(words: Sequence[str], *, says: str, env: Mapping[str, str], seconds: float) -> subprocess.CompletedProcess[str]:
    """The command, run to its end; raises `TimeoutError`."""
    order = start(words, env, says=says)
    code, _ = order.ended(seconds)
    out, err = ((order.place / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(["telltale", *words], code, out, err)


def _watch(order: Mapping[str, Any]) -> None:
    """In a fork: run the order in one more, and write down how it ended once it has."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    place = Path(order["place"])
    child = os.fork()
    if child == 0:
        os.setsid()
        _become(order, place)
    _write(place / "group", str(child))
    _, status, used = os.wait4(child, 0)
    _write(place / "ended", f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}")


def _write(path: Path, text: str) -> None:
    """A file that is whole as soon as it is there."""
    part = path.with_suffix(".part")
    part.write_text(text)
    part.rename(path)


def _become(order: Mapping[str, Any], place: Path) -> None:
    """The command, in this process and with the order's environment; does not return. The order may ask that all it
    says goes to one place (`together`), that no `paper` is printed, and for `limits` of resources."""
    for number, (name, way) in enumerate((("in", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY))):
        os.dup2(os.open(place / name, way | os.O_CREAT | os.O_APPEND), number)
    if order.get("together"):
        os.dup2(1, 2)
    if not order.get("paper", True):
        # It takes two thirds of a run on sixty reviews, and all of it before the first byte of a report is written.
        from audits.report import forms

        forms.paper = lambda report, drawn=None: {}
    for name, value in order.get("limits", {}).items():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that a write past the limit fails as on a full disk
        resource.setrlimit(getattr(resource, name), (value, value))
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = ["telltale", *order["words"]]
    code = 1
    try:
        from flows.cli import main

        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _preload() -> None:
    """Import and open what an audit needs on its way, so that a fork starts working at once."""
    for late in LATE:
        importlib.import_module(late)
    import sqlalchemy.dialects.sqlite  # noqa: F401

    import flows.audit
    import flows.commands.run
    import flows.sweep  # noqa: F401
    from audits.analysis import model, reader

    model.model()
    reader.reader()


def main() -> None:
    """Import everything, then take orders until nobody gives any."""
    _preload()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that watch orders are nobody's to wait for
    for line in sys.stdin:
        if os.fork() == 0:
            _watch(json.loads(line))
            os._exit(0)


if __name__ == "__main__":
    main()
