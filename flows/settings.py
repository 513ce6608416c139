"""The only reader of the environment: one frozen Settings, whose secrets never show in a repr."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from spiders.settings import RUN_SECONDS

MASTER_KEY_BYTES = 32


class SettingsError(ValueError):
    """A setting that cannot be used, with its name and the next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where a workspace lies and what it may use; `home` is created with the first run."""

    home: Path
    store_url: str = field(repr=False)
    master_key: bytes = field(repr=False)
    contact: str
    api_url: str | None = field(repr=False)
    """A Prefect API that is already running; None means one is started for the run and stopped with it."""

    night_seconds: float = RUN_SECONDS
    """How long one host is asked in one run; what is left then is the next run's."""

    host_locks: Path | None = None
    """Locks of the hosts that are crawled, for all workspaces of this user on this machine; None: nowhere but here."""

    mirror_url: str | None = field(default=None, repr=False)
    """Where landings and publications are kept besides the workspace: any fsspec address."""
    dask: str | None = None
    """A number of worker processes on this machine, or the address of a Dask scheduler, for large engagements."""

    @property
    def shares_store(self) -> bool:
        """Whether the store may hold what other workspaces read and keep."""
        return self.store_url != own_store(self.home)

    @property
    def engagements(self) -> Path:
        """Engagement files that the nightly flow goes through."""
        return self.home / "engagements"

    @property
    def landings(self) -> Path:
        """Landing directories, one a run of a listing."""
        return self.home / "landings"

    @property
    def publications(self) -> Path:
        """`<engagement>/<audit>/report.html` and the index beside them."""
        return self.home / "publications"

    @property
    def prefect_home(self) -> Path:
        """The run history that the Prefect UI shows."""
        return self.home / "prefect"


def own_store(home: Path) -> str:
    """The address of the store in a workspace, which is used where none is named."""
    return f"sqlite:///{home / 'store.db'}"


def read(home: Path | None = None) -> Settings:
    """Settings from the environment; `home` (from `--out`) wins over TELLTALE_HOME.

    Raises:
        SettingsError: a key that is not 64 hex digits, or a workspace that cannot be written.
    """
    env = os.environ
    place = (home or Path(secret("TELLTALE_HOME") or "telltale-workspace")).absolute()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{place}: the workspace cannot be made ({error.strerror}). Give another with --out."
        ) from None
    return Settings(
        home=place,
        store_url=secret("TELLTALE_STORE_URL") or own_store(place),
        master_key=_master_key(env.get("TELLTALE_KEY"), place / "key"),
        contact=secret("TELLTALE_CONTACT") or "no contact set (TELLTALE_CONTACT)",
        api_url=secret("PREFECT_API_URL"),
        night_seconds=_night(env.get("TELLTALE_NIGHT_HOURS")),
        host_locks=_state(env.get("XDG_STATE_HOME")),
        mirror_url=_mirror(secret("TELLTALE_MIRROR_URL")),
        dask=_dask(env.get("TELLTALE_DASK")),
    )


def _night(hours: str | None) -> float:
    """TELLTALE_NIGHT_HOURS in seconds: more than a crawl may take at most is the same as that."""
    try:
        seconds = float(hours) * 3600 if hours else RUN_SECONDS
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise SettingsError(f"TELLTALE_NIGHT_HOURS: {hours!r} is not a number of hours above 0, such as 2.5.")
    return min(seconds, RUN_SECONDS)


def _state(given: str | None) -> Path | None:
    """Where this user's programs keep what they know of this machine (XDG); None for a user without a home."""
    try:
        place = Path(given) if given and Path(given).is_absolute() else Path.home() / ".local" / "state"
    except RuntimeError:
        return None
    return place / "telltale" / "hosts"


def _dask(said: str | None) -> str | None:
    """TELLTALE_DASK: worker processes on this machine, or a scheduler's address."""
    if said and "://" not in said and not (said.isdecimal() and int(said)):
        raise SettingsError(
            f"TELLTALE_DASK: {said!r} is neither a number of workers above 0 nor an address as tcp://host:8786."
        )
    return said or None


def _mirror(said: str | None) -> str | None:
    """TELLTALE_MIRROR_URL; what is neither an address nor a whole path would be a folder wherever a run is started."""
    if said and not said.partition("://")[1] and not Path(said).is_absolute():
        raise SettingsError("TELLTALE_MIRROR_URL is neither an address, such as s3://bucket/prefix, nor a whole path.")
    return said


def _master_key(given: str | None, kept: Path) -> bytes:
    """TELLTALE_KEY, or a random key kept beside the store, readable by its owner only."""
    if given:
        return key_bytes(given, "TELLTALE_KEY")
    try:
        return _kept_key(kept)
    except OSError as error:
        raise SettingsError(
            f"{kept}: the workspace's key cannot be read or written ({error.strerror}). Set TELLTALE_KEY, or make the "
            "folder writable."
        ) from None


def _kept_key(kept: Path) -> bytes:
    if kept.exists():
        return key_bytes(kept.read_text(encoding="ascii", errors="replace"), str(kept))
    key = secrets.token_bytes(MASTER_KEY_BYTES)
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return key_bytes(kept.read_text(encoding="ascii"), str(kept))
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex())
    return key


def key_bytes(text: str, where: str) -> bytes:
    """A master key as it is written in the environment or a file; raises `SettingsError`."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise SettingsError(f"{where}: a key is {MASTER_KEY_BYTES * 2} hex digits. Make one with: openssl rand -hex 32")
    return key


def secret(name: str | None) -> str | None:
    """What a variable says, None for blanks alone. A key for another API is read when it is used, and kept nowhere."""
    return (os.environ.get(name) or "").strip() or None if name else None


def prepare_prefect(settings: Settings, api_url: str) -> None:
    """Point Prefect at `api_url` before it is imported: quiet on the console, nothing sent to anyone."""
    quiet_prefect(settings)
    os.environ["PREFECT_API_URL"] = api_url


def quiet_prefect(settings: Settings) -> None:
    """The same without a server, for a command that only borrows what a flow is made of."""
    os.environ |= prefect_environment(settings)


def prefect_environment(settings: Settings) -> dict[str, str]:
    """What Prefect, client or server, is told: its home in the workspace, no telemetry, no chatter."""
    return {
        "PREFECT_HOME": str(settings.prefect_home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    }


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment of the Prefect server's process."""
    # One process, one run: nothing is scheduled, late or paused here; recording runs and events is what it is for.
    services = (
        "SCHEDULER",
        "LATE_RUNS",
        "PAUSE_EXPIRATIONS",
        "CANCELLATION_CLEANUP",
        "FOREMAN",
        "REPOSSESSOR",
        "TRIGGERS",
    )
    off = {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in services}
    # Registering every kind of block imports every Prefect collection that is installed, Dask among them: a tenth of
    # what the server costs. A block that was saved is known without it.
    blocks = ("REGISTER_BLOCKS_ON_START", "MEMOIZE_BLOCK_AUTO_REGISTRATION")
    off |= {f"PREFECT_SERVER_{name}": "false" for name in (*blocks, "UI_ENABLED")}
    return {**os.environ, **prefect_environment(settings), **off}
