"""The OpenAPI document: what FastAPI writes of the endpoints, and what holds for all of them.

It says what holds on this server: once there are tokens an operation needs one, and as long as
there are none a change needs a name. Examples of refusals are what the server says.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from dateline.codebook import Codebook
from dateline.web.filters import TREES
from dateline.web.problems import MEDIA_TYPE, refusal

Row = dict[str, Any]
FILE = Path(__file__).with_name("document.toml")
_PROBLEM: Row = {
    "title": "Problem",
    "type": "object",
    "description": "A problem document (RFC 9457); `errors` name the parameters that are wrong.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "examples": ["about:blank"]},
        "title": {"type": "string", "examples": ["Not understood"]},
        "status": {"type": "integer", "examples": [422]},
        "detail": {"type": "string", "examples": ["type: 'raid' is not in the codebook"]},
        "instance": {"type": "string", "examples": ["/api/incidents"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
_SHOWN: list[Row] = [{"token": []}, {"session": []}]
_ANYBODY: dict[tuple[str, str], list[Row]] = {
    ("/api/meta", "get"): [{}, *_SHOWN],
    ("/api/session", "post"): [],
    ("/api/session", "delete"): [],
}


@cache
def _written() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def describe(app: FastAPI, codebook: Codebook) -> None:
    """Let an app describe its refusals, how tokens are shown, and which terms it knows."""
    written = app.openapi

    def openapi() -> Row:
        if app.openapi_schema is None:
            app.openapi_schema = _linked(_with_terms(_completed(written()), codebook))
        needs_token = app.state.policy.needs_token()
        return _for_now(app.openapi_schema, needs_token=needs_token)

    app.openapi = openapi  # type: ignore[method-assign]


def _for_now(document: Row, *, needs_token: bool) -> Row:
    """Give the document as it holds with tokens, or without one."""
    if needs_token:
        return document | {"security": _SHOWN}
    components = document["components"]
    schemas = {name: _named(schema) for name, schema in components["schemas"].items()}
    return document | {
        "security": [{}, *_SHOWN],
        "components": components | {"schemas": schemas},
    }


def _named(schema: Row) -> Row:
    """Let what is sent carry a name, where it may carry one."""
    properties = schema.get("properties", {})
    if "by" not in properties or "anyOf" not in properties["by"]:
        return schema
    name = {**properties["by"], **properties["by"]["anyOf"][0]}
    del name["anyOf"]
    required = [*schema.get("required", ()), "by"]
    return schema | {"required": required, "properties": properties | {"by": name}}


def _completed(document: Row) -> Row:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = _PROBLEM
    document["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": "dateline"},
    }
    for path, method, operation in _operations(document):
        if (path, method) in _ANYBODY:
            operation["security"] = _ANYBODY[path, method]
        operation["responses"].pop("422", None)
        for status, about in _written()["refusals"].items():
            if _happens(about["where"], path, method, operation):
                operation["responses"].setdefault(status, _refused(about, operation))
        for status, response in operation["responses"].items():
            _finish(response, int(status), path, operation)
        operation["responses"] = dict(sorted(operation["responses"].items()))
        if method == "get" and "incidents" in operation.get("tags", ()):
            operation["responses"]["304"] = {"description": "What you keep is still right."}
        if method != "get":
            operation.setdefault("parameters", []).append(_own_page())
    return document


def _operations(document: Row) -> Iterator[tuple[str, str, Row]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def _happens(where: str, path: str, method: str, operation: Row) -> bool:
    names = [parameter["name"] for parameter in operation.get("parameters", ())]
    return {
        "every": True,
        "known": (path, method) not in _ANYBODY,
        "write": method != "get",
        "body": "requestBody" in operation,
        "asked": bool(names) or "requestBody" in operation,
        "cursor": "cursor" in names,
    }[where]


def _refused(about: Row, operation: Row) -> Row:
    """Give how the document tells of a refusal that may happen anywhere."""
    parameters = operation.get("parameters", ())
    name = about.get("parameter") or next((one["name"] for one in parameters), "body")
    detail = about["detail"].format(name=name, fault="Field required")
    found = refusal(about["title"], detail) | {"description": about["says"]}
    if about["where"] in {"asked", "cursor"}:
        example = found["content"][MEDIA_TYPE]["example"]
        example["errors"] = [{"parameter": name, "detail": detail.partition(": ")[2]}]
    if "header" in about:
        seconds = {"type": "integer", "minimum": 1}
        found["headers"] = {about["header"]: {"required": True, "schema": seconds}}
    return found


def _finish(response: Row, status: int, path: str, operation: Row) -> None:
    """Let the example of a refusal say its status and the path that was asked for."""
    told = response.get("content", {}).get(MEDIA_TYPE)
    if told is None:
        return
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            (shown, *_) = parameter["schema"]["examples"]
            path = path.replace(f"{{{parameter['name']}}}", shown)
    example = {"status": status, "instance": path} | told["example"]
    order = (*_PROBLEM["required"], "errors")
    told["example"] = {name: example[name] for name in order if name in example}


def _with_terms(document: Row, codebook: Codebook) -> Row:
    """List the terms that filters and corrections know: a slip shows before anything is asked."""
    known = {name: list(codebook.lists[listing]) for name, listing in TREES.items()}
    known["country"] = list(codebook.countries)
    schemas = document["components"]["schemas"]
    for name, terms in known.items():
        schemas[f"{name}_ids"] = {"type": "string", "enum": terms}
    for _, method, operation in _operations(document):
        for parameter in operation.get("parameters", ()) if method == "get" else ():
            if parameter["in"] == "query" and parameter["name"] in known:
                items = {"$ref": f"#/components/schemas/{parameter['name']}_ids"}
                parameter["schema"]["items"] = items
    for name in ("NewCorrection", "UndoneCorrection"):
        schemas[name]["properties"]["role"]["enum"] = list(codebook.roles)
    return document


def _linked(document: Row) -> Row:
    """Say where to go on from an answer."""
    by_name = {operation["operationId"]: operation for *_, operation in _operations(document)}
    for link in _written()["links"]:
        responses = by_name[link["from"]]["responses"]
        answer = next(responses[status] for status in ("200", "201") if status in responses)
        found = {"operationId": link["to"], "parameters": link["parameters"]}
        answer.setdefault("links", {})[link["name"]] = found
    return document


def _own_page() -> Row:
    return {
        "name": "X-Dateline",
        "in": "header",
        "required": True,
        "description": "Tells a program or page of ours from a page of another site.",
        "schema": {"type": "string", "const": "1"},
    }
