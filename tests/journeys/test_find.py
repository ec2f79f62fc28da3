"""A person who never saw the shop finds a certified jacket of size M below $150 from Boyle Heights."""

from decimal import Decimal

import pytest
from django.db import transaction

from catalog.catalogue.models import Category
from catalog.catalogue.services import Variant
from catalog.search.listing import refresh_listing, refresh_listings
from tests import factories

WANTED = "Chore jacket"


def women(slug):
    return Category.objects.get(depth=2, slug=slug, path__startswith=Category.objects.get(slug="women").path)


def piece(title, maker, category, size, price):
    variants = [Variant(price=Decimal(price), stock=3, size=size, color="Navy", color_hex="#2b2f63")]
    made = factories.certified_product(
        maker, title=title, category=women(category), variants=variants, description="Well made."
    )
    refresh_listing(made.pk)


@pytest.fixture
def shop():
    boyle = factories.maker(name="Ana Quiroz", neighborhood="Boyle Heights")
    venice = factories.maker(name="Sea Coats", neighborhood="Venice")
    piece(WANTED, boyle, "jackets", "M", "140.00")
    piece("Long jacket", boyle, "jackets", "L", "140.00")
    piece("Fine jacket", boyle, "jackets", "M", "220.00")
    piece("Beach jacket", venice, "jackets", "M", "140.00")
    piece("Linen dress", boyle, "dresses", "M", "140.00")


def titles(page):
    return page.locator("#goods h3").all_inner_texts()


def test_by_words_and_two_filters(someone, shop):
    with someone() as shopper:
        shopper.goto("/")
        shopper.get_by_role("searchbox").first.fill("jacket boyle heights")
        shopper.keyboard.press("Enter")  # first
        shopper.get_by_role("link", name="M 2 pieces", exact=True).click()  # second
        shopper.wait_for_url("**size=M**")
        shopper.get_by_role("link", name="Up to $150 1 piece").click()  # third
        shopper.wait_for_url("**price_max=150**")
        assert titles(shopper) == [WANTED]
        switch = shopper.locator("#languages a").get_attribute("href")
        assert "size=M" in switch, "the other language shows the same list"
        assert "1 piece" in shopper.locator(".headline [role=status]").inner_text()
        assert shopper.locator("#goods .seam").count() == 1


def test_in_one_sentence_on_a_phone(someone, shop):
    with someone(phone=True) as shopper:
        shopper.goto("/es/")
        shopper.get_by_label("Menú").first.click()
        shopper.locator("#q-menu").fill("chamarra talla M menos de 150 boyle heights")
        shopper.keyboard.press("Enter")
        shopper.wait_for_url("**size=M**")
        assert titles(shopper) == [WANTED]
        assert shopper.locator(".applied .chip").count() == 4


def test_the_filter_sheet_of_a_phone(someone, shop):
    with someone(phone=True) as shopper:
        shopper.goto("/shop/?category=women/jackets")
        shopper.locator("#filters > summary").click()
        shopper.get_by_role("link", name="M 3 pieces", exact=True).click()
        shopper.wait_for_url("**size=M**")
        shopper.get_by_role("link", name="Boyle Heights 2 pieces").click()
        shopper.wait_for_url("**neighborhood=boyle-heights**")
        assert shopper.locator("#filters").evaluate("sheet => sheet.open"), "it stays open while filters are chosen"
        shopper.get_by_role("button", name="Show 2 pieces").click()
        assert set(titles(shopper)) == {WANTED, "Fine jacket"}
        assert not shopper.locator("#filters").evaluate("sheet => sheet.open")


def test_without_javascript(someone, shop):
    with someone(script=False) as shopper:
        shopper.goto("/shop/?category=women/jackets")
        shopper.get_by_role("link", name="M 3 pieces", exact=True).click()
        shopper.locator("#sort").select_option("price")
        shopper.get_by_role("button", name="Apply").click()
        assert titles(shopper)[-1] == "Fine jacket"


def test_suggestions_by_keyboard(someone, shop):
    with someone() as shopper:
        shopper.goto("/")
        shopper.get_by_role("searchbox").first.press_sequentially("chor", delay=20)
        shopper.locator("#q-found a").first.wait_for()
        shopper.keyboard.press("ArrowDown")
        shopper.keyboard.press("Enter")
        shopper.wait_for_url("**/shop/chore-jacket-*/")
        assert shopper.get_by_role("heading", level=1).inner_text() == WANTED


def test_more_pieces_are_added_below(someone, shop):
    maker = factories.maker(name="Many")
    pieces = [factories.product(maker, title=f"Piece {number:02d}") for number in range(30)]
    with transaction.atomic():
        factories.certify_in_bulk(pieces)
    refresh_listings(made.pk for made in pieces)
    with someone() as shopper:
        shopper.goto("/shop/")
        shopper.get_by_role("link", name="Show more").click()
        shopper.locator("#goods > li").nth(34).wait_for()
        assert len(set(titles(shopper))) == 35
        assert shopper.get_by_role("link", name="Show more").count() == 0
