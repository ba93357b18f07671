"""What went wrong, said as a problem document (RFC 9457)."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from dateline.errors import (
    ConfigError,
    DatelineError,
    ExtractError,
    SourceError,
    SpanError,
    StoreError,
)

MEDIA_TYPE = "application/problem+json"
AS = "as "
"""How the tags of forms begin that are one of several; no part of what was sent."""
_STATUS: dict[type[DatelineError], int] = {
    ConfigError: 422,
    SourceError: 422,
    SpanError: 422,
    ExtractError: 503,
    StoreError: 503,
    DatelineError: 500,
}
_TITLES = {404: "Not found", 405: "Method not allowed", 400: "Bad request"}


class Problem(Exception):  # noqa: N818  (the word of RFC 9457)
    """A refusal with its status; `errors` name the parameters that are wrong."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the answer says."""
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


def wrong(parameter: str, detail: str) -> Problem:
    """Give the refusal of one parameter."""
    errors = ({"parameter": parameter, "detail": detail},)
    return Problem(422, "Not understood", detail, errors=errors)


def problem_response(problem: Problem, instance: str) -> Response:
    """Give the answer that tells a problem; `instance` is the path asked for."""
    form: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
    }
    if problem.errors:
        form["errors"] = [dict(error) for error in problem.errors]
    return JSONResponse(form, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def refusal(title: str, detail: str, instance: str | None = None) -> dict[str, Any]:
    """Give how the OpenAPI document tells of a refusal, with what one of them said.

    `instance` is the path that was asked for, where it is not that of the parameters' examples.
    """
    example = {"type": "about:blank", "title": title, "detail": detail}
    if instance is not None:
        example["instance"] = instance
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": title, "content": {MEDIA_TYPE: {"schema": schema, "example": example}}}


def tell_problems(app: FastAPI) -> None:
    """Let an app answer every refusal and every error of ours as a problem document."""

    async def told(request: Request, error: Exception) -> Response:
        return problem_response(_problem_of(error), request.url.path)

    for kind in (Problem, RequestValidationError, HTTPException, DatelineError, Exception):
        app.add_exception_handler(kind, told)


def _problem_of(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case RequestValidationError():
            errors = [_error(one) for one in error.errors()]
            detail = "; ".join(f"{one['parameter']}: {one['detail']}" for one in errors)
            return Problem(422, "Not understood", detail, errors=errors)
        case HTTPException():
            title = _TITLES.get(error.status_code, "Refused")
            return Problem(error.status_code, title, str(error.detail), headers=error.headers)
    if not isinstance(error, DatelineError):  # told to the visitor, and logged by the server
        return Problem(500, "Broken", "The server met a fault of its own; its log says more.")
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    return Problem(status, "Not done", str(error))


def _error(error: Mapping[str, Any]) -> dict[str, str]:
    parts = map(str, error["loc"])
    where = [p for p in parts if p not in {"body", "query", "path"} and not p.startswith(AS)]
    said = str(error["msg"]).removeprefix("Value error, ")
    return {"parameter": ".".join(where) or str(error["loc"][0]), "detail": said}
