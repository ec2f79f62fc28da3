"""Checks an answer against the published OpenAPI schema: the part of JSON Schema that it uses, and nothing extra."""

from datetime import date, datetime

TYPES = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}


def faults(value, schema: dict, document: dict, at: str = "answer") -> list[str]:
    """What does not fit; a property that the schema does not name is a fault too."""
    if "$ref" in schema:
        return faults(value, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], document, at)
    if "anyOf" in schema:
        tried = [faults(value, option, document, at) for option in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{at}: {value!r}"]
    kind = schema["type"]
    if kind in ("integer", "number"):
        whole = isinstance(value, int) and not isinstance(value, bool)
        return [] if whole or (kind == "number" and isinstance(value, float)) else [f"{at}: {value!r} is no {kind}"]
    if not isinstance(value, TYPES[kind]):
        return [f"{at}: {value!r} is no {kind}"]
    if kind == "object":
        return _object(value, schema, document, at)
    if kind == "array":
        return [fault for n, item in enumerate(value) for fault in faults(item, schema["items"], document, f"{at}.{n}")]
    if form := FORMATS.get(schema.get("format", "")):
        form(value)
    return []


def _object(value: dict, schema: dict, document: dict, at: str) -> list[str]:
    properties = schema["properties"]
    found = [f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    for name, item in value.items():
        if name not in properties:
            found.append(f"{at}: {name} is not in the schema")
        else:
            found += faults(item, properties[name], document, f"{at}.{name}")
    return found
