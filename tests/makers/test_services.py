"""Who may write about a maker."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from makers import services
from makers.models import Role, Workplace
from makers.permissions import role_of
from marketplace.users.services import create_user
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return create_user(email="ana@example.org", password="a long password 1")


@pytest.fixture
def maker(owner):
    return services.sign_up_maker(
        user=owner, name="Ana Quiroz", legal_name="Ana Quiroz LLC", neighborhood="Downtown", email="ana@example.org",
        **factories.accepted(),
    )  # fmt: skip


def workplace(maker, **changes):
    details = {"name": "Studio", "line1": "110 E 9th St", "city": "Los Angeles", "zip_code": "90079"} | changes
    return Workplace(maker=maker, **details)


def test_who_signs_up_is_the_owner(owner, maker):
    assert role_of(owner, maker) == Role.OWNER


def test_two_makers_of_one_name_have_two_addresses(owner, maker):
    twin = services.sign_up_maker(
        user=owner, name="Ana Quiroz", legal_name="Other", neighborhood="Venice", email="o@example.org",
        **factories.accepted(),
    )  # fmt: skip
    assert {maker.slug, twin.slug} == {"ana-quiroz", "ana-quiroz-2"}


def test_a_stranger_changes_nothing(maker):
    stranger = create_user(email="eve@example.org", password="a long password 1")
    with pytest.raises(PermissionDenied):
        services.save_workplace(user=stranger, workplace=workplace(maker))
    with pytest.raises(PermissionDenied):
        services.edit_maker(user=stranger, maker=maker, name="Mine")
    with pytest.raises(PermissionDenied):
        services.add_member(user=stranger, maker=maker, member=stranger)
    assert not Workplace.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"zip_code": "9007"}, {"line1": ""}, {"register_account": "12"}, {"latitude": "91", "longitude": "0"}]
)
def test_a_bad_address_is_refused(owner, maker, changes):
    with pytest.raises(ValidationError):
        services.save_workplace(user=owner, workplace=workplace(maker, **changes))
    assert not Workplace.objects.exists()
