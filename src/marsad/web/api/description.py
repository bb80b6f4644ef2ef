"""Description: the API as OpenAPI tells of it, and as people read it.

Reads   the routes of the API and the models of their answers.
Writes  an OpenAPI 3.1 document; a page of it in the desk's own style, with no script of
        others and no request to elsewhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import RedirectResponse

from marsad.web.api.answers import ReaderDep
from marsad.web.api.bodies import REPORT_IN
from marsad.web.api.problems import SCHEMA
from marsad.web.desk import DeskDep
from marsad.web.guard import person_of
from marsad.web.render import page

router = APIRouter()

ABOUT = """Incidents of political violence, and who says so: claims with their words, incidents
with their tallies, and what changed them. All totals are documented minimums.

Programs send `Authorization: Bearer TOKEN`; a token is made on the account page of its owner and
has at most their role. Parameters are called as the options of the command line; one that is not
known is refused. Lists say where they go on in `next` and in the header `Link`. Answers have an
`ETag`: sent back as `If-None-Match` it gives 304 while nothing changed, and as `If-Match` it keeps
a decision from being made about what changed since. Errors are problems as RFC 9457 has them.

Names of private persons are withheld unless `names=true` asks for them: the words of what kind of
person it is stand in their place, and in texts and quotes a block for each character, so that
offsets hold."""
OPEN_TO_PUBLIC = frozenset(
    {
        ("/api/v1/incidents", "get"),
        ("/api/v1/incidents/{incident_id}", "get"),
        ("/api/v1/totals", "get"),
        ("/api/v1/export", "get"),
    }
)
_EXAMPLE_PATHS = {
    "incident_id": "incident-0123456789abcdef",
    "claim_id": "claim-0123456789abcdef",
    "report_id": "report-0123456789abcdef",
    "number": "17",
}
_EXAMPLE_QUERIES = {
    "/api/v1/incidents": {"country": "SYR", "kind": "air-strike", "since": "2024-12-01"},
    "/api/v1/claims": {"report": "report-0123456789abcdef"},
    "/api/v1/changes": {"since": "120"},
    "/api/v1/totals": {"country": "SYR"},
    "/api/v1/export": {"format": "geojson", "country": "SYR"},
}
_EXAMPLE_BODIES: dict[str, dict[str, Any]] = {
    "/api/v1/judgements": {
        "kind": "merge",
        "incidents": ["incident-0123456789abcdef", "incident-fedcba9876543210"],
        "reason": "both tell of the convoy at the cement works",
    },
    "/api/v1/judgements/{number}/undo": {"reason": "the second is another convoy"},
    "/api/v1/reports": {
        "outlet": "Harbour Wire",
        "published": "2024-12-26",
        "text": "Gunmen ambushed a convoy near Homs on Wednesday, killing six soldiers.",
    },
}


@dataclass(frozen=True)
class Operation:
    """An operation as the page shows it."""

    anchor: str
    method: str
    path: str
    summary: str
    words: tuple[str, ...]
    role: str
    parameters: tuple[dict[str, Any], ...]
    body: str
    answers: tuple[tuple[str, str, str], ...]
    example: str


@dataclass(frozen=True)
class Field:
    """A field of a model: `kind` in a few words, `models` that it leads to."""

    name: str
    kind: str
    models: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True)
class Model:
    """A model as the page shows it."""

    name: str
    words: tuple[str, ...]
    fields: tuple[Field, ...]


@cache
def describe_api() -> dict[str, Any]:
    """The OpenAPI document."""
    from marsad.web.api.routes import router as api

    document = get_openapi(
        title="marsad", version=version("marsad"), description=ABOUT, routes=api.routes
    )
    schemas = document["components"]["schemas"]
    schemas |= {"Problem": SCHEMA, "ReportIn": REPORT_IN}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    document["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of the desk."}
    }
    document["security"] = [{"token": []}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            name = operation["operationId"].partition("_api_v1")[0]
            operation["operationId"] = name
            operation["summary"] = name.replace("_", " ").capitalize()
            if (path, method) in OPEN_TO_PUBLIC:
                operation["security"] = [{"token": []}, {}]
    return document


@router.get("/openapi.json", include_in_schema=False)
def show_openapi(request: Request, person: ReaderDep) -> Response:
    """The API, described for programs."""
    body = json.dumps(describe_api(), ensure_ascii=False)
    return Response(
        body, media_type="application/json", headers={"Cache-Control": "private, no-cache"}
    )


@router.get("/docs", include_in_schema=False)
def show_docs(request: Request, desk: DeskDep) -> Response:
    """The API, described for people."""
    if person_of(request) is None and not desk.public:
        return RedirectResponse(f"/sign-in?next={request.url.path}", status_code=303)
    document = describe_api()
    base = desk.base_url.rstrip("/") or str(request.base_url).rstrip("/")
    operations = [
        _read_operation(path, method, operation, base)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    models = [
        _read_model(name, schema)
        for name, schema in sorted(document["components"]["schemas"].items())
    ]
    return page(
        request,
        "api-docs.html",
        about=_paragraphs(ABOUT),
        operations=operations,
        models=models,
        version=document["info"]["version"],
    )


def _read_operation(path: str, method: str, operation: dict[str, Any], base: str) -> Operation:
    body = _body_schema(operation)
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        words=_paragraphs(operation.get("description", "")),
        role=_role_of(path, method),
        parameters=tuple(_read_parameter(p) for p in operation.get("parameters", ())),
        body="" if body is None else _kind_of(body)[0],
        answers=tuple(_read_answers(operation)),
        example=_example(path, method, base),
    )


def _role_of(path: str, method: str) -> str:
    if method == "post":
        return "coder"
    return (
        "viewer, or anybody where the desk has a public view"
        if ((path, method) in OPEN_TO_PUBLIC)
        else "viewer"
    )


def _read_parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "kind": _kind_of(schema)[0],
        "words": parameter.get("description", ""),
        "example": next(iter(schema.get("examples", ())), ""),
        "is_required": parameter.get("required", False),
    }


def _read_answers(operation: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Status, meaning and model of each answer."""
    found = []
    for status, response in sorted(operation["responses"].items()):
        schemas = [content.get("schema", {}) for content in response.get("content", {}).values()]
        kind = _kind_of(schemas[0])[0] if schemas else ""
        words = response["description"]
        found.append((status, "Done" if words == "Successful Response" else words, kind))
    return found


