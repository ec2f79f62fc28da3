"""Tests: SQLite unless DATABASE_URL says otherwise, warnings are errors, nothing leaves the machine."""

import tempfile
from pathlib import Path

from .dev import *
from .dev import DATABASES, env

_scratch = Path(tempfile.mkdtemp(prefix="la-original-test-"))
# A file here, with pytest's --reuse-db, spares the migrations (40 s) while working on one part.
DATABASES["default"].setdefault("TEST", {})["NAME"] = env.text("TEST_DATABASE", "") or None
MEDIA_ROOT = _scratch / "media"
EVIDENCE_ROOT = _scratch / "evidence"
CREDENTIAL_KEY_FILE = _scratch / "credential.key"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
ACCOUNT_RATE_LIMITS = {}

# Tests that need Stripe start a stand-in of their own; nothing listens here.
STRIPE_API_ADDRESS = "http://127.0.0.1:9"
