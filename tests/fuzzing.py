"""Ask a running explorer everything its document allows, and much that it does not.

`python -m tests.fuzzing` serves a small record on loopback, as a process that can connect to
nothing, and lets Schemathesis ask it by every phase and with every check. What is given on the
command line goes to `schemathesis run`. The suite runs the same with few examples.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from dateline.cli.serving import listen
from dateline.codebook import load_codebook
from dateline.coder import Coder, Coding
from dateline.corrections import correct
from dateline.extract.lexicon import extractor
from dateline.link import link
from dateline.model import Judgement, make_report
from dateline.store import open_store
from dateline.store.database import Store
from dateline.store.overview_index import Review
from dateline.store.token_secrets import issue_token
from dateline.web.access import make_policy
from dateline.web.app import make_app
from dateline.web.desk import now

BOOK = load_codebook()
EXTRACT = extractor(BOOK)
ADMIN = "keeper of the fuzz"
OFTEN = 10**9
REPORTS = """
2021-07-06 Three rockets hit Ain al-Asad air base in Iraq on Monday, killing two soldiers.
2021-07-07 Rockets struck the Ain al-Asad air base in western Iraq on Monday. Officials said five \
soldiers were killed in the rocket attack. At least 30 people have been killed in July.
2021-08-01 Gunmen of the Islamic State killed three policemen in Kirkuk on Saturday.
2021-09-01 A drone strike killed a man somewhere last week.
2021-09-02 Kataib Hezbollah, which is backed by Iran, claimed a roadside bomb in Baghdad on Monday.
"""


def fill(store: Store) -> dict[str, list[str]]:
    """Put a few reports, what people said of them, and what became of ids into a store."""
    for line in REPORTS.strip().splitlines():
        day, _, text = line.partition(" ")
        report = make_report(text, published=day, publisher=f"Paper of {day}")
        store.add(report, list(EXTRACT([report])), origin="lexicon/2", made=f"{day}T12:00:00Z")
    link(store, BOOK, made="2021-10-01T00:00:00+00:00")
    incident = max(store.incidents(), key=lambda one: len(one.events))
    left, right = sorted(incident.events)[:2]
    store.add_judgement(Judgement(left, right, "different", 1.0, (), "human:amina", now()))
    link(store, BOOK)
    for one in store.incidents():
        correct(store, BOOK, one.id, "killed", "7", by="amina")
    store.overview_index().add_review(Review(incident.id, "disputed", "amina", now(), "two bases"))
    return {
        "events": [event for one in store.incidents() for event in one.events],
        "incidents": [*{change.incident for change in store.changes()}, incident.id],
        "reports": [report.id for report in store.reports()],
        "judgements": list(store.link_index().words()),
        "actors": ["islamic-state", "iran", "name:kataib hezbollah"],
        "values": ["3", "at least 4", "unknown", "2021-07-05", "Mosul, Iraq", "rocket_attack"],
        "quotes": ["soldiers", "killed", "rocket"],
    }


def read_here(function: Callable[..., Any], *arguments: Any) -> Any:
    """Read without another process, and with the lexicon: what readers find is not asked here."""
    if isinstance(function, Coder):
        ((report,),) = arguments
        return [Coding(report, tuple(EXTRACT([report])))]
    return function(*arguments)


def stay_inside(event: str, arguments: tuple[object, ...]) -> None:
    """Let this process connect to nothing and look no name up (an audit hook)."""
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
        raise OSError(f"{event} is not done here: {arguments[1:]}")


# Which parameters and fields get ids of the record, in most requests.
KNOWN = {
    "incidents": ["/api/incidents/{name}:path.name",
                  "/api/incidents/{name}/history:path.name",
                  "/api/incidents/{name}/links:path.name",
                  "/api/incidents/{name}/review:path.name"],
    "reports": ["/api/reports/{name}:path.name"],
    "judgements": ["/api/judgements/{name}/undo:path.name"],
    "actors": ["/api/actors/{key}:path.key"],
    "events": ["/api/pairs/{left}/{right}:path.left", "/api/pairs/{left}/{right}:path.right",
               "/api/judgements:body.left", "/api/judgements:body.right",
               "/api/corrections:body.event", "/api/corrections/undo:body.event"],
    "values": ["/api/corrections:body.value"],
    "quotes": ["/api/corrections:body.quote"],
    "secrets": ["/api/session:body.token"],
}  # fmt: skip


def settings(known: dict[str, list[str]], folder: Path) -> Path:
    """Write which ids are on record, so that requests meet what is there; gives the file."""
    lines = [f"[dictionaries.{name}]\nvalues = {json.dumps(ids)}" for name, ids in known.items()]
    for name, places in KNOWN.items():
        for path, _, place in (one.partition(":") for one in places):
            binding = f'{{ dictionary = "{name}", probability = 0.6 }}'
            found = f'[[operations]]\ninclude-path = "{path}"\nparameters."{place}" = {binding}'
            lines.append(found)
    file = folder / "schemathesis.toml"
    file.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return file


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """Serve the record on a free port while the block lasts; gives address and token."""
    import uvicorn

    with open_store(folder / "d.db") as store, listen("127.0.0.1", 0) as listening:
        secret = issue_token(store.token_index(), ADMIN, "admin")
        settings(fill(store) | {"secrets": [secret]}, folder)
        policy = make_policy(store)
        policy.buckets.__init__(burst=OFTEN)
        app = make_app(store, BOOK, policy=policy)
        app.state.desk._apart = lambda: nullcontext(read_here)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        listening.listen()
        running.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", secret
        finally:
            server.should_exit = True
            running.join()


def main(options: list[str]) -> int:
    """Ask, and give the exit code of Schemathesis."""
    program = Path(sys.executable).with_name("schemathesis")
    with tempfile.TemporaryDirectory() as folder:
        sys.addaudithook(stay_inside)
        with served(Path(folder)) as (address, secret):
            command = [
                program, "run", f"{address}/api/openapi.json", "--no-color",
                "--header", f"Authorization: Bearer {secret}",
                *options,
            ]  # fmt: skip
            if "--generation-deterministic" not in options:  # which keeps nothing anyway
                command += ["--generation-database", "none"]
            return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
