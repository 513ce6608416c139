"""`python -m tests.faults.zygote`: what is heavy is imported once, then each order on stdin is a `telltale` in a fork.

An order is a JSON line: `words` of the command and the file that takes its `out`put. Two lines answer it: the process
id as soon as it runs, and how it ended (the exit code, or minus the signal) with its peak memory in kB.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

LATE = (
    "great_expectations", "great_expectations.expectations", "great_expectations.data_context.types.base", "pandas",
    "sklearn.cluster", "sklearn.feature_extraction.text", "scipy.stats", "textblob", "py3langid.langid", "altair",
    "vl_convert", "weasyprint", "xlsxwriter", "jinja2", "audits.report.pdf", "audits.report.xlsx", "audits.report.html",
    "audits.checks.judge", "audits.checks.stages",
)  # fmt: skip
"""What a run imports when it gets there: it takes longer than the work on sixty reviews does."""


def preload(*, paper: bool = False) -> None:
    """Import and open what an audit needs on its way, so that a fork starts working at once; without `paper` it prints
    none."""
    for late in LATE:
        importlib.import_module(late)
    import sqlalchemy.dialects.sqlite  # noqa: F401

    import flows.audit
    import flows.commands.run
    import flows.sweep  # noqa: F401
    from audits.analysis import model, reader
    from audits.report import forms

    model.model()
    reader.reader()
    if not paper:
        # It takes two thirds of a run on sixty reviews, and all of it before the first byte of a report is written.
        forms.paper = lambda report, drawn=None: {}


def run(order: dict[str, Any]) -> int:
    """The command in this (forked) process; its exit code."""
    from flows.cli import app

    out = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    for name, value in order.get("limits", {}).items():
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that a write past the limit fails as on a full disk
        resource.setrlimit(getattr(resource, name), (value, value))
    try:
        app(order["words"], standalone_mode=False)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    preload()
    _answer("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            code = 1
            try:
                code = run(json.loads(line))
            except BaseException as wrong:  # what a command of ours lets through is what the test wants to see
                os.write(2, f"Traceback {wrong!r}\n".encode())
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        _answer(str(child))
        _, status, used = os.wait4(child, 0)
        _answer(f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}")


if __name__ == "__main__":
    main()
