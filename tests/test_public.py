"""The names a program may rely on: few, pinned, typed, and free until they are used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dateline

PINNED = {
    "Claim",
    "Coder",
    "DatelineError",
    "Incident",
    "Judgement",
    "Report",
    "add_reports",
    "find_plugin",
    "incident_rows",
    "link_events",
    "load_codebook",
    "make_report",
    "open_store",
    "read",
}
STUB = Path(dateline.__file__).with_suffix(".pyi")
MOST = 14


def test_the_public_names_are_these_and_no_others():
    assert set(dateline.__all__) == PINNED
    assert len(dateline.__all__) <= MOST
    assert set(dateline.__all__) <= set(dir(dateline))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_public_name_is_what_it_is_called_and_says_what_it_is_for(name: str):
    named = getattr(dateline, name)
    assert named.__name__ in name
    assert named.__doc__


def test_type_checkers_see_the_same_names_from_the_same_places():
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    homes = {
        alias.asname: (node.module, alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert homes == {n: (f"dateline.{m}", own) for n, (m, own) in dateline._HOMES.items()}
    listed = next(node.value for node in tree.body if isinstance(node, ast.Assign))
    assert set(ast.literal_eval(listed)) == PINNED


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'reed'"):
        _ = dateline.reed


def test_a_public_name_stays_a_function_after_the_module_of_its_work_is_imported():
    # `from dateline import link` would give the package or the function, whichever came first.
    program = "import dateline.link.run, dateline; print(callable(dateline.link_events))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "True\n"


def test_importing_dateline_imports_nothing_else():
    program = (
        "import sys; before = set(sys.modules); import dateline; "
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["dateline"]
