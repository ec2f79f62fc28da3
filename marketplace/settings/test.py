"""Tests: SQLite unless DATABASE_URL says otherwise, warnings are errors, nothing leaves the machine."""

import tempfile
from pathlib import Path

from .dev import *  # noqa: F403
from .dev import DATABASES

_scratch = Path(tempfile.mkdtemp(prefix="la-original-test-"))
DATABASES["default"].setdefault("TEST", {})
MEDIA_ROOT = _scratch / "media"
EVIDENCE_ROOT = _scratch / "evidence"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
ACCOUNT_RATE_LIMITS = {}
