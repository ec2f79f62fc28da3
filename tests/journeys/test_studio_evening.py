"""Half an hour in the evening, by phone: pictures, sizes by colors, stock, a preview, numbers; and without scripts."""

import pytest

from catalog.catalogue.models import Product
from catalog.catalogue.pictures import pictures_of
from catalog.partner.models import StockChange, StockRecord
from marketplace.insights.models import ViewCount
from tests import factories

from .test_mark_outside import sign_in
from .test_training import looks_right


@pytest.fixture
def piece(maker):
    return factories.certified_product(maker, title="Chore jacket", price="148.00", stock=4)


@pytest.fixture
def maker():
    factories.category("Jackets")
    return factories.maker(name="Taller Ocho")


def files(folder, *names):
    """Pictures, and one file that is none."""
    paths = []
    for name in names:
        path = folder / name
        path.write_bytes(b"<html>" if name.startswith("no") else factories.photo().read())
        paths.append(path)
    return paths


def order_of(page) -> list[str]:
    return page.locator("[data-picture]").evaluate_all("rows => rows.map((row) => row.dataset.picture)")


def drag_last_before_second(page):
    """Take the third picture by its handle to the second place, looking where that is, as a person does: pictures that
    arrive meanwhile move the rows."""
    first, second, third = order_of(page)
    page.set_viewport_size({"width": 390, "height": 1800})
    page.locator(f"[data-picture='{second}']").evaluate("row => row.scrollIntoView({ block: 'center' })")
    page.wait_for_function("[...document.querySelectorAll('[data-picture] img')].every((image) => image.complete)")
    page.locator(f"[data-picture='{third}'] .drag").hover()
    page.mouse.down()
    for _ in range(20):
        if order_of(page) == [first, third, second]:
            break
        there = page.locator(f"[data-picture='{second}']").bounding_box()
        page.mouse.move(there["x"] + 40, there["y"] + there["height"] / 2, steps=3)
    with page.expect_response("**/pictures/order/"):
        page.mouse.up()
    assert order_of(page) == [first, third, second]
    page.set_viewport_size({"width": 390, "height": 844})


def test_an_evening_by_phone(someone, maker, piece, tmp_path):
    with someone(phone=True) as page:
        page.goto(piece.get_absolute_url())  # a visitor looks at it
        page.wait_for_load_state("networkidle")
        sign_in(page, factories.owner_of(maker))
        looks_right(page, 390)

        page.goto(f"/studio/products/{piece.pk}/")
        chosen = files(tmp_path, "front.jpg", "no.jpg", "back.jpg", "hem.jpg")
        page.set_input_files("[data-pictures-add] [type=file]", chosen)
        page.locator("[data-picture]").nth(2).wait_for()
        page.locator(".uploads .wrong").wait_for()
        assert page.get_by_text("Choose a JPEG, PNG or WebP picture.").count() == 1
        page.locator("[data-picture] [name=alt]").nth(2).fill("The hem")
        with page.expect_response("**/pictures/order/"):
            page.locator("[data-picture]").nth(2).get_by_role("button", name="Make it the cover").click()
        assert page.locator("[data-picture] [name=alt]").first.input_value() == "The hem"
        looks_right(page, 390)
        drag_last_before_second(page)

        page.get_by_role("button", name="S", exact=True).click()
        page.get_by_role("button", name="L", exact=True).click()
        page.fill("[data-new=color]", "Rust")
        page.locator("[data-add=color]").click()
        page.fill("[data-all=price]", "150")
        page.fill("[data-all=stock]", "6")
        page.locator("[data-fill]").click()
        assert page.locator(".matrix-group [data-number]").all_inner_texts() == ["3 of 3 on sale", "3 of 3 on sale"]
        looks_right(page, 390)
        page.locator(".save-bar button").first.click()
        page.get_by_text("Saved.", exact=True).wait_for()

        page.goto("/studio/products/")
        page.get_by_role("link", name="Prices and stock").click()
        page.get_by_role("heading", name="All variants").wait_for()
        looks_right(page, 390)
        page.get_by_label("In stock: Chore jacket Rust · L").fill("11")
        page.get_by_text("1 change is not saved").wait_for()
        page.get_by_role("button", name="Save all").click()
        page.get_by_text("1 variant is changed.").wait_for()

        page.goto("/studio/stock/")
        page.fill("[name=code]", StockRecord.objects.get(product__color="Rust", product__size="L").partner_sku)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="One more").click()
        page.get_by_text("from 11 to 12").wait_for()
        looks_right(page, 390)

        page.goto(f"/studio/products/{piece.pk}/")
        page.get_by_role("link", name="See it as a shopper").click()
        page.get_by_text("Only you and your people see this page.").wait_for()
        looks_right(page, 390)
        assert page.get_by_role("button", name="Add to bag").is_disabled()

        page.goto("/studio/insights/")
        looks_right(page, 390)
        assert page.get_by_role("img", name="Views by day").count() == 1
    rows = Product.objects.filter(parent=piece, is_public=True).values_list("color", "size")
    assert sorted(rows) == [(color, size) for color in ("Navy", "Rust") for size in "LMS"]
    assert [picture.caption for picture in pictures_of(piece)] == ["The hem", "", ""]
    assert StockChange.objects.values_list("why", "after").first() == ("scan", 12)
    assert ViewCount.objects.get().count == 1, "the visitor's look, and none of the maker's own"


def test_the_same_without_scripts(someone, maker, piece, tmp_path):
    with someone(phone=True, script=False) as page:
        sign_in(page, factories.owner_of(maker))
        page.goto(f"/studio/products/{piece.pk}/")
        page.set_input_files("[data-pictures-add] [type=file]", files(tmp_path, "front.jpg", "no.jpg", "back.jpg"))
        page.get_by_role("button", name="Add the pictures").click()
        page.get_by_text("Not every file could be taken").wait_for()
        page.locator("[data-picture]").nth(1).get_by_role("button", name="Earlier").click()
        page.fill("[name=variant-1-size]", "L")
        page.fill("[name=variant-1-price]", "150")
        page.fill("[name=variant-1-stock]", "2")
        page.locator(".save-bar button").click()
        page.get_by_text("Saved.", exact=True).wait_for()
    assert pictures_of(piece).count() == 2
    assert sorted(piece.children.values_list("size", flat=True)) == ["L", "M"]
