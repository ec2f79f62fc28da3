"""Fixtures for what happens after the sale."""

import pytest

from tests import factories


@pytest.fixture
def admin_code():
    """Sign a member of the staff in with a second factor."""

    def sign_in(client, user):
        factories.show_second_factor(client, user)
        return client

    return sign_in
