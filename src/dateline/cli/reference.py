"""The reference page of the command line, written from the verbs themselves.

`python -m dateline.cli.reference > docs/reference/cli.md`
"""

import sys
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from dateline.cli import app

WIDTH = 80
HEAD = """# Command line

Written from the program by `python -m dateline.cli.reference`.

`--db` and `--codebook` may stand before or after the verb. Results go to standard output; progress,
failures and losses go to standard error. Exit codes: 0 all went well, 1 something failed (each
failure has its line), 2 wrong usage, 130 interrupted with Ctrl-C.
"""


def reference_page() -> str:
    """Give the page in Markdown: the help of the program and of each verb."""
    sections = [f"## {name}\n\n```text\n{text}\n```" for name, text in _helps()]
    return "\n".join([HEAD, "\n\n".join(sections), ""])


def _helps() -> Iterator[tuple[str, str]]:
    stack: list[tuple[str, Any, Any]] = [("dateline", get_command(app), None)]
    while stack:
        name, command, parent = stack.pop(0)
        own = name.rpartition(" ")[2]
        context = command.context_class(
            command, parent, info_name=own, terminal_width=WIDTH, help_option_names=["-h", "--help"]
        )
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        yield name, text
        verbs = getattr(command, "commands", {})
        stack = [(f"{name} {verb}", one, context) for verb, one in verbs.items()] + stack


if __name__ == "__main__":
    sys.stdout.write(reference_page())
