"""What the lock file installs can be imported, whatever else a night brought to the package index."""

from __future__ import annotations

import importlib
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IMPORTED_AS = {
    "beautifulsoup4": "bs4",
    "scikit-learn": "sklearn",
    "vl-convert-python": "vl_convert",
    "great-expectations": "great_expectations",
    "charset-normalizer": "charset_normalizer",
    "prefect-dask": "prefect_dask",
}


def direct() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [re.split(r"[<>=!~ \[]", line, maxsplit=1)[0] for line in project["dependencies"]]


def locked() -> dict[str, str]:
    pairs = re.findall(
        r"^([a-z0-9._-]+)==([^\s;\\]+)([^\\\n]*)", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )
    return {name: pinned for name, pinned, marker in pairs if "python_full_version >= '3.12'" not in marker}


@pytest.mark.parametrize("package", direct())
def test_every_direct_dependency_imports_at_its_locked_version(package: str) -> None:
    importlib.import_module(IMPORTED_AS.get(package, package))
    assert version(package) == locked()[package]


def test_every_locked_package_is_pinned_by_hash() -> None:
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_nothing_that_ships_pulls_torch() -> None:
    assert not {"torch", "sentence-transformers", "transformers"} & locked().keys()
