"""A maker with somebody at work in its studio."""

import pytest

from tests import factories


@pytest.fixture
def maker():
    return factories.maker(name="Ana Quiroz")


@pytest.fixture
def studio(client, maker):
    client.force_login(factories.owner_of(maker))
    return client
