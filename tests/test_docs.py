"""The documents are true: their commands and examples run, and everything public is described.

Each page runs from top to bottom in a folder of its own that holds a copy of `examples/`, and a
`dateline.db` of the example reports unless the page adds reports itself. In a page

* `sh` blocks are commands, one a line; `console` blocks are commands after `$` and what they print,
  compared loosely: blanks and ids do not matter, `...` stands for anything, lines may be left out;
  an id that stands in shown output may be used in later commands of the page;
* `python` blocks are run, those with `>>>` as doctests; they share their names. A `text` block
  next after one is what it prints, compared in the same way;
* a `toml` or `python` block whose first line is a comment that names a file is added to that file;
  such a `python` block is not run.

`make`, `git`, `cd`, `pip` and `source` lines are not run; what they name must exist.
"""

import doctest
import io
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.main import get_command

import dateline
from dateline import model, values
from dateline.cli import app, main
from dateline.codebook import load_codebook

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "dateline"
RUN = [ROOT / "README.md", ROOT / "examples" / "README.md", *sorted(DOCS.rglob("*.md"))]
READ = [*RUN, *(ROOT / f"{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = ("make", "git", "cd", "pip", "source")
NEEDS_A_SHELL = re.compile(r"[|<>*$&;]")
NAMED = re.compile(r"# (\S+\.(?:toml|py))\b.*\n")
ID = re.compile(r"\b([icer])_[0-9a-f]{8,16}\b")


@dataclass(frozen=True)
class Block:
    line: int
    language: str
    text: str

    def commands(self) -> list[tuple[str, list[str]]]:
        """The commands of a shell block, each with the lines it is said to print."""
        found: list[tuple[str, list[str]]] = []
        text = self.text.replace("\\\n", " ")
        for line in filter(str.strip, text.splitlines()):
            if self.language == "sh" or line.startswith("$ "):
                command = re.sub(r"\s+#\s.*$", "", line.removeprefix("$ ")).strip()
                found.append((command, []))
            else:
                assert found, f"line {self.line}: output before any command"
                found[-1][1].append(line)
        return [(command, output) for command, output in found if not command.startswith("#")]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(text.count("\n", 0, found.start()) + 1, found[1], found[2])
        for found in BLOCK.finditer(text)
    ]


def commands_of(page: Path) -> list[str]:
    shells = [block for block in blocks_of(page) if block.language in ("sh", "console")]
    return [command for block in shells for command, _ in block.commands()]


# Running a page


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "dateline.db"
    run_command(f"dateline --db {path} add {ROOT}/examples/reports", ROOT)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_DB", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    return tmp_path


@pytest.mark.parametrize("page", [page for page in RUN if blocks_of(page)], ids=name_of)
def test_a_page_runs_from_top_to_bottom(page: Path, folder: Path, example_store: Path):
    if not any(re.search(r"\badd examples/", command) for command in commands_of(page)):
        shutil.copy(example_store, folder / "dateline.db")
    names: dict[str, Any] = {"__name__": "__page__"}
    ids: dict[str, str] = {}
    before = printed = ""
    for block in blocks_of(page):
        where = f"{name_of(page)}:{block.line}"
        if block.language in ("sh", "console"):
            for command, expected in block.commands():
                printed = run_command(ID.sub(lambda i: ids[i[0]], command), folder)
                assert is_told(expected, printed, ids), f"{where}: {command} printed\n{printed}"
        elif block.language == "python" and NAMED.match(block.text):
            add_to_file(block, folder)
        elif block.language == "python":
            printed = run_python(block, where, names)
        elif block.language == "text" and before == "python":
            assert is_told(block.text.splitlines(), printed), f"{where}: printed\n{printed}"
        elif block.language == "toml":
            add_to_file(block, folder)
        before = block.language


def run_command(command: str, folder: Path) -> str:
    """Run a command, failing if it fails; give what it printed, both streams."""
    words = shlex.split(command)
    verb = Path(words[0]).name
    if words[:2] == ["dateline", "serve"]:
        return ""  # it would not end
    if verb in NOT_RUN or words[:2] == ["python", "tools/build_gazetteer.py"]:
        check_named(words)
        return ""
    printed = io.StringIO()
    if verb == "dateline" and not NEEDS_A_SHELL.search(command):
        with redirect_stdout(printed), redirect_stderr(printed), pytest.raises(SystemExit) as ended:
            main(words[1:])
        code = ended.value.code
    else:
        shell = command.replace(".venv/bin/", "")
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", shell],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        printed.write(ran.stdout + ran.stderr)
        code = ran.returncode
    assert not code, f"{command} exits with {code}:\n{printed.getvalue()}"
    return printed.getvalue()


def check_named(words: list[str]) -> None:
    """See that what a command names is there: a target, an extra, a script."""
    if words[0] == "make":
        targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
        assert {word for word in words[1:] if "=" not in word} <= set(targets)
    elif words[0] == "python":
        assert (ROOT / words[1]).is_file()
    elif words[0] == "pip":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = re.findall(r"\[([\w,-]+)\]", " ".join(words))
        asked = {extra for group in extras for extra in group.split(",")}
        assert asked <= set(project["optional-dependencies"])


def is_told(expected: list[str], printed: str, ids: dict[str, str] | None = None) -> bool:
    """Tell whether the expected lines stand in what was printed, in this order.

    `ids` learns which ids were printed in place of those expected.
    """
    rest = iter([line.strip() for line in printed.splitlines()])
    for line in expected:
        if line.strip() == "...":
            continue
        found = next((other for other in rest if re.fullmatch(loose(line), other)), None)
        if found is None:
            return False
        if ids is not None:
            shown, real = (re.findall(r"\b[icer]_[0-9a-f]{8,16}\b", text) for text in (line, found))
            ids |= dict(zip(shown, real, strict=False))
    return True


def loose(line: str) -> str:
    words = [ID.sub(r"\1_ID", word) for word in line.split()]
    pattern = r"\s+".join(re.escape(word) for word in words)
    pattern = re.sub(r"([icer])_ID", r"\1_[0-9a-f]{8,16}", pattern)
    return re.sub(r"(\\s\+)?\\\.\\\.\\\.(\\s\+)?", ".*", pattern)


def run_python(block: Block, where: str, names: dict[str, Any]) -> str:
    """Run an example, failing if a doctest does; give what it printed."""
    if ">>>" not in block.text:
        code = compile("\n" * block.line + block.text, where, "exec")
        with redirect_stdout(io.StringIO()) as printed:
            exec(code, names)  # noqa: S102  (our own pages)
        return printed.getvalue()
    test = doctest.DocTestParser().get_doctest(block.text, names, where, where, block.line)
    said = io.StringIO()
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    doctest.DocTestRunner(optionflags=flags).run(test, out=said.write, clear_globs=False)
    assert not said.getvalue(), said.getvalue()
    names.update(test.globs)
    return ""


def add_to_file(block: Block, folder: Path) -> None:
    named = NAMED.match(block.text)
    assert block.language == "python" or tomllib.loads(block.text)
    if named:
        path = folder / named[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n" + block.text)


@pytest.mark.parametrize(
    ("expected", "printed", "told"),
    [
        (["16 added"], "first\n16  added\nlast", True),
        (["i_73db7845  3"], "i_00000000   3", True),
        (["reports: ... known"], "reports: 2 added, 1 known", True),
        (["second", "first"], "first\nsecond", False),
        (["17 added"], "16 added", False),
    ],
)
def test_output_is_compared_loosely_but_not_blindly(expected: list[str], printed: str, told: bool):
    assert is_told(expected, printed) is told


# What is public is described


def options_of(command: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    yield name, [flag for option in command.params for flag in option.opts if flag[0] == "-"]
    for verb, one in getattr(command, "commands", {}).items():
        yield from options_of(one, f"{name} {verb}")


@pytest.mark.parametrize(
    ("verb", "options"), list(options_of(get_command(app), "dateline")), ids=str
)
def test_every_verb_and_option_is_in_the_reference(verb: str, options: list[str]):
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"(?ms)^## (.+?)$(.*?)(?=^## |\Z)", page))
    described = re.findall(r"(?<!\S)--?[a-z-]+", sections[verb])
    assert [option for option in options if option not in described] == []


def test_every_role_is_in_the_reference():
    page = (DOCS / "reference" / "codebook.md").read_text(encoding="utf-8")
    assert [role for role in load_codebook().roles if f"`{role}`" not in page] == []


@pytest.mark.parametrize(
    ("key", "listing"), [("target_type", "target_types"), ("weapon", "weapons")]
)
def test_the_page_on_measuring_lists_the_broader_ids(key: str, listing: str):
    page = (DOCS / "how-to" / "evaluate.md").read_text(encoding="utf-8")
    row = re.search(rf"(?m)^\| `{key}` \| (.*) \|$", page)
    entries = load_codebook().lists[listing].values()
    broader = {str(entry.details.get("interchange", entry.id)) for entry in entries}
    assert row
    assert set(re.findall(r"`(\w+)`", row[1])) == broader


def test_every_public_name_has_its_section_with_an_example():
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"(?ms)^```python$(.*?)^```$", page))
    headings = re.findall(r"(?m)^#+ (.*)$", page)
    for name in dateline.__all__:
        assert any(f"`{name}`" in heading for heading in headings), name
        assert re.search(rf"\b{name}\b", code), name


