import pytest

from .running import Running, receiving


@pytest.fixture
def standin(tmp_path):
    with Running(tmp_path / "stripe.sqlite3") as running:
        yield running


@pytest.fixture
def receiver():
    with receiving() as running:
        yield running
