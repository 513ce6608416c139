"""An engagement keeps its own key for good; the master key above it can be changed, and a wrong one is refused.

The engagement's key comes from the master key (HKDF) until that is rotated for the first time. From then on it lies in
the workspace (`keys/ENGAGEMENT.json`), wrapped by the present master key (AES-GCM). Author keys, weak ids, content
hashes and tombstones go on as they were, and the old master key opens nothing.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from flows.settings import MASTER_KEY_BYTES, Settings, SettingsError

_NONCE = 12


def engagement_key(master: bytes, engagement: str) -> bytes:
    """The key of one engagement (HKDF, RFC 5869): two engagements cannot recognise each other's reviewers."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"telltale author " + engagement.encode()).derive(master)


def key_of(settings: Settings, engagement: str) -> bytes:
    """The engagement's key; raises `SettingsError` where it is wrapped by another master key."""
    wrapped = carried(settings, engagement)
    if wrapped is None:
        return engagement_key(settings.master_key, engagement)
    key = _unwrapped(settings.master_key, engagement, wrapped)
    if key is None:
        raise SettingsError(
            f"TELLTALE_KEY is not the key that {engagement} is kept under in {settings.home}: set the one that "
            "`telltale rotate-key` was given last. If that is lost for good: telltale rotate-key --lost"
        )
    return key


def rotate(settings: Settings, engagement: str, new: bytes) -> bool:
    """Wrap the engagement's key by a new master key; False where that was done before. Raises `SettingsError`."""
    wrapped = carried(settings, engagement)
    if wrapped is not None and _unwrapped(new, engagement, wrapped) is not None:
        return False
    _write(settings, engagement, _wrapped(new, engagement, key_of(settings, engagement)))
    return True


def begin_anew(settings: Settings, engagement: str) -> bool:
    """Give an engagement whose master key is lost a new key; False where the present one opens it after all."""
    wrapped = carried(settings, engagement)
    if wrapped is not None and _unwrapped(settings.master_key, engagement, wrapped) is not None:
        return False
    _write(settings, engagement, _wrapped(settings.master_key, engagement, secrets.token_bytes(MASTER_KEY_BYTES)))
    return True


def carried(settings: Settings, engagement: str) -> str | None:
    """The wrapped key as an archive carries it; None where the key comes from the master key."""
    file = _file(settings, engagement)
    return str(json.loads(file.read_text(encoding="utf-8"))["wrapped"]) if file.is_file() else None


def bring(settings: Settings, engagement: str, wrapped: str | None) -> None:
    """Keep the wrapped key that came with an archive."""
    if wrapped is not None:
        _write(settings, engagement, wrapped)


def _file(settings: Settings, engagement: str) -> Path:
    return settings.home / "keys" / f"{engagement}.json"


def _write(settings: Settings, engagement: str, wrapped: str) -> None:
    written(_file(settings, engagement), json.dumps({"wrapped": wrapped}))


def written(path: Path, text: str) -> None:
    """Readable by its owner only, old or new and never half."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _sealer(master: bytes, engagement: str) -> AESGCM:
    return AESGCM(engagement_key(master, f"wrap {engagement}"))


def _wrapped(master: bytes, engagement: str, key: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return (nonce + _sealer(master, engagement).encrypt(nonce, key, engagement.encode())).hex()


def _unwrapped(master: bytes, engagement: str, wrapped: str) -> bytes | None:
    body = bytes.fromhex(wrapped)
    try:
        return _sealer(master, engagement).decrypt(body[:_NONCE], body[_NONCE:], engagement.encode())
    except InvalidTag:
        return None
