"""A real browser against the running site, with Stripe's stand-in beside it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache

from marketplace.core import outbox

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items):
    here = [item for item in items if "tests/journeys/" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.journey)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(autouse=True)
def _migrated_data(migrated_data):
    """Page tree, categories and criteria as the migrations left them."""


@pytest.fixture(autouse=True)
def _empty_cache():
    """What another journey counted, limited or put off is not this one's."""
    cache.clear()


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
        def tab(*, phone: bool = False, script: bool = True) -> Iterator:
            size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
            context = chromium.new_context(base_url=live_server.url, viewport=size, java_script_enabled=script)
            page = context.new_page()
            page.set_default_timeout(15_000)

            def complain(text: str) -> None:
                complaints.append(f"{page.url}: {text}")

            page.on("pageerror", lambda error: complain(str(error)))
            page.on("console", lambda message: complain(message.text) if message.type == "error" else None)
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
