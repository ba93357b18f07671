"""What a user installs: archives that hold the data the code reads, and pins that can be met."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "dateline"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1600000000"},
    )
    return folder


@pytest.fixture(scope="module")
def package_data() -> set[str]:
    return {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_file_of_the_package(built: Path, package_data: set[str]):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert package_data - set(archive.namelist()) == set()


def test_the_source_archive_holds_every_file_of_the_package(built: Path, package_data: set[str]):
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/src/")[2] for name in archive.getnames()}
    built_at_install = {name for name in package_data if name.startswith("dateline/web/static/")}
    assert package_data - names == built_at_install


def test_the_wheel_holds_the_explorer(built: Path):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert "dateline/web/static/index.html" in archive.namelist()


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ()), ("requirements-dev.lock", ("dev",))]
)
def test_a_lock_pins_what_the_project_asks_for(lock: str, extras: tuple[str, ...]):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    asked = [*project["dependencies"], *(name for extra in extras for name in optional[extra])]
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([^\s=]+)==(\S+)", text, flags=re.MULTILINE))
    unmet = [
        line
        for line in map(Requirement, asked)
        if not line.specifier.contains(pinned.get(canonicalize_name(line.name), "0"))
    ]
    assert unmet == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_hashes_every_pin_and_names_no_address(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[^\s#].*$", text, flags=re.MULTILINE)
    assert [pin for pin in pins if "==" not in pin or not pin.endswith("\\")] == []
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
