"""Options that several verbs have: which rule merges casualties, and when to look back from."""

from typing import Annotated

import typer

RuleName = Annotated[
    str,
    typer.Option(
        "--rule",
        metavar="NAME",
        help="How casualties are merged: latest, minmax, ucdp or acled.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Only what was known then: reports published by then, words given by then.",
    ),
]
Extractor = Annotated[str, typer.Option(metavar="NAME", help="What reads the reports.")]
