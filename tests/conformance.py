"""Holds requests and answers to the platforms' own specifications: X's OpenAPI, YouTube's discovery, Meta's lists.

The specifications lie outside the project (ruling 30), in `SHARED` or `../shared`; where they are absent every check
skips the test that asked for it. A failed check is an AssertionError that names what the specification does not have.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from sandbox.graph import Field, parse_fields

ROOT = Path(__file__).resolve().parent.parent
SPECS = (ROOT / os.environ.get("SHARED", "../shared")).resolve() / "platforms" / "specs"
FORMATS = FormatChecker(formats=())

# Graph takes these on every call of their kind; the field lists name only what is an edge's own.
GRAPH_PARAMETERS = {"access_token", "appsecret_proof", "fields", "locale"}
GRAPH_PAGING = {"limit", "after", "before", "summary"}
# X names more problem types in its documentation than in its OpenAPI document.
X_DOCUMENTED_PROBLEMS = {
    "about:blank",
    *(f"https://api.x.com/2/problems/{name}" for name in ("client-forbidden", "usage-capped", "rate-limit-exceeded")),
}


# Blocking is documented for the Enterprise tier and left out of the public OpenAPI document (facts.md 3.1).
X_DOCUMENTED_CALLS = {
    ("POST", 4, "blocking"): {"target_user_id"},
    ("DELETE", 5, "blocking"): None,
}


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    if isinstance(value, str):
        datetime.fromisoformat(value)
    return True


def available() -> bool:
    """Whether the specifications are here."""
    return SPECS.is_dir()


@cache
def _spec(name: str) -> Any:
    path = SPECS / name
    if not path.is_file():
        pytest.skip(f"the platforms' specifications are not in {SPECS} (set SHARED)")
    return json.loads(path.read_text())


def _assert_valid(schema: Mapping[str, Any], value: object, where: str) -> None:
    faults = sorted(Draft202012Validator(schema, format_checker=FORMATS).iter_errors(value), key=lambda f: list(f.path))
    told = "; ".join(f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}" for fault in faults[:5])
    assert not faults, f"{where}: {told}"


# X


def _is_documented(method: str, path: str, json: Any) -> bool:
    """Whether this is a call that X documents outside its OpenAPI document; then its body is held to that."""
    parts = path.split("?")[0].strip("/").split("/")
    wanted = (method, len(parts), parts[3] if len(parts) > 3 else "")
    if parts[:2] != ["2", "users"] or wanted not in X_DOCUMENTED_CALLS:
        return False
    names = X_DOCUMENTED_CALLS[wanted]
    assert (set(json) if isinstance(json, dict) else None) == names, f"X {method} {path}: the body should have {names}"
    return True


def _x_path(method: str, path: str) -> tuple[str, Any]:
    """The operation that a path belongs to; a literal part goes before a parameter."""
    wanted = path.split("?")[0].strip("/").split("/")
    fitting = []
    for template, verbs in _spec("x-openapi-2.167.json")["paths"].items():
        parts = template.strip("/").split("/")
        same = len(parts) == len(wanted) and all(
            a.startswith("{") or a == b for a, b in zip(parts, wanted, strict=True)
        )
        if same and method.lower() in verbs:
            fitting.append((template.count("{"), template, verbs[method.lower()]))
    assert fitting, f"X has no {method} {path}"
    _, template, operation = min(fitting, key=lambda one: one[0])
    return template, operation


@cache
def _x_components() -> Any:
    return _strict(_spec("x-openapi-2.167.json")["components"])


def _strict(schema: Any) -> Any:
    """An OpenAPI 3.0 schema as JSON schema: nullable becomes a type, and what is not named is not allowed."""
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {
        name: _strict(value) for name, value in schema.items() if name not in ("discriminator", "nullable", "example")
    }
    if schema.get("nullable") and isinstance(schema.get("type"), str):
        made["type"] = [schema["type"], "null"]
    if schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
        made.setdefault("additionalProperties", False)
    return made


def _x_schema(schema: Any) -> dict[str, Any]:
    return {"components": _x_components(), **_strict(schema)}


def check_x(method: str, path: str, status: int, body: Any) -> None:
    """An answer in the new spelling (`post`): the specification does not know the old one."""
    if status < 400 and method != "GET" and "/blocking" in path:
        assert set(body["data"]) == {"blocking"}, f"X {method} {path}: the answer says whether it is blocked"
        return
    if status < 400 and path.startswith("/2/oauth2/"):
        return
    if status >= 400:
        _check_x_problem(f"X {method} {path} {status}", status, body)
        return
    template, operation = _x_path(method, path)
    where = f"X {method} {template} {status}"
    assert str(status) in operation["responses"], f"{where}: no such status"
    content = operation["responses"][str(status)]["content"]["application/json"]
    _assert_valid(_x_schema(content["schema"]), body, where)


def _check_x_problem(where: str, status: int, body: Any) -> None:
    assert {"title", "detail", "type", "status"} <= set(body), f"{where}: a problem has title, detail, type and status"
    assert body["status"] == status, where
    if body["type"] not in X_DOCUMENTED_PROBLEMS:
        _assert_valid(_x_schema({"$ref": "#/components/schemas/Problem"}), body, where)


def check_x_request(
    method: str, path: str, query: Mapping[str, str] | None = None, json: Any = None, *, form: bool = False
) -> None:
    """A request: known parameters with allowed values, the required ones there, and a body as the schema has it.

    `form`: it came as a form, of which `json` tells the fields, and of files only that they are there.
    """
    if _is_documented(method, path, json):
        return
    template, operation = _x_path(method, path)
    where, given = f"X {method} {template}", dict(query or {})
    shared = _spec("x-openapi-2.167.json")["components"]["parameters"]
    known = [
        shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in operation.get("parameters", [])
    ]
    named = {one["name"]: one for one in known if one["in"] == "query"}
    assert set(given) <= set(named), f"{where}: unknown parameters {sorted(set(given) - set(named))}"
    missing = {name for name, one in named.items() if one.get("required")} - set(given)
    assert not missing, f"{where}: missing parameters {sorted(missing)}"
    for name, value in given.items():
        schema = named[name]["schema"]
        _assert_valid(_x_schema(schema), _from_query(value, schema), f"{where} ?{name}")
    kinds = operation.get("requestBody", {}).get("content", {})
    content = kinds.get("multipart/form-data" if form else "application/json")
    assert (json is None) == (content is None), f"{where}: a body is {'not ' if content is None else ''}expected"
    if content:
        _assert_valid(_x_schema(content["schema"]), json, f"{where} body")


def _from_query(value: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("type") == "array":
        return value.split(",")
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", value):
        return int(value)
    return value


# YouTube


def _youtube_method(method: str, path: str) -> Any:
    wanted = "youtube/v3/" + path.split("?")[0].split("youtube/v3/")[-1].strip("/")
    for resource in _spec("youtube.v3.discovery.json")["resources"].values():
        for one in resource.get("methods", {}).values():
            if (one["path"], one["httpMethod"]) == (wanted, method.upper()):
                return one
    raise AssertionError(f"YouTube has no {method} {wanted}")


def _youtube_schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}", "$defs": _youtube_defs()}


@cache
def _youtube_defs() -> Any:
    return {name: _from_discovery(one) for name, one in _spec("youtube.v3.discovery.json")["schemas"].items()}


def _from_discovery(schema: Any) -> Any:
    """A discovery schema as JSON schema: `$ref`s by name, and what is not named is not allowed."""
    kept = ("type", "enum", "minimum", "maximum")
    made: dict[str, Any] = {name: schema[name] for name in kept if name in schema and schema[name] != "any"}
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    if schema.get("format") == "date-time":
        made["format"] = "date-time"
    if "items" in schema:
        made["items"] = _from_discovery(schema["items"])
    if "properties" in schema:
        made["properties"] = {name: _from_discovery(one) for name, one in schema["properties"].items()}
        made["additionalProperties"] = False
    return made


def check_youtube(method: str, path: str, status: int, body: Any) -> None:
    """An answer: the method's resource, nothing where it has none, or Google's error envelope."""
    one = _youtube_method(method, path)
    where = f"YouTube {method} {one['path']} {status}"
    if status >= 400:
        assert set(body) == {"error"}, where
        fault = body["error"]
        assert {"code", "message", "errors"} <= set(fault) <= {"code", "message", "errors", "status"}, where
        assert fault["code"] == status, where
        assert all({"domain", "reason", "message"} <= set(entry) for entry in fault["errors"]), where
    elif "response" not in one:
        assert status == 204, where
        assert not body, where
    else:
        _assert_valid(_youtube_schema(one["response"]["$ref"]), body, where)


def check_youtube_request(method: str, path: str, query: Mapping[str, str] | None = None, json: Any = None) -> None:
    """A request: known parameters with allowed values, the required ones there, and a body as the schema has it."""
    one, given = _youtube_method(method, path), dict(query or {})
    where = f"YouTube {method} {one['path']}"
    named = {**_spec("youtube.v3.discovery.json")["parameters"], **one.get("parameters", {})}
    assert set(given) <= set(named), f"{where}: unknown parameters {sorted(set(given) - set(named))}"
    missing = {name for name, about in named.items() if about.get("required")} - set(given)
    assert not missing, f"{where}: missing parameters {sorted(missing)}"
    for name, value in given.items():
        _check_value(named[name], value, f"{where} ?{name}={value}")
    if json is not None:
        assert "request" in one, f"{where}: a body is not expected"
        _assert_valid(_youtube_schema(one["request"]["$ref"]), json, f"{where} body")


def _check_value(about: Mapping[str, Any], value: str, where: str) -> None:
    for part in value.split(",") if about.get("repeated") else [value]:
        assert part in about.get("enum", [part]), f"{where}: not one of {about.get('enum')}"
        if about["type"] == "integer":
            low, high = int(about.get("minimum", -(2**63))), int(about.get("maximum", 2**63))
            assert re.fullmatch(r"-?\d+", part), where
            assert low <= int(part) <= high, f"{where}: not within {low} and {high}"
        if about["type"] == "boolean":
            assert part in ("true", "false"), where


# Meta


@cache
def _node(name: str) -> Any:
    """A node's fields with their types, and its edges with method, returned node and parameters."""
    spec = _spec(f"meta/{name}.json")
    edges: dict[tuple[str, str], Any] = {
        (one["method"], one.get("endpoint") or one["name"]): one for one in spec["apis"]
    }
    return {"fields": {one["name"]: one["type"] for one in spec["fields"]}, "edges": edges}


