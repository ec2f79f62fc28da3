"""Typed readers of environment variables that fail loudly, naming the variable and what it should hold."""

import base64
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
_MISSING = object()


def text(name: str, default=_MISSING) -> str:
    value = os.environ.get(name, "")
    if value.strip():
        return value.strip()
    if default is _MISSING:
        raise ImproperlyConfigured(f"set the environment variable {name}")
    return default


def secret(name: str, *, min_length: int = 32) -> str:
    """A secret that only the environment holds."""
    value = text(name)
    if len(value) < min_length:
        raise ImproperlyConfigured(f"{name} has {len(value)} characters, at least {min_length} are needed")
    return value


def flag(name: str, default: bool) -> bool:
    value = text(name, "").lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}, expected one of {sorted(_TRUE | _FALSE)}")


def whole_number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}, expected a whole number of at least {least}")
    return int(value)


def words(name: str, default=_MISSING) -> list[str]:
    """A comma-separated list without empty items."""
    raw = text(name, "" if default is not _MISSING else _MISSING)
    items = [item.strip() for item in raw.split(",") if item.strip()]
    return items or (list(default) if default is not _MISSING else items)


def address(name: str, default=_MISSING) -> str:
    """An absolute http(s) address without a trailing slash."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(f"{name} is {value!r}, expected an address such as https://example.org")
    return value.rstrip("/")


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).resolve()


def key(name: str, default: bytes | None = None) -> bytes | None:
    """An Ed25519 key of 32 bytes in base64url, as `manage.py make_credential_key` prints it."""
    value = text(name, "")
    return _key_bytes(name, value) if value else default


def keys(name: str) -> list[bytes]:
    """A comma-separated list of such keys."""
    return [_key_bytes(name, value) for value in words(name, [])]


def _key_bytes(name: str, value: str) -> bytes:
    try:
        raw = base64.b64decode(f"{value}=", altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise ImproperlyConfigured(f"{name} must hold 43 characters of base64url: manage.py make_credential_key")
    return raw


def database(name: str, default: str) -> dict:
    """Django's DATABASES entry from an address: postgres://user:password@host:port/name or sqlite:///path."""
    import environ

    value = text(name, default)
    config = environ.Env.db_url_config(value)
    engine = config.get("ENGINE", "")
    if engine == "django.db.backends.sqlite3":
        # Read-then-write transactions deadlock under the default deferred mode.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        return config
    if engine == "django.db.backends.postgresql":
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        return config
    raise ImproperlyConfigured(f"{name} must start with postgres:// or sqlite:///")
