"""The sources of the explorer's front end: their own tests, their types, and how they are built."""

import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
WEB = ROOT / "web"
SOURCES = [*(WEB / "src").rglob("*.svelte"), *(WEB / "src").rglob("*.ts")]


@pytest.fixture(scope="module")
def hatch_build() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def installed(hatch_build):
    if not (WEB / "node_modules").is_dir():
        pytest.skip("the front end's packages are not installed: make web")
    return hatch_build


def test_its_own_tests_pass(installed):
    assert "passed" in installed.npm(WEB, "run", "test")


def test_its_types_hold(installed):
    assert "0 errors and 0 warnings" in installed.npm(WEB, "run", "check")


def test_the_lock_names_no_address_and_pins_every_package():
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_a_page_writes_no_markup_and_no_inline_style():
    # Text of reports is put into pages as text; the policy would refuse inline styles.
    found = [
        f"{path.relative_to(WEB)}: {match[0]}"
        for path in SOURCES
        for match in re.finditer(
            r"\{@html|innerHTML|outerHTML|insertAdjacentHTML|\sstyle=\"|\beval\(",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert found == []


def test_what_was_built_from_the_same_sources_is_not_built_again(
    hatch_build, tmp_path, monkeypatch
):
    asked = []
    for name in ("package.json", "package-lock.json", *hatch_build.SOURCES):
        (tmp_path / "web" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "web" / name).write_text(name, encoding="utf-8")
    source = tmp_path / "web" / "src" / "main.ts"
    for folder in (source.parent, tmp_path / "web" / "node_modules"):
        folder.mkdir()
    (tmp_path / "src" / "dateline" / "web" / "static").mkdir(parents=True)
    source.write_text("1", encoding="utf-8")
    monkeypatch.setattr(hatch_build, "npm", lambda _, *arguments: asked.append(arguments))
    monkeypatch.delenv(hatch_build.SKIP, raising=False)

    hatch_build.build(tmp_path)
    hatch_build.build(tmp_path)
    assert asked == [("ci",), ("run", "build")]
    source.write_text("2", encoding="utf-8")
    hatch_build.build(tmp_path)
    assert asked[2:] == [("run", "build")]
    source.write_text("3", encoding="utf-8")
    monkeypatch.setenv(hatch_build.SKIP, "1")
    hatch_build.build(tmp_path)
    assert len(asked) == 3


def test_a_failing_build_is_one_line_that_names_the_reason_and_a_way_out(installed, tmp_path):
    shutil.copy(WEB / "package.json", tmp_path)
    with pytest.raises(installed.FrontEndError) as caught:
        installed.npm(tmp_path, "ci")
    message = str(caught.value)
    assert "npm ci" in message
    assert "lock" in message
    assert "DATELINE_SKIP_WEB=1" in message
    assert "\n" not in message
