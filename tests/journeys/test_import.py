"""Bringing a catalog by phone: the file, what it would do, the drafts, the shop; and on a desk in Spanish."""

import pytest

from catalog.catalogue.models import Product
from marketplace.core import fetch
from tests import factories
from tests.imports.files import SAMPLE, piece, sheet

from .test_mark_outside import sign_in
from .test_training import looks_right


@pytest.fixture
def maker(monkeypatch):
    def answer(address):
        if address.endswith("hat.jpg"):
            raise fetch.FetchRefused("unreachable")
        return factories.photo().read()

    monkeypatch.setattr(fetch, "get", answer)
    factories.category("Jackets")
    return factories.maker(name="Taller Ocho")


def test_a_shopify_catalog_by_phone(someone, deliver, maker):
    with someone(phone=True) as page:
        sign_in(page, factories.owner_of(maker))
        page.goto("/studio/products/")
        page.get_by_role("link", name="Bring your catalog from there.").click()
        page.wait_for_url("**/studio/import/")
        looks_right(page, 390)
        page.locator("main form button").click()
        page.locator("#errors").wait_for()
        looks_right(page, 390)
        page.set_input_files("[name=file]", SAMPLE)
        page.get_by_role("button", name="See what it would do").click()
        page.get_by_role("heading", name="What the file would do").wait_for()
        assert page.get_by_text("Made in USA").count() == 1
        looks_right(page, 390)
        page.get_by_role("button", name="Apply to 3 pieces").click()
        page.get_by_role("heading", name="The import is running").wait_for()
        looks_right(page, 390)
        deliver()
        page.get_by_role("heading", name="The import is done").wait_for()
        assert page.get_by_text("The server did not answer.").count() == 1
        looks_right(page, 390)
        page.get_by_role("link", name="Fill in what is missing").click()
        page.wait_for_url("**/drafts/")
        looks_right(page, 390)
        jacket = Product.objects.get(maker=maker, title="Chore jacket")
        page.check(f"[name=piece-{jacket.pk}-publish]")
        page.locator(".save-bar button").click()
        page.locator("#errors").wait_for()
        looks_right(page, 390)
        page.fill("[name=all-fibre_content]", "100% cotton")
        page.select_option("[name=all-origin_statement]", "both")
        page.select_option("[name=all-category]", label="Jackets")
        page.locator(".save-bar button").click()
        page.get_by_role("heading", name="1 piece is published").wait_for()
        looks_right(page, 390)
        assert page.get_by_text("a piece goes on sale once it is certified").count() == 1
        page.get_by_role("link", name="Describe the steps of Chore jacket").click()
        page.wait_for_url(f"**/products/{jacket.pk}/steps/")
        page.goto("/studio/products/")
        looks_right(page, 390)
        assert page.get_by_text("Not certified, not for sale").count() == 1
        assert page.get_by_text("Draft, not published").count() == 2
    jacket.refresh_from_db()
    assert (jacket.is_public, jacket.fibre_content) == (True, "100% cotton")


def test_a_file_with_faults_in_spanish_on_a_narrow_screen_and_a_desk(someone, maker):
    rows = [
        piece("a", "Chamarra de mezclilla", "48,00", **{"Option1 Name": "Talla", "Option1 Value": "M"}),
        piece("b", "Bolsa " + "larguísima" * 12, "38.00", "-2"), piece("c", "Hecha en Estados Unidos"),
    ]  # fmt: skip
    content = sheet(*rows, columns=tuple(rows[0]))
    with someone() as page:
        sign_in(page, factories.owner_of(maker))
        page.goto("/es/studio/import/")
        looks_right(page, 1440)
        page.set_input_files("[name=file]", {"name": "piezas.csv", "mimeType": "text/csv", "buffer": content})
        page.locator("main form button").click()
        page.wait_for_url("**/es/studio/import/*/")
        looks_right(page, 1440)
        page.set_viewport_size({"width": 320, "height": 700})
        looks_right(page, 320)
