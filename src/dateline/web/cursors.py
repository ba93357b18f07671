"""Where a page of a list ends: opaque to whoever asks, checked when it comes back."""

import base64
import json
from typing import Any

from dateline.web.problems import Problem


def make_cursor(*parts: str | float) -> str:
    """Give the text that stands for where a page ended."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def read_cursor(text: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Read a cursor back; raises a Problem if it is not one of ours with parts of these kinds."""
    if text is None:
        return None
    wrong = Problem(
        422,
        "Not understood",
        "cursor: not one of this list",
        errors=({"parameter": "cursor", "detail": "not one of this list"},),
    )
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError as error:
        raise wrong from error
    if not isinstance(parts, list) or len(parts) != len(kinds):
        raise wrong
    for part, kind in zip(parts, kinds, strict=True):
        if type(part) is not kind and not (kind is float and type(part) is int):
            raise wrong
    return tuple(parts)
