"""Staff of the shop's desk in tests."""

from marketplace.shopdesk.permissions import SHOP_STAFF, ensure_groups
from tests import factories


def shop_staff():
    ensure_groups()
    return factories.staff(SHOP_STAFF)
