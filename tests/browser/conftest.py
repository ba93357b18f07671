"""The explorer as a reader meets it: `dateline serve` on loopback, looked at with Chromium.

One server and one browser serve all these tests; each test gets a context of its own, in which a
request to any other host and an error on the console fail it. Nothing here changes the record but
where a test says so.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "reports"
STATIC = ROOT / "src" / "dateline" / "web" / "static"
PATIENCE = 120_000  # ms; a machine with much else to do is slow, not wrong
PROGRAM = Path(sys.executable).with_name("dateline")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_WEBGL = """const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind.startsWith("webgl") ? null : get.call(this, kind, ...rest);
};"""
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]

# What a page that wants to run its own script in the reader's browser might say.
SCRIPT = "<script>window.pwned=1</script>"
VECTOR = "<svg onload=window.pwned=1><image href=x onerror=window.pwned=1></svg>"
BIDI = "\u202e\u2066rac raey\u2069\u202c"
HOSTILE = {
    "id": "hostile",
    "url": "javascript:window.pwned=1",
    "publisher": f"Evil Wire {VECTOR}",
    "title": f"Rocket hits base {SCRIPT} {BIDI}",
    "published": "2021-07-12",
    "text": (
        f"BAGHDAD, July 12, 2021 - A rocket hit Balad air base in Iraq on Monday {SCRIPT}, killing"
        f" three soldiers and wounding five, police said. {VECTOR}\n\n"
        f'Nobody has claimed the attack. {BIDI} "><img src=x onerror=window.pwned=1> they said.'
    ),
}


def find_chromium() -> str | None:
    """Give the Chromium of this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests on one worker, so that there is one server and one browser."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = find_chromium()
    if program is None:
        pytest.skip(f"no Chromium: none of {', '.join(NAMES)} is on the PATH")
    if not (STATIC / "index.html").exists():
        pytest.skip("the explorer is not built: make web")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example reports, and a hostile one."""
    folder = tmp_path_factory.mktemp("record")
    hostile = folder / "hostile.jsonl"
    hostile.write_text(json.dumps(HOSTILE) + "\n", encoding="utf-8")
    path = folder / "record.db"
    dateline("--db", str(path), "add", str(EXAMPLES), str(hostile))
    return path


@pytest.fixture(scope="session")
def server(database: Path) -> Iterator[str]:
    """The address of a running `dateline serve`, without a slash at its end."""
    with serving("--db", str(database), "serve", "--port", "0") as address:
        yield address


@pytest.fixture(scope="session")
def desk(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server over a copy of the record that wants a token, and a coder's token."""
    copy = tmp_path_factory.mktemp("desk") / "record.db"
    shutil.copyfile(database, copy)
    said = dateline("--db", str(copy), "token", "create", "amina", "--role", "coder")
    token = max(re.findall(r"[\w-]+", said), key=len)
    with serving("--db", str(copy), "serve", "--port", "0") as address:
        yield address, token


def dateline(*arguments: str) -> str:
    """Run a verb to its end; gives what it printed."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_for(address: str) -> None:
    """Wait until a server answers; it says its address a moment earlier."""
    for _ in range(PATIENCE // 100):
        try:
            urlopen(f"{address}/api/meta").close()  # noqa: S310  (our own server)
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} does not answer")


class serving:  # noqa: N801  (used as a function)
    """Runs `dateline serve` while the block lasts; gives its address."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments

    def __enter__(self) -> str:
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            [PROGRAM, *self._arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        said = []
        for line in self._process.stdout or ():
            said.append(line)
            if found := re.search(r"http://[\d.]+:\d+", line):
                wait_for(found[0])
                return found[0]
        raise AssertionError(f"the server did not start: {''.join(said)}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)
        if self._process.stdout:
            self._process.stdout.close()


@dataclass
class Visit:
    """A context of the browser and what went wrong in it."""

    context: Any
    server: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def open(self, path: str = "/") -> Any:
        """Open a page of the explorer and wait for its first data."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.server + path)
        page.wait_for_selector("body[data-ready='1']")
        return page

    def check(self) -> None:
        """Fail on requests to other hosts and on errors that the test did not expect."""
        assert self.outside == []
        unexpected = [e for e in self.errors if not any(part in e for part in self.expected)]
        assert unexpected == []

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)


@pytest.fixture
def visiting(browser: Any, server: str) -> Iterator[Any]:
    """Make visits, with the options of a context; each is checked and closed at the end.

    Drawing maps without a graphics card is slow, so there is WebGL only where a test asks for it.
    """
    visits = []

    def visit(*, webgl: bool = False, **options: Any) -> Visit:
        size = {"width": 1280, "height": 800}
        context = browser.new_context(**{"viewport": size, "color_scheme": "light"} | options)
        if not webgl:
            context.add_init_script(NO_WEBGL)
        one = Visit(context, server)
        context.route("**/*", lambda route: _let_pass(route, one))
        visits.append(one)
        return one

    yield visit
    for one in visits:
        one.context.close()
    for one in visits:
        one.check()


@pytest.fixture(scope="session")
def ask(server: str) -> Callable[[str], Any]:
    """Ask the API itself, for what a test must know beforehand."""

    def answer(path: str) -> Any:
        with urlopen(server + path) as found:  # noqa: S310  (our own server)
            return json.load(found)

    return answer


@pytest.fixture
def visit(visiting: Any) -> Visit:
    return visiting()


@pytest.fixture
def visit_with_map(visiting: Any) -> Visit:
    return visiting(webgl=True, viewport={"width": 1000, "height": 700})


def _let_pass(route: Any, visit: Visit) -> None:
    url = route.request.url
    if url.startswith((visit.server, "blob:", "data:")):
        route.continue_()
    else:
        visit.outside.append(url)
        route.abort()