def _body_schema(operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] | None = content.get("application/json", {}).get("schema")
    return schema


def _read_model(name: str, schema: dict[str, Any]) -> Model:
    required = schema.get("required", ())
    fields = []
    for field, inner in schema.get("properties", {}).items():
        words, models = _kind_of(inner)
        fields.append(Field(field, words, models, field in required))
    return Model(name, _paragraphs(schema.get("description", "")), tuple(fields))


def _kind_of(schema: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """A schema in a few words, and the models in them."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return name, (name,)
    for either in ("anyOf", "oneOf"):
        if either in schema:
            parts = [_kind_of(part) for part in schema[either]]
            words = " or ".join(dict.fromkeys(words for words, _ in parts))
            return words, tuple(name for _, names in parts for name in names)
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"]), ()
    if "const" in schema:
        return str(schema["const"]), ()
    kind = schema.get("type", "any value")
    if kind == "array":
        words, names = _kind_of(schema.get("items", {}))
        if "prefixItems" in schema:
            words = ", ".join(_kind_of(item)[0] for item in schema["prefixItems"])
        return f"list of {words}", names
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        words, names = _kind_of(schema["additionalProperties"])
        return f"object of {words}", names
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"{words} ({schema['format']})" if "format" in schema else words, ()


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def _example(path: str, method: str, base: str) -> str:
    """The operation as a line for a shell."""
    filled = path
    for name, value in _EXAMPLE_PATHS.items():
        filled = filled.replace(f"{{{name}}}", quote(value))
    query = _EXAMPLE_QUERIES.get(path, {}) if method == "get" else {}
    address = f"{base}{filled}" + (f"?{urlencode(query)}" if query else "")
    lines = [f"curl -H 'Authorization: Bearer TOKEN' '{address}'"]
    if method == "post":
        body = json.dumps(_EXAMPLE_BODIES[path], indent=1)
        lines = [
            f"curl -X POST -H 'Authorization: Bearer TOKEN' '{address}' \\",
            "  -H 'Content-Type: application/json' \\",
            f"  -d '{body}'",
        ]
    return "\n".join(lines)
