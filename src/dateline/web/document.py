"""The OpenAPI document: what FastAPI writes of the endpoints, and what holds for all of them."""

from typing import Any

from fastapi import FastAPI

from dateline.codebook import Codebook
from dateline.web.filters import TREES
from dateline.web.problems import MEDIA_TYPE

Row = dict[str, Any]
_REFUSALS = {
    "4XX": "Refused: what is wrong, who may, or how often.",
    "5XX": "Not done: the store or a service is out of reach.",
}
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


def describe(app: FastAPI, codebook: Codebook) -> None:
    """Let an app describe its refusals, how tokens are shown, and which terms filters know."""
    written = app.openapi

    def openapi() -> Row:
        if app.openapi_schema is None:
            app.openapi_schema = _with_terms(_completed(written()), codebook)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _completed(document: Row) -> Row:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = _PROBLEM
    document["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": "dateline"},
    }
    document["security"] = [{}, {"token": []}, {"session": []}]
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in document["paths"].values():
        for method, operation in operations.items():
            operation["responses"].pop("422", None)
            for status, says in _REFUSALS.items():
                operation["responses"][status] = {"description": says, "content": content}
            if method == "get" and _is_fresh(operation):
                operation["responses"]["304"] = {"description": "What you keep is still right."}
            if method != "get":
                operation.setdefault("parameters", []).append(_own_page())
    return document


def _with_terms(document: Row, codebook: Codebook) -> Row:
    """List the terms that filters know, so that a slip shows before anything is asked."""
    known = {name: list(codebook.lists[listing]) for name, listing in TREES.items()}
    known["country"] = list(codebook.countries)
    for name, terms in known.items():
        document["components"]["schemas"][f"{name}_ids"] = {"type": "string", "enum": terms}
    for operations in document["paths"].values():
        for parameter in operations.get("get", {}).get("parameters", ()):
            if parameter["in"] == "query" and parameter["name"] in known:
                items = {"$ref": f"#/components/schemas/{parameter['name']}_ids"}
                parameter["schema"]["items"] = items
    return document


def _is_fresh(operation: Row) -> bool:
    return "incidents" in operation.get("tags", ())


def _own_page() -> Row:
    return {
        "name": "X-Dateline",
        "in": "header",
        "required": True,
        "description": "Tells a program or page of ours from a page of another site.",
        "schema": {"type": "string", "const": "1"},
    }
