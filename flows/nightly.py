"""Every engagement of the workspace has been audited once; one that failed did not stop the others."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.audit import audit
from flows.console import log
from flows.outcome import Outcome
from flows.settings import read


@flow(name="nightly")
def nightly(home: str | None = None) -> dict[str, str]:
    """Audit each engagement file under `<workspace>/engagements`; engagement → outcome."""
    settings = read(Path(home) if home else None)
    files = sorted(settings.engagements.glob("*.toml"))
    if not files:
        log.info(f"nightly   no engagement file in {settings.engagements}")
    return {file.stem: _audited(file, settings.home) for file in files}


def _audited(file: Path, home: Path) -> str:
    state = audit(str(file), home=str(home), return_state=True)
    if not state.is_completed():
        # The run's own state and log have the cause; a name and a kind are all that may stand here.
        log.error(f"nightly   {file.stem}: failed")
        return "failed"
    outcome: Outcome = state.result()
    return outcome.name
