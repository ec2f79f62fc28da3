"""Money from the card to the statement in a browser: two parcels, a return, a part of a price, a dispute that is lost.

What each side reads is compared with the ledger to the cent.
"""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from catalog.order.models import MakerOrder
from catalog.search.listing import refresh_listing
from marketplace import fulfilment
from marketplace.core import clock
from marketplace.core.templatetags.money import cents
from marketplace.fulfilment.statements import statement_of
from marketplace.payments import ledger, onboarding
from marketplace.payments.models import Dispute, PostingKind, Refund, Transfer
from marketplace.payments.permissions import BOOKKEEPERS
from marketplace.users.services import enrol_second_factor
from tests import factories
from tests.standin.running import http

from .test_after_the_sale import look
from .test_the_whole_path import buy, sign_in, sign_in_staff

BELT, COAT, SHIRT = "Rope belt", "Sailor coat", "Linen shirt"


@pytest.fixture
def maker(standin, settings, live_server):
    settings.PAYOUT_DELAY_DAYS, settings.SITE_ADDRESS = 0, live_server.url
    made = factories.maker()
    for title, price, of in ((COAT, "120.00", made), (BELT, "35.00", made), (SHIRT, "60.00", factories.maker())):
        refresh_listing(factories.certified_product(of, title=title, price=price, stock=5).pk)
    address = onboarding.start_onboarding(
        user=factories.owner_of(made), maker=made, return_url="http://shop.example/", refresh_url="http://shop.example/"
    )  # fmt: skip
    http("GET", address)
    http("POST", address, {"outcome": "complete"})
    return made


def test_from_the_card_to_the_statement(someone, standin, deliver, maker):
    keeper = factories.staff(BOOKKEEPERS)
    secret = enrol_second_factor(user=keeper)
    owner = factories.owner_of(maker)
    with someone() as guest:
        order = buy(guest, COAT, BELT, SHIRT)
    deliver()
    part = order.maker_orders.get(maker=maker)
    with someone(phone=True) as studio:
        sign_in(studio, owner.email, factories.PASSWORD)
        ship_parcel(studio, part, BELT)
        assert MakerOrder.objects.get(pk=part.pk).status == "part_shipped"
        ship_parcel(studio, part, COAT)
    assert [row.contents.get().line.title for row in part.parcels.order_by("pk")] == [BELT, COAT]
    deliver()
    assert fulfilment.release() == 1

    with someone(phone=True) as guest:
        ask_for_a_return(guest, part)
    with someone() as studio:
        sign_in(studio, owner.email, factories.PASSWORD)
        take_the_return(studio, part)
        give_some_of_the_price_back(studio, part)
    deliver()
    returned, price = Refund.objects.order_by("pk")
    assert (returned.kind, returned.status, returned.goods_cents) == ("return", "done", 3500)
    assert (price.kind, price.status, price.goods_cents) == ("price", "done", 500)

    standin.hook("dispute", charge=standin.client.v1.charges.list().data[0].id)
    tell(standin)
    deliver()
    dispute = Dispute.objects.get()
    with someone() as desk:
        sign_in_staff(desk, keeper, secret, leads_to="**/staff/**")
        answer_the_bank(desk, dispute)
        standin.hook("dispute/decide", dispute=dispute.dispute_id, verdict="lost")
        tell(standin)
        charge_the_maker(desk, dispute, part)
        deliver()
        fulfilment.reconcile()
        assert fulfilment.reconcile().agrees
        desk.goto(reverse("books:index"))
        look(desk, "balance")

    with someone(phone=True) as studio:
        sign_in(studio, owner.email, factories.PASSWORD)
        read_the_statement(studio, maker)


def ship_parcel(page, part, title):
    """One piece of the order alone, with its own tracking number."""
    page.goto(reverse("studio:order", args=[part.pk]))
    for line in part.lines.all():
        box = page.locator(f"#id_pieces-{line.pk}")
        if box.count():
            box.fill("1" if line.title == title else "0")
    page.locator("#id_carrier").select_option("USPS")
    page.locator("#id_tracking_number").fill("9400100000000000000012")
    page.get_by_role("button", name="Mark as shipped").click()
    page.get_by_role("heading", name="On its way").wait_for()


