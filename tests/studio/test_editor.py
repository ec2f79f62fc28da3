"""The editor of a piece: its sections, and the way to each."""

import re

import pytest

from makers.studio.forms import ProductForm
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_field_stands_in_one_section():
    shown = [field.name for _id, _heading, fields in ProductForm().sections() for field in fields]
    assert sorted(shown) == sorted(ProductForm().fields)


@pytest.mark.parametrize("is_new", [True, False])
def test_every_way_on_the_page_leads_somewhere(client, is_new):
    piece = factories.certified_product()
    client.force_login(factories.owner_of(piece.maker))
    page = client.get("/studio/products/new/" if is_new else f"/studio/products/{piece.pk}/").text
    ways = re.findall(r'href="#([\w-]+)"', page.split('class="jump"')[1].split("</nav>")[0])
    assert len(ways) == (6 if is_new else 7)
    assert all(page.count(f'id="{way}"') == 1 for way in ways)
