"""Where a page of a list ends: opaque to whoever asks, checked when it comes back."""

import base64
import json
from typing import Any

from dateline.web.problems import Problem

_MOST = 2**63  # what a column can be compared with


def make_cursor(*parts: str | float) -> str:
    """Give the text that stands for where a page ended."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def read_cursor(text: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Read a cursor back; raises a Problem if it is not one of ours with parts of these kinds."""
    if text is None:
        return None
    wrong = Problem(
        404,
        "Not found",
        "cursor: no page of this list ends so",
        errors=({"parameter": "cursor", "detail": "not one of this list"},),
    )
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError) as error:
        raise wrong from error
    if not isinstance(parts, list) or len(parts) != len(kinds):
        raise wrong
    if not all(map(_is_a, parts, kinds)):
        raise wrong
    return tuple(parts)


def _is_a(part: object, kind: type) -> bool:
    if kind is float and type(part) is int:
        return abs(part) < _MOST
    return type(part) is kind and (kind is not int or abs(part) < _MOST)  # type: ignore[arg-type]
