"""A shopper without a mouse, and one who sees pages at twice their size."""

from decimal import Decimal

import pytest

from catalog.catalogue.models import ProductImage
from catalog.catalogue.pictures import add_picture
from catalog.catalogue.services import Variant
from catalog.search.listing import refresh_listing
from tests import factories

from .test_every_public_page import TOO_WIDE
from .test_hearts import wait_until

FOCUSED = """() => {
  const item = document.activeElement;
  const label = item.type === "radio" ? "" : item.labels?.[0]?.innerText?.trim();
  if (item === document.body) return "the end of the page";
  const picture = item.querySelector?.("img:not(.blur)")?.alt;
  const words = picture || item.getAttribute("aria-label") || label || item.innerText?.trim();
  return words || item.name || item.tagName;
}"""
# What focus can be seen by: an outline, or a ring where the outline belongs to what surrounds it.
SEEN = """() => {
  const shows = (item) => { const style = getComputedStyle(item);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none"; };
  let item = document.activeElement;
  if (item === document.body) return true;
  if (item.matches("input[type=radio]")) item = item.nextElementSibling;
  return shows(item) || shows(item.closest(".card") || item);
}"""


@pytest.fixture
def jacket():
    maker = factories.maker(name="Ana Quiroz", neighborhood="Boyle Heights")
    sizes = [Variant(price=Decimal(90), stock=9, size=size) for size in ("S", "M")]
    piece = factories.certified_product(maker, title="Yard jacket", variants=sizes)
    for words in ("The front", "The back"):
        add_picture(user=factories.owner_of(maker), product=piece, upload=factories.photo(), alt=words)
    refresh_listing(piece.pk)
    assert ProductImage.objects.count() == 2
    return piece


def tab_to(page, wanted: str, most: int = 80) -> None:
    """Press Tab until the focus is on what has these words; the focus is seen at every stop."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        assert page.evaluate(SEEN), passed[-1]
        if wanted.lower() in str(passed[-1]).lower():
            return
    raise AssertionError(f"Tab never reaches {wanted!r}; it passes {passed}")


def test_from_the_first_page_to_the_address_without_a_mouse(someone, jacket):
    with someone() as page:
        page.goto("/")
        tab_to(page, "Skip to content")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"

        page.goto("/shop/")
        tab_to(page, "Search the shop")
        page.keyboard.type("jacket size m")
        page.keyboard.press("Enter")
        page.wait_for_url("**/shop/?*size=M*")
        tab_to(page, "Yard jacket")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{jacket.get_absolute_url()}")

        tab_to(page, "The front")
        page.keyboard.press("Enter")
        view = page.locator("dialog.big-view")
        view.get_by_text("1 / 2").wait_for()
        page.keyboard.press("ArrowRight")
        view.get_by_text("2 / 2 · The back").wait_for()
        page.keyboard.press("+")
        assert view.get_by_role("button", name="Enlarge").get_attribute("aria-pressed") == "true"
        page.keyboard.press("Escape")
        wait_until(page, "document.activeElement.matches('a') && document.activeElement.innerHTML.includes('The back')")

        tab_to(page, "variant")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        assert page.locator("input[name=variant]:checked + .face").inner_text() == "M"
        tab_to(page, "Add to bag")
        page.keyboard.press("Enter")
        drawer = page.get_by_role("dialog", name="Your bag")
        drawer.get_by_text("“Yard jacket” is in your bag.").wait_for()
        assert page.get_by_role("link", name="Bag, 1 piece", include_hidden=True).count() == 1
        page.keyboard.press("Escape")
        drawer.wait_for(state="hidden")
        assert "Add to bag" in page.evaluate(FOCUSED)
        page.keyboard.press("Enter")
        drawer.get_by_text("2 pieces in the bag").wait_for()
        tab_to(page, "Check out")
        page.keyboard.press("Enter")
        page.wait_for_url("**/checkout/")
        tab_to(page, "E-mail")


def test_at_twice_the_size_everything_is_there(live_server, jacket, someone):
    """1280 pixels at 200 % are 640 wide and 400 high: WCAG 1.4.4 and 1.4.10."""
    with someone() as page:
        page.set_viewport_size({"width": 640, "height": 400})
        page.goto("/shop/?q=jacket&size=M")
        assert page.evaluate(TOO_WIDE) == []
        page.get_by_role("link", name="Yard jacket").first.click()
        page.wait_for_url("**/shop/yard-jacket-*/")
        assert page.evaluate(TOO_WIDE) == []
        page.locator(".pick label", has_text="M").click()
        page.get_by_role("button", name="Add to bag").click()
        page.get_by_role("dialog", name="Your bag").get_by_role("link", name="Check out").click()
        page.wait_for_url("**/checkout/")
        assert page.evaluate(TOO_WIDE) == []
        page.get_by_label("E-mail").fill("sam@example.org")
        page.get_by_role("button", name="Go on to delivery").click()
        page.locator("#errors").wait_for()
        assert page.evaluate(TOO_WIDE) == []
        assert page.get_by_label("E-mail").input_value() == "sam@example.org"


def test_motion_rests_where_the_device_asks_for_it(someone, jacket):
    with someone() as page:
        page.emulate_media(reduced_motion="reduce")
        page.goto(jacket.get_absolute_url())
        page.locator(".pick label", has_text="M").click()
        page.get_by_role("button", name="Add to bag").click()
        page.get_by_role("dialog", name="Your bag").wait_for()
        moving = "document.getAnimations().filter((item) => item.effect.getTiming().duration > 1).length"
        assert page.evaluate(moving) == 0


def test_in_forced_colors_a_choice_is_still_seen(someone, jacket):
    with someone() as page:
        page.emulate_media(forced_colors="active")
        page.goto(jacket.get_absolute_url())
        page.locator(".pick label", has_text="M").click()
        chosen = page.locator("input[name=variant]:checked + .face")
        other = page.locator("input[name=variant]:not(:checked) + .face").first
        outline = "item => getComputedStyle(item).outlineStyle"
        assert (chosen.evaluate(outline), other.evaluate(outline)) == ("solid", "none")
