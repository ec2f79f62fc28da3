import pytest
from django.utils import translation

from tests.standin.running import SECRET, Running


@pytest.fixture(autouse=True)
def _english():
    """A request under /es/ leaves its language to the thread, so each test starts anew."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def standin(tmp_path, settings):
    """A stand-in that the gateway talks to."""
    with Running(tmp_path / "stripe.sqlite3") as running:
        settings.STRIPE_API_ADDRESS = running.url
        settings.STRIPE_SECRET_KEY = "sk_test_standin"
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        yield running
