"""`telltale demo`: the sandbox is served on loopback, crawled and audited."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from flows.commands import refused
from flows.commands.run import audited
from flows.demo import PORT, written
from flows.settings import SettingsError, read


def run(*, home: Path | None, as_json: bool) -> int:
    """Serve, write the engagement file into the workspace, audit it; the audit's exit code."""
    from spiders.sandbox.server import serve

    try:
        settings = read(home or Path("telltale-demo"))
    except SettingsError as error:
        return refused(str(error))
    with ExitStack() as open_here:
        try:
            site = open_here.enter_context(serve(port=PORT))
        except OSError:
            site = open_here.enter_context(serve())  # the preferred port is taken
        engagement = written(settings.home / "engagements", site.url)
        return audited(engagement, home=settings.home, full=False, refit=False, as_json=as_json)
