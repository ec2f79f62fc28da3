"""Fixtures for the duties."""

import time

import pytest

from marketplace.users.services import enrol_second_factor


@pytest.fixture
def admin_code():
    """Sign a member of the staff in with a second factor."""

    def sign_in(client, user):
        client.force_login(user)
        enrol_second_factor(user=user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return sign_in
