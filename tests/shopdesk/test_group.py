"""The group of the shop's desk is there after a migration, without anybody making it."""

import pytest
from django.contrib.auth.models import Group
from django.core.management.sql import emit_post_migrate_signal

from marketplace.shopdesk.permissions import CATEGORIES, ORDERS, SHOP_STAFF
from marketplace.users.services import create_staff
from tests import access, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def migrated():
    Group.objects.filter(name=SHOP_STAFF).delete()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def test_whoever_is_put_into_the_group_lands_at_the_desk(migrated):
    user = create_staff(email="sofia@example.org", password=factories.PASSWORD, name="Sofia", groups=[SHOP_STAFF])
    assert user.has_perms([ORDERS, CATEGORIES])
    assert access.signed_in(user, second_factor=True).get("/account/login/").url == "/dashboard/"


def test_a_group_that_nobody_made_is_refused_and_no_account_is_left():
    with pytest.raises(Group.DoesNotExist):
        create_staff(email="sofia@example.org", password=factories.PASSWORD, name="Sofia", groups=["Shop stuff"])
    assert not type(factories.person()).objects.filter(email="sofia@example.org").exists()
