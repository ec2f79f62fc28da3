"""After the sale in a real browser: a guest's order, canceling, a return, a review; axe finds no fault."""

import os
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from marketplace.aftersale.models import Return
from marketplace.core import clock
from marketplace.payments.models import Refund
from tests import factories
from tests.aftersale.shop import access_of, owner, paid, ship


def faults(page) -> list[str]:
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]


def look(page, name: str) -> None:
    """No fault for axe, nothing wider than the screen; a picture where PICTURES names a folder."""
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize("phone", [True, False])
def test_a_guest_cancels_one_returns_one_and_reviews(someone, standin, settings, live_server, phone):
    settings.SITE_ADDRESS = live_server.url
    part = paid(standin, factories.certified_product(title="Sailor coat", price="48.00"), quantity=3)
    ship(part, 2)
    access, line = access_of(part), part.lines.get()
    with someone(phone=phone) as page:
        page.goto(access.url())
        look(page, "order")
        page.get_by_role("link", name="Cancel pieces").click()
        look(page, "cancel")
        page.get_by_role("button", name="Show the sum").click()
        look(page, "cancel-sum")
        page.get_by_role("button", name="Cancel these pieces").click()
        page.get_by_text("1 canceled").wait_for()
        page.get_by_role("link", name="Return pieces").click()
        page.locator(f"#id_line-{line.pk}").fill("1")
        page.locator(f"#id_reason-{line.pk}").select_option("faulty")
        page.get_by_label("What is wrong").fill("The seam is open.")
        look(page, "return-ask")
        page.get_by_role("button", name="Ask for the return").click()
        page.get_by_role("heading", name="Your return to").wait_for()
        look(page, "return")
        page.goto(access.url("order_messages", part=part.pk))
        page.get_by_label("Your message").fill("Is it lined?")
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Is it lined?").wait_for()
        look(page, "messages")
    assert Refund.objects.get().kind == "cancellation"
    item = Return.objects.get()
    with someone(phone=phone) as page:
        page.goto("/account/login/")
        page.fill("[name=login]", owner(part).email)
        page.fill("[name=password]", factories.PASSWORD)
        page.click("main form:has([name=password]) button[type=submit]")
        page.wait_for_url("**/studio/**")
        page.goto(reverse("studio:order_refund", args=[part.pk]))
        look(page, "maker-refund")
        page.goto(reverse("studio:return", args=[item.pk]))
        look(page, "maker-return")
        page.get_by_label("Your answer").fill("Send it to 110 E 9th St.")
        page.get_by_role("button", name="Accept the return").click()
        page.get_by_role("button", name="They arrived: refund").click()
        page.get_by_text("The shopper gets the money back.").wait_for()
        look(page, "maker-returned")
    part.parcels.update(shipped_at=clock.now() - timedelta(days=2))
    with someone(phone=phone) as page:
        page.goto(access.url("review", line=line.pk))
        page.get_by_label("4 stars: good").check()
        page.get_by_label("In your words").fill("Sits well.")
        look(page, "review")
        page.get_by_role("button", name="Publish").click()
        page.goto(line.product.parent.get_absolute_url())
        page.get_by_text("4.0 of 5 stars, from 1 buyer").wait_for()
        look(page, "product")
