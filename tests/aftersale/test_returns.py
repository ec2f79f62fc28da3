"""Returns: who may do what when, what goes back, and what nobody else reads."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.order.workflow import WrongMoment
from marketplace import fulfilment
from marketplace.aftersale import returns, workflow
from marketplace.aftersale.models import Return, ReturnPhoto
from marketplace.aftersale.words import Action, ReturnStatus, Side
from marketplace.core import clock, outbox
from marketplace.core.clock import at as clock_at
from marketplace.fulfilment.counting import counts_of
from marketplace.payments.models import Refund
from tests import factories
from tests.fulfilment.shop import stock_of
from tests.fulfilment.test_money_back import adds_up

from .shop import access_of, asked, bookkeeper, owner, paid, ship, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(standin):
    """Two jackets for $48 each, shipped."""
    found = paid(standin, factories.certified_product(title="Indigo jacket", price="48.00"))
    ship(found)
    return found


def later(days):
    return clock_at(clock.now() + timedelta(days=days))


def test_accepted_received_refunded_with_its_tax_and_put_back_on_sale(standin, part):
    item = asked(part)
    stock = stock_of(part.lines.get().product.parent).num_in_stock
    returns.accept(user=owner(part), item=item, answer="Send it to 110 E 9th St.")
    returns.receive(user=owner(part), item=item, put_back=True)
    item.refresh_from_db()
    assert (item.status, item.refund.kind, item.refund.amount_cents) == ("refunded", "return", 4800 + 468)
    assert item.refund.shipping_cents == 0
    assert stock_of(part.lines.get().product.parent).num_in_stock == stock + 1
    (count,) = counts_of(part)
    assert (count.returned, count.with_shopper) == (1, 1)
    outbox.deliver()
    assert adds_up(standin)


def test_pieces_that_wait_for_their_parcel_are_not_what_came_back(standin):
    part = paid(standin, factories.certified_product(price="48.00"))
    ship(part, 1)
    item = asked(part)
    returns.accept(user=owner(part), item=item, answer="Send it here.")
    returns.receive(user=owner(part), item=item, put_back=False)
    (count,) = counts_of(part)
    assert (count.canceled, count.returned, count.to_ship) == (0, 1, 1)


@pytest.mark.parametrize(("reason", "shipping"), [("faulty", True), ("changed_mind", False)])
def test_shipping_goes_back_where_all_comes_back_by_the_makers_fault(part, reason, shipping):
    item = asked(part, 2, reason)
    returns.accept(user=owner(part), item=item, answer="Send it here.")
    returns.receive(user=owner(part), item=item, put_back=False)
    assert bool(item.refund.shipping_cents) is shipping


@pytest.mark.parametrize("quantity", [0, -1, 3])
def test_never_more_than_was_shipped(part, quantity):
    with pytest.raises(ValidationError):
        asked(part, quantity)
    assert not Return.objects.exists()


def test_pieces_of_an_open_return_are_not_asked_twice(part):
    asked(part, 2)
    with pytest.raises(ValidationError):
        asked(part, 1)


def test_a_withdrawn_return_can_be_asked_anew(part):
    returns.drop(access=access_of(part), item=asked(part, 2))
    assert asked(part, 2).status == "asked"


@pytest.mark.parametrize(("days", "in_time"), [(30, True), (31, False)])
def test_the_last_day_counts_from_the_parcel(part, days, in_time):
    with later(days):
        assert bool(returns.returnable_of(part, counts_of(part))) is in_time


def test_the_promise_at_the_sale_holds_when_the_maker_lowers_it_later(part):
    part.maker.return_days = 14
    part.maker.save(update_fields=["return_days"])
    with later(20):
        assert returns.returnable_of(part, counts_of(part))


def test_a_false_claim_is_not_a_shoppers_reason(part):
    with pytest.raises(ValidationError):
        asked(part, 1, "false_claim")


def test_declined_then_staff_order_the_refund_against_the_maker(standin, part):
    item = asked(part)
    returns.decline(user=owner(part), item=item, answer="Worn already.")
    returns.escalate(access=access_of(part), item=item, objection="It was not.")
    returns.decide(user=bookkeeper(), item=item, refund=True, words="The photo shows an open seam.")
    item.refresh_from_db()
    assert (item.status, item.refund.amount_cents) == ("refunded", 5268)
    outbox.deliver()
    assert adds_up(standin)
    told = [letter.to[0] for letter in mail.outbox if "The photo shows an open seam." in letter.body]
    assert {"sam@example.org", part.maker.email} <= set(told)


def test_staff_may_say_no(part):
    item = asked(part)
    returns.decline(user=owner(part), item=item, answer="Worn already.")
    returns.escalate(access=access_of(part), item=item, objection="It was not.")
    returns.decide(user=bookkeeper(), item=item, refund=False, words="It was worn.")
    assert (item.status, Refund.objects.count()) == ("rejected", 0)


def test_silence_lets_the_shopper_ask_the_staff_and_an_answer_in_time_does_not(part):
    item = asked(part)
    with pytest.raises(WrongMoment):
        returns.escalate(access=access_of(part), item=item, objection="No answer.")
    with clock_at(clock.now() + timedelta(days=9)):
        returns.escalate(access=access_of(part), item=item, objection="No answer.")
    assert item.status == "escalated"


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 9)),  # Monday to Monday
        (date(2026, 11, 6), date(2026, 11, 13)),  # Friday
        (date(2026, 11, 7), date(2026, 11, 13)),  # Saturday
    ],
)
def test_five_business_days(day, last):
    assert workflow.business_days_after(day, 5) == last


@pytest.mark.parametrize("status", ReturnStatus.values)
@pytest.mark.parametrize("side", Side.values)
@pytest.mark.parametrize("action", list(Action))
def test_the_table_alone_moves_a_return(part, status, side, action):
    item = asked(part)
    Return.objects.filter(pk=item.pk).update(status=status)
    item.refresh_from_db()
    if action in workflow.possible(item, side):
        assert workflow.perform(item=item, action=action, side=side, actor=None).from_status == status
        return
    with pytest.raises(WrongMoment):
        workflow.perform(item=item, action=action, side=side, actor=None)
    assert not item.changes.exclude(from_status="").exists()


def test_strangers_other_makers_and_plain_staff_do_nothing(standin, part):
    item, other = asked(part), paid(standin, factories.certified_product())
    for user in (factories.person(), owner(other), factories.staff()):
        for act in (returns.accept, returns.decline):
            with pytest.raises(PermissionDenied):
                act(user=user, item=item, answer="x")
        with pytest.raises(PermissionDenied):
            returns.receive(user=user, item=item, put_back=True)
        with pytest.raises(PermissionDenied):
            returns.decide(user=user, item=item, refund=True, words="x")
    for act in (returns.drop, lambda **who: returns.escalate(objection="x", **who)):
        with pytest.raises(PermissionDenied):
            act(access=access_of(other), item=item)


def test_a_bookkeeper_does_not_decide_on_the_own_maker(part):
    item = asked(part)
    returns.decline(user=owner(part), item=item, answer="No.")
    returns.escalate(access=access_of(part), item=item, objection="Why?")
    both = bookkeeper()
    part.maker.memberships.create(user=both, role="staff")
    with pytest.raises(PermissionDenied):
        returns.decide(user=both, item=item, refund=False, words="x")


def test_attack_16_what_arrived_waits_while_the_bank_looks_into_it(standin, part):
    item = asked(part)
    returns.accept(user=owner(part), item=item, answer="Send it here.")
    dispute = standin.hook("dispute", charge=standin.client.v1.charges.list().data[0].id)
    fulfilment.look_at_dispute({"dispute": dispute["id"]})
    returns.receive(user=owner(part), item=item, put_back=False)
    item.refresh_from_db()
    assert (item.status, Refund.objects.count()) == ("received", 0)


def test_a_second_click_on_arrived_refunds_once(part):
    item = asked(part)
    returns.accept(user=owner(part), item=item, answer="Send it here.")
    returns.receive(user=owner(part), item=item, put_back=True)
    with pytest.raises(WrongMoment):
        returns.receive(user=owner(part), item=item, put_back=True)
    assert Refund.objects.count() == 1


def hostile():
    return {
        "page": SimpleUploadedFile("x.jpg", b"<html><script>alert(1)</script></html>", content_type="image/jpeg"),
        "svg": SimpleUploadedFile("x.svg", b"<svg onload='alert(1)'/>", content_type="image/svg+xml"),
        "empty": SimpleUploadedFile("x.jpg", b"", content_type="image/jpeg"),
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_hostile_pictures_are_refused_and_nothing_is_kept(part, name):
    with pytest.raises(ValidationError):
        asked(part, photos=[hostile()[name]])
    assert not Return.objects.exists()


def test_at_most_four_pictures(part):
    with pytest.raises(ValidationError):
        asked(part, photos=[factories.photo() for _ in range(5)])


def test_pictures_are_read_by_both_sides_and_the_desk_and_nobody_else(client, standin, part):
    item = asked(part, photos=[factories.photo()])
    key = ReturnPhoto.objects.get().key
    other = paid(standin, factories.certified_product())
    mine = access_of(part).url("return_photo", item=item.pk, photo=key)
    served = client.get(mine)
    assert (served.status_code, served["X-Content-Type-Options"]) == (200, "nosniff")
    assert "no-store" in served["Cache-Control"]
    assert client.get(access_of(other).url("return_photo", item=item.pk, photo=key)).status_code == 404
    client.force_login(owner(part))
    assert client.get(reverse("studio:return_photo", args=[item.pk, key])).status_code == 200
    client.force_login(owner(other))
    assert client.get(reverse("studio:return_photo", args=[item.pk, key])).status_code == 404
    client.force_login(factories.person())
    assert client.get(reverse("returns:photo", args=[item.pk, key])).status_code == 404


def test_the_whole_way_in_the_screens(client, part):
    access, line = access_of(part), part.lines.get()
    address = access.url("return_ask", part=part.pk)
    wrong = client.post(address, {f"line-{line.pk}": "1", f"reason-{line.pk}": "", "text": "Kept words"})
    assert wrong.status_code == 422
    assert "Kept words" in text(wrong)
    fields = {f"line-{line.pk}": "1", f"reason-{line.pk}": "damaged", "text": "Torn", "photos": [factories.photo()]}
    assert client.post(address, fields).status_code == 302
    item = Return.objects.get()
    assert item.photos.count() == 1
    assert "Return of" in text(client.get(access.url()))
    client.force_login(owner(part))
    page = reverse("studio:return", args=[item.pk])
    assert "Torn" in text(client.get(page))
    assert client.post(page, {"action": "decline", "answer": ""}).status_code == 422
    client.post(page, {"action": "decline", "answer": "It was whole."})
    client.logout()
    mine = access.url("order_return", item=item.pk)
    assert "It was whole." in text(client.get(mine))
    client.post(mine, {"action": "escalate", "objection": "See the photo."})
    item.refresh_from_db()
    assert item.status == "escalated"


def test_the_desk_shows_both_sides(admin_code, client, part):
    item = asked(part)
    returns.decline(user=owner(part), item=item, answer="It was whole.")
    returns.escalate(access=access_of(part), item=item, objection="See the photo.")
    admin_code(client, bookkeeper())
    page = reverse("returns:item", args=[item.pk])
    shown = text(client.get(page))
    for words in ("The seam is open.", "It was whole.", "See the photo."):
        assert words in shown
    assert client.post(page, {"action": "refund", "words": ""}).status_code == 422
    for _ in range(2):
        client.post(page, {"action": "refund", "words": "The seam is open."})
    assert Refund.objects.count() == 1