def ask_for_a_return(page, part):
    """From the link in the letter, as a guest."""
    letter = next(letter for letter in mail.outbox if letter.to == ["gia@example.org"])
    page.goto("/" + re.search(r"http\S+/orders/\S+", letter.body)[0].split("/", 3)[3])
    look(page, "order-two-parcels")
    page.get_by_role("link", name="Return pieces").first.click()
    line = part.lines.get(title=BELT)
    page.locator(f"#id_line-{line.pk}").fill("1")
    page.locator(f"#id_reason-{line.pk}").select_option("faulty")
    page.get_by_label("What is wrong").fill("The buckle broke.")
    page.get_by_role("button", name="Ask for the return").click()
    page.get_by_role("heading", name="Your return to").wait_for()


def take_the_return(page, part):
    page.goto(reverse("studio:return", args=[part.returns.get().pk]))
    page.get_by_label("Your answer").fill("Send it to 110 E 9th St.")
    page.get_by_role("button", name="Accept the return").click()
    page.get_by_role("button", name="They arrived: refund").click()
    page.get_by_text("The shopper gets the money back.").wait_for()


def give_some_of_the_price_back(page, part):
    page.goto(reverse("studio:order_refund", args=[part.pk]))
    page.locator("[name=what][value=price]").check()
    page.locator("#id_priced").select_option(label=COAT)
    page.locator("#id_amount").fill("5.00")
    page.locator("#id_reason").fill("A loose thread.")
    page.get_by_role("button", name="Show the sum").click()
    look(page, "refund-sum")
    page.get_by_role("button", name=re.compile(r"Refund \$5")).click()
    page.get_by_role("heading", name="Order").wait_for()


def tell(standin):
    """Stripe's hints reach the shop."""
    for event in standin.client.v1.events.list({"limit": 100}).data:
        if event.type.startswith("charge.dispute"):
            fulfilment.look_at_dispute({"dispute": event.data.object.id})


def answer_the_bank(page, dispute):
    page.goto(reverse("books:disputes"))
    look(page, "disputes")
    page.goto(reverse("books:dispute", args=[dispute.pk]))
    assert "9400100000000000000012" in page.locator("[name=shipping_tracking_number]").input_value()
    look(page, "dispute")
    page.locator("[name=sure]").check()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("heading", name="What the bank was told").wait_for()


def charge_the_maker(page, dispute, part):
    page.goto(reverse("books:dispute", args=[dispute.pk]))
    panel = page.locator(f"form[action='{reverse('books:charge', args=[dispute.pk, part.pk])}']")
    panel.locator("[name=cents]").fill("10.00")
    panel.locator("[name=why]").fill("The parcel never arrived.")
    look(page, "dispute-lost")
    panel.get_by_role("button").click()
    page.get_by_text("The parcel never arrived.").first.wait_for()


def read_the_statement(page, maker):
    """Every kind of line is there; what the page closes with is what the ledger says."""
    page.goto(reverse("studio:statement_now"))
    today: date = clock.today()
    found = statement_of(maker, today.year, today.month)
    kinds = {line.kind for line in found.lines}
    assert kinds >= {
        PostingKind.SALE, PostingKind.SHIPPING, PostingKind.FEE, PostingKind.REFUND, PostingKind.FEE_REFUND,
        PostingKind.TRANSFER, PostingKind.REVERSAL, PostingKind.DISPUTE,
    }  # fmt: skip
    assert found.opening + sum(line.cents for line in found.lines) == found.closing
    assert found.closing == -ledger.balance_of(ledger.MAKERS, maker)
    text = page.locator("main").inner_text()
    for line in found.lines:
        assert cents(line.cents).lstrip("-") in text
        assert str(line.kind.label) in text
    look(page, "statement")
    page.goto(reverse("studio:payout", args=[Transfer.objects.get(maker_order__maker=maker).pk]))
    look(page, "payout")
