"""Settings: one workspace, one key, and no secret in a repr."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from flows.settings import SettingsError, child_environment, read


def test_the_master_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.master_key == second.master_key
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_no_secret_shows_in_a_repr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLTALE_KEY", "ab" * 32)
    monkeypatch.setenv("TELLTALE_STORE_URL", "postgresql+psycopg://who:canary@localhost/x")
    shown = repr(read(tmp_path))
    assert "canary" not in shown
    assert "abab" not in shown
    assert repr(bytes.fromhex("ab" * 32)) not in shown


@pytest.mark.parametrize("given", ["xyz", "ab", "ab" * 31])
def test_a_key_that_is_no_key_is_refused_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("TELLTALE_KEY", given)
    with pytest.raises(SettingsError, match="openssl rand"):
        read(tmp_path)


def test_a_workspace_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="--out"):
        read(tmp_path / "file" / "below")


def test_a_setting_of_blanks_alone_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read(tmp_path)
    for name in ("TELLTALE_STORE_URL", "TELLTALE_MIRROR_URL", "TELLTALE_CONTACT", "TELLTALE_HOME", "PREFECT_API_URL"):
        monkeypatch.setenv(name, "  ")
    assert read(tmp_path) == plain and plain.mirror_url is None
    monkeypatch.chdir(tmp_path)
    assert read().home.name == "telltale-workspace"


def test_the_prefect_server_sends_nothing_to_anyone(tmp_path: Path) -> None:
    env = child_environment(read(tmp_path))
    assert env["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert env["DO_NOT_TRACK"] == "1"


def test_a_key_that_cannot_be_read_or_written_is_a_sentence_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TELLTALE_KEY", raising=False)
    (tmp_path / "key").mkdir()
    with pytest.raises(SettingsError, match="key cannot be read or written"):
        read(tmp_path)


@pytest.mark.parametrize("said", ["s3:/bucket/audits", "bucket", "./audits"])
def test_a_mirror_that_would_be_a_folder_wherever_a_run_is_started_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("TELLTALE_MIRROR_URL", said)
    with pytest.raises(SettingsError, match=r"TELLTALE_MIRROR_URL is neither an address, such as s3://"):
        read(tmp_path)
    monkeypatch.setenv("TELLTALE_MIRROR_URL", str(tmp_path / "audits"))
    assert read(tmp_path).mirror_url == str(tmp_path / "audits")