def _known_nodes() -> set[str]:
    return {path.stem for path in (SPECS / "meta").glob("*.json")}


def check_meta(node: str, fields: Mapping[str, Any] | Iterable[str]) -> None:
    """A node as answered (or only the names of its fields): nothing that the list of fields and edges does not have."""
    about = _node(node)
    body = fields if isinstance(fields, Mapping) else dict.fromkeys(fields)
    for name, value in body.items():
        if name in about["fields"]:
            _check_meta_value(about["fields"][name], value, f"{node}.{name}")
        elif ("GET", name) in about["edges"]:
            returned = about["edges"]["GET", name]["return"]
            if isinstance(value, Mapping) and returned in _known_nodes():
                check_meta_list(returned, value)
        else:
            raise AssertionError(f"Meta's {node} has no field or edge {name}")


def check_meta_list(node: str, body: Mapping[str, Any]) -> None:
    """A page of nodes: `data`, and where there is any, `paging` with cursors and links."""
    assert set(body) <= {"data", "paging", "summary"}, f"a page of {node} holds {sorted(body)}"
    for one in body["data"]:
        check_meta(node, one)
    paging = body.get("paging", {})
    assert set(paging) <= {"cursors", "next", "previous"}, f"paging of {node} holds {sorted(paging)}"
    assert set(paging.get("cursors", {})) <= {"before", "after"}


