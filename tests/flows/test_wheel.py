"""The wheel installs flows, spiders and audits with every file that they read, and no tests."""

from __future__ import annotations

import shutil
import zipfile

import pytest

from tests.flows.command import ROOT, python

PACKAGES = ("audits", "flows", "spiders")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built from a copy, because setuptools leaves its build folder beside the sources."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in (*PACKAGES, "tests"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    ran = python("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(out), str(source))
    assert ran.returncode == 0, ran.stderr
    return zipfile.ZipFile(next(out.glob("telltale_audit-*.whl")))


def test_the_wheel_holds_every_file_of_the_three_packages_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    written = {
        file.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert held == written


@pytest.mark.parametrize(
    "name",
    [
        "audits/analysis/gaps.toml",
        "audits/analysis/bank/fees.tsv",
        "audits/analysis/data/",
        "audits/report/templates/first.html.j2",
        "audits/store/migrations/",
        "spiders/sandbox/statements/booking.tsv",
    ],
)
def test_the_files_that_the_code_reads_are_in_it(wheel: zipfile.ZipFile, name: str) -> None:
    assert any(held.startswith(name) for held in wheel.namelist())


def test_the_command_is_called_telltale(wheel: zipfile.ZipFile) -> None:
    declared = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "telltale = flows.cli:main" in wheel.read(declared).decode()
