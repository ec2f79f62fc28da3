"""Fixtures for every test."""

import json

import hypothesis
import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.utils import translation

from marketplace.core.append_only import AppendOnlyModel, create_triggers, drop_triggers
from tests.standin.running import SECRET, Running

# A busy machine is no failing test.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def append_only_tables() -> list[str]:
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


@pytest.fixture
def migrated_data(transactional_db, request):
    """What the migrations wrote, for a test on real transactions: an earlier one has emptied every table."""
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    ContentType.objects.clear_cache()
    rows = json.loads(request.config.stash[MIGRATED_DATA])
    # Saving a page asks for its content type, which would be made anew if it were not back yet.
    rows.sort(key=lambda row: row["model"] != "contenttypes.contenttype")
    connection.creation.deserialize_db_from_string(json.dumps(rows))
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(sql)


@pytest.fixture(autouse=True)
def _flushable_append_only_tables(request):
    """Transactional tests flush every table at their end, which append-only triggers refuse on SQLite."""
    marker = request.node.get_closest_marker("django_db")
    transactional = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not transactional and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    from tests.factories.tax import publish_rates

    with connection.schema_editor() as editor:
        for table in append_only_tables():
            drop_triggers(editor, table)
    publish_rates()
    yield


@pytest.fixture(autouse=True)
def _files_of_their_own(tmp_path, settings):
    """Each test writes its uploads to a folder of its own."""
    settings.MEDIA_ROOT, settings.EVIDENCE_ROOT = tmp_path / "media", tmp_path / "evidence"


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
