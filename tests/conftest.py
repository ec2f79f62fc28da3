"""Fixtures for every test."""

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from marketplace.core.append_only import AppendOnlyModel, create_triggers, drop_triggers
from tests.standin.running import SECRET, Running

# A busy machine is no failing test.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def append_only_tables() -> list[str]:
    from django.apps import apps

    return [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


@pytest.fixture
def standin(tmp_path, settings):
    """Stripe's stand-in, for the gateway and for a browser's card form."""
    with Running(tmp_path / "stripe.sqlite3") as running:
        settings.STRIPE_API_ADDRESS = running.url
        settings.STRIPE_JS_ADDRESS = f"{running.url}/stripe.js"
        settings.STRIPE_SECRET_KEY = "sk_test_standin"
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        yield running


MIGRATED_DATA = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, request):
    """Keep what the migrations wrote, for tests that follow one which emptied every table.

    A kept test database may also lack the triggers that a transactional test took off.
    """
    with django_db_blocker.unblock():
        request.config.stash[MIGRATED_DATA] = connection.creation.serialize_db_to_string()
        with connection.schema_editor() as editor:
            for table in append_only_tables():
                drop_triggers(editor, table)
                create_triggers(editor, table)


@pytest.fixture(autouse=True)
def _flushable_append_only_tables(request):
    """Transactional tests flush every table at their end, which append-only triggers refuse on SQLite."""
    marker = request.node.get_closest_marker("django_db")
    transactional = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not transactional and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    with connection.schema_editor() as editor:
        for table in append_only_tables():
            drop_triggers(editor, table)
    yield


@pytest.fixture(autouse=True)
def _files_of_their_own(tmp_path):
    """Each test writes its uploads to a folder of its own."""
    before = settings.MEDIA_ROOT, settings.EVIDENCE_ROOT
    settings.MEDIA_ROOT, settings.EVIDENCE_ROOT = tmp_path / "media", tmp_path / "evidence"
    yield
    settings.MEDIA_ROOT, settings.EVIDENCE_ROOT = before


@pytest.fixture(autouse=True)
def _badges_anew():
    """Numbers come again in every test; what the badge remembers of the last one is forgotten."""
    from certification.mark import standing

    standing.forget()


@pytest.fixture(autouse=True)
def _english_again():
    """A request to a Spanish page leaves its language active in this thread."""
    translation.deactivate()
    yield
    translation.deactivate()


def pytest_addoption(parser):
    parser.addoption("--write-access", action="store_true", help="write tests/access.csv anew")
