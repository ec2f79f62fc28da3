"""Reads form-encoded nested parameters as Stripe does and checks them against a table of fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from .errors import bad_param, missing_param

Check = Callable[[str, Any], Any]
KEY_PARTS = re.compile(r"\[([^\[\]]*)\]")
KEY_SHAPE = re.compile(r"[^\[\]]+(\[[^\[\]]*\])*\Z")
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500


def parse_form(text: str) -> dict[str, Any]:
    """Turn `a[b][c]=1&d[0]=2&e[]=3` into nested dicts and lists; all leaves are strings.

    Raises ApiError (400) for keys that are no such path or that contradict each other.
    """
    tree: dict[str, Any] = {}
    for key, value in parse_qsl(text, keep_blank_values=True, strict_parsing=False):
        if not KEY_SHAPE.match(key):
            raise bad_param(f"Invalid request: unparsable parameter name: {key}", key)
        _place(tree, [key.split("[", 1)[0], *KEY_PARTS.findall(key)], value, key)
    return _lists(tree)


def _place(tree: dict[str, Any], path: list[str], value: str, key: str) -> None:
    node = tree
    for part in path[:-1]:
        name = part or str(len(node))
        node = node.setdefault(name, {})
        if not isinstance(node, dict):
            raise bad_param(f"Invalid request: {key} is both a value and a hash", key)
    name = path[-1] or str(len(node))
    if isinstance(node.get(name), dict):
        raise bad_param(f"Invalid request: {key} is both a value and a hash", key)
    node[name] = value


def _lists(node: Any) -> Any:
    """Dicts whose keys are exactly 0…n-1 become lists, at every depth."""
    if not isinstance(node, dict):
        return node
    done = {name: _lists(value) for name, value in node.items()}
    if not done or not all(name.isascii() and name.isdigit() for name in done):
        return done
    numbers = sorted(int(name) for name in done)
    if numbers != list(range(len(numbers))):
        return done
    return [done[str(number)] for number in numbers]


def integer(name: str, value: Any) -> int:
    """A whole number (cents, counts, UTC seconds); `10.00` and `1e3` are refused."""
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise bad_param(f"Invalid integer: {value}", name, "parameter_invalid_integer")
    return int(value)


def text(name: str, value: Any) -> str | None:
    """A string; the empty string unsets and becomes None."""
    if not isinstance(value, str):
        raise bad_param(f"Invalid string: {value}", name)
    return value or None


def flag(name: str, value: Any) -> bool:
    """`true` or `false`."""
    if value not in ("true", "false"):
        raise bad_param(f"Invalid boolean: {value}", name)
    return bool(value == "true")


def mapping(name: str, value: Any) -> dict[str, Any]:
    """A hash of anything; the empty string is an empty hash."""
    if value == "":
        return {}
    if not isinstance(value, dict):
        raise bad_param("Invalid object", name)
    return value


def texts(name: str, value: Any) -> list[str]:
    """A list of strings."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise bad_param("Invalid array", name)
    return value


def choice(*allowed: str) -> Check:
    """One of a few words."""

    def check(name: str, value: Any) -> str:
        if value not in allowed:
            raise bad_param(f"Invalid {name}: must be one of {', '.join(allowed)}", name)
        return str(value)

    return check


def metadata(name: str, value: Any) -> dict[str, str] | None:
    """Up to 50 keys of 40 characters with values of 500; None clears all (Stripe's limits)."""
    if value == "":
        return None
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise bad_param("Metadata values must be strings.", name)
    if len(value) > METADATA_KEYS:
        raise bad_param(f"Metadata can have at most {METADATA_KEYS} keys.", name)
    for key, item in value.items():
        if len(key) > METADATA_KEY_LENGTH or len(item) > METADATA_VALUE_LENGTH:
            raise bad_param(f"Metadata entry is too long: {key}", f"{name}[{key}]")
    return value


def span(name: str, value: Any) -> dict[str, int]:
    """A time filter: seconds, or gt/gte/lt/lte of seconds."""
    if isinstance(value, str):
        second = integer(name, value)
        return {"gte": second, "lte": second}
    if not isinstance(value, dict) or not value or set(value) - {"gt", "gte", "lt", "lte"}:
        raise bad_param("Invalid time range", name)
    return {word: integer(f"{name}[{word}]", second) for word, second in value.items()}


def read(sent: Mapping[str, Any], fields: Mapping[str, Check], *, required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The parameters that were sent, checked by the table.

    Raises ApiError (400) for unknown, missing or malformed ones.
    """
    for name in required:
        if sent.get(name) in (None, ""):
            raise missing_param(name)
    for name in sent:
        if name not in fields and name != "expand":
            raise bad_param(f"Received unknown parameter: {name}", name, "parameter_unknown")
    return {name: fields[name](name, value) for name, value in sent.items() if name != "expand"}


def merged_metadata(old: dict[str, str], new: dict[str, str] | None) -> dict[str, str]:
    """Metadata after an update: None clears, an empty value removes its key."""
    if new is None:
        return {}
    return {key: value for key, value in {**old, **new}.items() if value != ""}
