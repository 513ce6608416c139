"""`telltale` in a fork of a process that has imported everything: what a command imports takes longer than its work.

One such process stands for a session's Prefect API (`serving`), whose address it was started with. As a program it is
`python -m tests.flows.forks`: each line on its input is an order, and how that ended is in the file the order names.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
_NUMBERS = count(1)
_standing: dict[str, tuple[IO[str], Path]] = {}
"""Address of the Prefect API → where orders go, and the folder of what they say."""


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


def run(words: Sequence[str], *, says: str, env: Mapping[str, str], seconds: float) -> subprocess.CompletedProcess[str]:
    """The command, run to its end; raises `subprocess.TimeoutExpired`."""
    orders, scratch = _standing.get(env.get("PREFECT_API_URL", "")) or next(iter(_standing.values()))
    place = scratch / f"order-{next(_NUMBERS)}"
    place.mkdir()
    (place / "in").write_text(says, encoding="utf-8")
    orders.write(json.dumps({"words": list(words), "env": dict(env), "place": str(place)}) + "\n")
    orders.flush()
    ended, until = place / "ended", time.monotonic() + seconds
    while not ended.exists():
        if time.monotonic() > until:
            os.killpg(int((place / "group").read_text()), signal.SIGKILL)
            raise subprocess.TimeoutExpired(["telltale", *words], seconds)
        time.sleep(0.01)
    out, err = ((place / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(["telltale", *words], int(ended.read_text()), out, err)


def _watch(order: Mapping[str, Any]) -> None:
    """In a fork: run the order in one more, and write down how it ended once it has."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    place = Path(order["place"])
    child = os.fork()
    if child == 0:
        os.setsid()
        (place / "group").write_text(str(os.getpid()))
        _become(order, place)
    _, status = os.waitpid(child, 0)
    part = place / "ended.part"
    part.write_text(str(os.waitstatus_to_exitcode(status)))
    part.rename(place / "ended")


def _become(order: Mapping[str, Any], place: Path) -> None:
    """The command, in this process and with the order's environment; does not return."""
    for number, (name, way) in enumerate((("in", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY))):
        os.dup2(os.open(place / name, way | os.O_CREAT), number)
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


def main() -> None:
    """Import everything, then take orders until nobody gives any."""
    from tests.faults.zygote import preload

    preload(paper=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that watch orders are nobody's to wait for
    for line in sys.stdin:
        if os.fork() == 0:
            _watch(json.loads(line))
            os._exit(0)


if __name__ == "__main__":
    main()
