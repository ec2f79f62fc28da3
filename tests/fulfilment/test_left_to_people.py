"""Payments left to people: asked again they are paid or ended, or the money goes back; each once, by a bookkeeper."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.order.workflow import WrongMoment
from marketplace import fulfilment
from marketplace.core import outbox
from marketplace.payments import gateway, ledger
from marketplace.payments.models import Attempt
from tests import factories
from tests.factories import books

from .shop import stock_of
from .test_money_back import adds_up

pytestmark = pytest.mark.django_db
BOTH = [fulfilment.look_again, fulfilment.return_payment]


@pytest.fixture
def keeper():
    return books.bookkeeper()


@pytest.fixture
def piece():
    return factories.certified_product(stock=1)


def states(attempt) -> tuple[str, str, str]:
    attempt.refresh_from_db()
    order = type(attempt.order).objects.get(pk=attempt.order_id)
    return attempt.status, order.status, order.maker_orders.get().status


def stock(piece) -> tuple[int, int]:
    record = stock_of(piece)
    return record.num_in_stock, record.num_allocated


def test_why_it_was_left_is_kept(standin, piece):
    attempt = books.left_to_people(standin, piece)
    assert attempt.status == "for_people"
    assert fulfilment.why_left([attempt]) == {str(attempt.pk): f"received: {attempt.amount_cents} / 1"}


def test_what_fits_now_is_paid(standin, keeper, piece):
    attempt = books.left_to_people(standin, piece)
    fulfilment.look_again(user=keeper, attempt=attempt)
    assert states(attempt) == ("paid", "paid", "to_ship")
    assert stock(piece) == (0, 0)
    assert adds_up(standin)


def test_what_still_does_not_fit_stays(standin, keeper, piece):
    attempt = books.left_to_people(standin, piece)
    Attempt.objects.filter(pk=attempt.pk).update(amount_cents=attempt.amount_cents + 1)
    with pytest.raises(ValidationError, match="still does not match: amount"):
        fulfilment.look_again(user=keeper, attempt=attempt)
    assert states(attempt) == ("for_people", "pending", "pending")
    assert stock(piece) == (1, 1)


def test_the_money_that_was_paid_goes_back_once_whatever_was_agreed(standin, keeper, piece):
    attempt = books.left_to_people(standin, piece)
    paid = attempt.amount_cents
    Attempt.objects.filter(pk=attempt.pk).update(amount_cents=paid + 500)
    fulfilment.return_payment(user=keeper, attempt=attempt)
    assert states(attempt) == ("refunded", "refunded", "refunded")
    outbox.deliver()
    fulfilment.refund_attempt({"attempt": str(attempt.pk)})
    assert [made.amount for made in standin.client.v1.refunds.list().data] == [paid]
    assert ledger.balance_of(ledger.REFUNDS_DUE) == 0
    assert stock(piece) == (1, 0)
    assert attempt.order.maker_orders.get().changes.get().actor == keeper
    assert adds_up(standin)


@pytest.mark.parametrize("act", BOTH)
@pytest.mark.parametrize("intent_id", ["", "pi_unknown"])
def test_what_was_never_announced_or_is_unknown_at_stripe_ends(standin, keeper, piece, act, intent_id):
    attempt = books.left_to_people(standin, piece, is_paid=False)
    Attempt.objects.filter(pk=attempt.pk).update(intent_id=intent_id)
    attempt.refresh_from_db()
    act(user=keeper, attempt=attempt)
    assert states(attempt) == ("expired", "expired", "expired")
    assert stock(piece) == (1, 0)


def test_an_unpaid_one_is_canceled_at_stripe_and_asking_alone_says_so(standin, keeper, piece):
    attempt = books.left_to_people(standin, piece, is_paid=False)
    with pytest.raises(ValidationError, match="nothing was paid"):
        fulfilment.look_again(user=keeper, attempt=attempt)
    fulfilment.return_payment(user=keeper, attempt=attempt)
    assert gateway.retrieve_intent(attempt.intent_id).status == "canceled"
    assert states(attempt) == ("expired", "expired", "expired")
    assert stock(piece) == (1, 0)


@pytest.mark.parametrize("change", [{"currency": "mxn"}, {"intent_id": "other"}])
def test_other_money_is_returned_by_hand(standin, keeper, piece, change):
    attempt = books.left_to_people(standin, piece)
    if "intent_id" in change:  # another order's payment
        other = books.left_to_people(standin, factories.certified_product())
        change = {"intent_id": other.intent_id}
    Attempt.objects.filter(pk=attempt.pk).update(**change)
    attempt.refresh_from_db()
    with pytest.raises(ValidationError, match="another currency or mode"):
        fulfilment.return_payment(user=keeper, attempt=attempt)
    assert states(attempt)[0] == "for_people"


@pytest.mark.parametrize("act", BOTH)
def test_only_bookkeepers_and_only_what_is_for_people(standin, keeper, piece, act):
    attempt = books.left_to_people(standin, piece)
    for stranger in (factories.person("a@example.org"), factories.owner_of(piece.maker), factories.staff()):
        with pytest.raises(PermissionDenied):
            act(user=stranger, attempt=attempt)
    act(user=keeper, attempt=attempt)
    before = states(attempt)
    with pytest.raises(WrongMoment):
        act(user=keeper, attempt=attempt)
    assert states(attempt) == before


def test_while_stripe_can_not_be_asked_nothing_changes(standin, keeper, piece, monkeypatch):
    attempt = books.left_to_people(standin, piece)
    monkeypatch.setattr(gateway.connection, "NETWORK_RETRIES", 0)
    standin.hook("fault", kind="error", times=20)
    for act in BOTH:
        with pytest.raises(gateway.GatewayError):
            act(user=keeper, attempt=attempt)
    assert states(attempt)[0] == "for_people"


def test_while_the_bank_looks_into_it_it_waits_and_a_lost_dispute_is_its_refund(standin, keeper, piece):
    attempt = books.left_to_people(standin, piece)
    dispute = books.disputed(standin, attempt)
    for act in BOTH:
        with pytest.raises(ValidationError, match="bank"):
            act(user=keeper, attempt=attempt)
    books.decided(standin, dispute, "lost")
    with pytest.raises(ValidationError, match="bank"):
        fulfilment.look_again(user=keeper, attempt=attempt)
    fulfilment.return_payment(user=keeper, attempt=attempt)
    outbox.deliver()
    assert states(attempt) == ("refunded", "refunded", "refunded")
    assert standin.client.v1.refunds.list().data == [], "the bank returned it"
    assert ledger.balance_of(ledger.REFUNDS_DUE) == 0
    assert adds_up(standin)