# One word per idea


def glossary() -> dict[str, str]:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^\| \*\*(?:to )?([\w ]+)\*\* \| (.+) \|$", text))


def test_every_glossary_word_is_a_word_of_the_program():
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    words = set(re.findall(r"[a-z]+", source.lower()))
    assert [term for term in glossary() if term not in words] == []


@pytest.mark.parametrize(
    ("term", "listed"),
    [
        ("stance", get_args(model.Stance)),
        ("level", get_args(values.PlaceLevel)),
        ("precision", get_args(values.DatePrecision)),
        ("kind", ("incident", "tally", "tie", "strength", "reward")),
    ],
)
def test_the_glossary_lists_the_values_a_program_may_meet(term: str, listed: tuple[str, ...]):
    assert [value for value in listed if value not in glossary()[term]] == []


def test_the_records_and_the_kinds_of_event_are_in_the_glossary():
    ideas = ("report", "span", "claim", "judgement", "incident", "event", "tally", "tie")
    assert set(ideas) <= set(glossary())


# The pages hang together


@pytest.mark.parametrize("page", READ, ids=name_of)
def test_every_link_leads_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        if heading:
            headings = re.findall(r"(?m)^#+ (.*)$", there.read_text(encoding="utf-8"))
            assert heading in {anchor(title) for title in headings}, target


def anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_page_is_reached_from_the_index():
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} - {"index.md"}
    assert {page for page in pages if f"({page})" not in index} == set()


@pytest.mark.parametrize("page", READ, ids=name_of)
def test_no_page_names_a_path_of_one_machine(page: Path):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.:/~])/(?:work|home|root|Users|tmp|opt|mnt)\b\S*", text) == []
