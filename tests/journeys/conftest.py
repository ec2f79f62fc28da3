"""A real browser against the running site, with Stripe's stand-in beside it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection

from marketplace.core import outbox
from tests.conftest import MIGRATED_DATA

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items):
    here = [item for item in items if "tests/journeys/" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.journey)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(autouse=True)
def _migrated_data(transactional_db, request):
    """Page tree, categories and criteria as the migrations left them: an earlier test has emptied every table."""
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    ContentType.objects.clear_cache()
    rows = json.loads(request.config.stash[MIGRATED_DATA])
    # Saving a page asks for its content type, which would be made anew if it were not back yet.
    rows.sort(key=lambda row: row["model"] != "contenttypes.contenttype")
    connection.creation.deserialize_db_from_string(json.dumps(rows))
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(sql)


@pytest.fixture
def someone(live_server, monkeypatch, tmp_path_factory):
    """Opens tabs of separate people; fails the test on any script error or policy violation."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop makes Django believe that the test runs in an async context.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    complaints: list[str] = []
    folder = tmp_path_factory.mktemp("failed")  # what the person saw last, where a journey fails
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        @contextmanager
        def tab(*, phone: bool = False) -> Iterator:
            size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
            context = chromium.new_context(base_url=live_server.url, viewport=size)
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            try:
                yield page
            except Exception:
                page.screenshot(path=folder / "last.png", full_page=True)
                raise
            finally:
                context.close()

        yield tab
        chromium.close()
    assert [text for text in complaints if "402" not in text and "422" not in text] == []


@pytest.fixture
def deliver():
    """What the worker does: letters and everything else that waits."""

    def run() -> None:
        while outbox.deliver():
            pass

    return run
