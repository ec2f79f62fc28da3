"""Buyers of a piece whose claim was false: who is told, by whom, and what they get back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from certification.models import Certificate
from marketplace.aftersale import false_claims
from marketplace.aftersale.models import FalseClaim, Return, ToldBuyer
from marketplace.core import clock, outbox
from marketplace.core.clock import at as clock_at
from marketplace.payments.models import Refund
from tests import factories
from tests.fulfilment.test_money_back import adds_up

from .shop import access_of, bookkeeper, owner, paid, ship, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(standin):
    """Two jackets for $48 each, one of them shipped."""
    found = paid(standin, factories.certified_product(title="Indigo jacket", price="48.00"))
    ship(found, 1)
    return found


def certificate_of(part, status="withdrawn") -> Certificate:
    found = Certificate.objects.get(number=part.lines.get().certificate_number)
    if status:
        factories.end_certificates(found.product, status)
        found.refresh_from_db()
    return found


def tell(part, reason="The sewing was done in Vernon."):
    return false_claims.tell_buyers(user=factories.decider(), certificate=certificate_of(part), reason=reason)


def give_back(part, quantity, **more):
    pieces = {part.lines.get().pk: quantity}
    return false_claims.return_free(access=access_of(part), part=part, pieces=pieces, **more)


def test_each_buyer_gets_a_letter_with_the_reason_and_a_link(standin, part):
    reach = false_claims.reach_of(certificate_of(part))
    assert (reach.orders, reach.pieces, reach.cents) == (1, 2, 9600)
    tell(part)
    outbox.deliver()
    (letter,) = [letter for letter in mail.outbox if "origin" in letter.subject]
    assert letter.to == ["sam@example.org"]
    assert "Vernon" in letter.body
    assert access_of(part).url() in letter.body


def test_all_goes_back_with_tax_and_shipping_at_once(standin, part):
    tell(part)
    refund = give_back(part, 2)
    assert (refund.kind, refund.amount_cents) == ("false_claim", part.paid_cents)
    item = Return.objects.get()
    assert (item.status, item.for_false_claim, item.lines.get().quantity) == ("refunded", True, 1)
    outbox.deliver()
    assert adds_up(standin)


def test_one_of_two_goes_back_without_shipping_and_never_a_third(part):
    tell(part)
    assert give_back(part, 1).amount_cents == 4800 + 468
    with pytest.raises(ValidationError):
        give_back(part, 2)
    assert Refund.objects.count() == 1


def test_after_the_normal_deadline_too_but_not_after_sixty_days(part):
    tell(part)
    with clock_at(clock.now() + timedelta(days=61)), pytest.raises(ValidationError):
        give_back(part, 1)
    with clock_at(clock.now() + timedelta(days=59)):
        give_back(part, 1)


def test_without_being_told_nothing_is_free(part):
    certificate_of(part)
    with pytest.raises(ValidationError):
        give_back(part, 1)


@pytest.mark.parametrize("status", ["valid", "expired", "superseded"])
def test_it_never_happens_of_a_certificate_that_merely_ended(part, status):
    certificate = certificate_of(part, status)
    with pytest.raises(ValidationError):
        false_claims.tell_buyers(user=factories.decider(), certificate=certificate, reason="x")
    assert not FalseClaim.objects.exists()


def test_buyers_are_told_once(part):
    tell(part)
    with pytest.raises(ValidationError):
        tell(part)
    assert ToldBuyer.objects.count() == 1


def test_who_gave_all_back_or_bought_long_ago_is_not_told(standin, part):
    certificate = certificate_of(part)
    with clock_at(clock.now() + timedelta(days=731)):
        assert false_claims.reach_of(certificate).orders == 0


def test_only_who_sanctions_tells_and_nobody_with_a_tie(part):
    certificate, decider = certificate_of(part), factories.decider()
    for user in (factories.person(), owner(part), factories.staff(), bookkeeper()):
        with pytest.raises(PermissionDenied):
            false_claims.tell_buyers(user=user, certificate=certificate, reason="x")
    part.maker.memberships.create(user=decider, role="staff")
    with pytest.raises(PermissionDenied):
        false_claims.tell_buyers(user=decider, certificate=certificate, reason="x")


def test_the_desk_shows_the_reach_and_the_shopper_gives_back(client, admin_code, part):
    certificate = certificate_of(part)
    admin_code(client, factories.decider())
    page = reverse("review:tell_buyers", args=[certificate.number])
    assert "$96.00" in text(client.get(page))
    assert "Tell the buyers" in text(client.get(reverse("review:certificate", args=[certificate.number])))
    assert client.post(page, {"reason": ""}).status_code == 422
    client.post(page, {"reason": "Sewn in Vernon."})
    assert client.get(page).status_code == 404
    client.logout()
    access, line = access_of(part), part.lines.get()
    assert "Sewn in Vernon." in text(client.get(access.url()))
    address, fields = access.url("free_return", part=part.pk), {f"line-{line.pk}": "2"}
    seen = text(client.post(address, fields)).split('name="seen" value="')[1].split('"')[0]
    for _ in range(2):
        client.post(address, fields | {"seen": seen})
    assert Refund.objects.get().amount_cents == part.paid_cents
