"""The shape of the house: floors, fences, sizes, data outside of code, a light start."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "dateline"
MODULES = sorted(PACKAGE.rglob("*.py"))

MODULE_LINES = 350
FUNCTION_LINES = 60
LITERAL_WORDS = 15

# Each exception: path below src/dateline, or path::function, and the reason.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
WORDS_IN_CODE: dict[str, str] = {}

# A third-party library and the only parts of the package that may import it, so that it can be
# replaced in one place and a new dependency is a decision, not an accident.
FENCES = {
    "ahocorasick": ("phrases",),
    "alembic": ("store",),
    "fastapi": ("web",),
    "feedparser": ("sources",),
    "htmldate": ("clean",),
    "httpx2": ("sources",),
    "psycopg": ("store",),
    "pydantic": ("web",),
    "py3langid": ("clean", "sources", "text"),
    "pypdf": ("sources",),
    "ray": ("engine",),
    "rich": ("cli",),
    "sentencex": ("text",),
    "sqlalchemy": ("store",),
    "starlette": ("web",),
    "trafilatura": ("clean",),
    "typer": ("cli",),
    "uvicorn": ("web",),
    "warcio": ("sources",),
}

# `dateline --help` must stay under 0.3 s: what takes long to import waits for its first use.
HEAVY = (
    "ahocorasick",
    "alembic",
    "fastapi",
    "feedparser",
    "htmldate",
    "httpx2",
    "numpy",
    "pydantic",
    "pypdf",
    "rich.progress",
    "sqlalchemy",
    "starlette",
    "trafilatura",
    "uvicorn",
    "warcio",
)


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def functions_of(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def libraries_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def words_in(node: ast.AST) -> int:
    """How many words a literal collection, or a literal string that is split into one, holds."""
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return sum(isinstance(i, ast.Constant) and isinstance(i.value, str) for i in items)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr=attribute)):
            return len(text.split()) if attribute in {"split", "splitlines"} else 0
    return 0


def test_every_import_goes_down_the_floors():
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_library_is_imported_only_inside_its_fence(module: Path):
    part = name_of(module).partition("/")[0].removesuffix(".py")
    outside = [
        library
        for library in libraries_of(tree_of(module))
        if library in FENCES and part not in FENCES[library]
    ]
    assert outside == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_is_short_enough_to_be_one_idea(module: Path):
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES or name_of(module) in LONG_MODULES


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_function_fits_on_one_screen(module: Path):
    long = {
        f"{name_of(module)}::{function.name}": length
        for function in functions_of(tree_of(module))
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert {name: length for name, length in long.items() if name not in LONG_FUNCTIONS} == {}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_word_lists_are_data_not_code(module: Path):
    lists = [node.lineno for node in ast.walk(tree_of(module)) if words_in(node) > LITERAL_WORDS]
    assert lists == [] or name_of(module) in WORDS_IN_CODE


def test_every_exception_is_still_needed():
    names = {name_of(module) for module in MODULES}
    listed = {*LONG_MODULES, *WORDS_IN_CODE, *(name.split("::")[0] for name in LONG_FUNCTIONS)}
    assert listed - names == set()


def test_the_command_line_starts_without_its_heavy_libraries():
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import dateline.cli"],
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    assert "dateline.cli" in imported
    assert sorted(imported.intersection(HEAVY)) == []