def check_meta_error(status: int, body: Mapping[str, Any]) -> None:
    """Meta's error envelope (facts 1.4)."""
    assert status >= 400
    assert set(body) == {"error"}, sorted(body)
    optional = {"error_subcode", "is_transient", "error_user_title", "error_user_msg", "error_data"}
    needed = {"message", "type", "code", "fbtrace_id"}
    assert needed <= set(body["error"]) <= needed | optional, sorted(body["error"])
    assert isinstance(body["error"]["code"], int)


def _check_meta_value(kind: str, value: Any, where: str) -> None:
    kinds: dict[str, Any] = {
        "string": str,
        "bool": bool,
        "int": int,
        "unsigned int": int,
        "datetime": str,
        "list": list,
    }
    if value is None:
        return
    if kind in kinds:
        assert isinstance(value, kinds[kind]), f"{where} is not a {kind}: {value!r}"
    if kind == "datetime":
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000", value), f"{where} is not a time as Meta has it"
    if kind in _known_nodes() and isinstance(value, Mapping):
        check_meta(kind, value)


def check_meta_request(node_or_edge: str, method: str, params: Mapping[str, str] | None = None) -> None:
    """A request to a node ("Comment") or to one of its edges ("PagePost/comments"), its parameters and asked fields."""
    node, _, edge = node_or_edge.partition("/")
    given, about = dict(params or {}), _node(node)
    verb = method.upper()
    own = edge or {"GET": "#get", "POST": "#update", "DELETE": "#delete"}[verb]
    assert (verb, own) in about["edges"], f"Meta has no {verb} {node_or_edge}"
    api = about["edges"][verb, own]
    allowed = (
        {one["name"] for one in api["params"]} | GRAPH_PARAMETERS | (GRAPH_PAGING if edge and verb == "GET" else set())
    )
    assert set(given) <= allowed, f"{verb} {node_or_edge}: unknown parameters {sorted(set(given) - allowed)}"
    if "fields" in given:
        _check_fields(api["return"], parse_fields(given["fields"]))


def _check_fields(node: str, fields: Iterable[Field]) -> None:
    if node not in _known_nodes():
        return
    about = _node(node)
    for one in fields:
        if one.name in about["fields"]:
            _check_fields(about["fields"][one.name], one.inner or ())
            continue
        edge = about["edges"].get(("GET", one.name))
        assert edge, f"Meta's {node} has no field or edge {one.name}"
        allowed = {parameter["name"] for parameter in edge["params"]} | GRAPH_PAGING
        assert set(one.modifiers) <= allowed, f"{node}.{one.name}: unknown modifiers {sorted(one.modifiers)}"
        _check_fields(edge["return"], one.inner or ())
