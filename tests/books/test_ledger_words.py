"""The books desk reads each entry in its own language; the ledger keeps its English words."""

import pytest
from django.utils import translation

from marketplace.books.ledger_words import in_words
from marketplace.payments import ledger
from marketplace.payments.ledger import Posting
from tests import access
from tests.factories import books


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Order LA-1 paid", "Pedido LA-1 pagado"),
        ("Order LA-1 paid out", "Pedido LA-1, pagado al taller"),
        ("Order LA-1: Part of the price", "Pedido LA-1: Parte del precio"),
        ("Order LA-1: a refund came back", "Pedido LA-1: un reembolso regresó"),
        ("Owed for order LA-1, kept from order LA-2", "Debido por el pedido LA-1, descontado del pedido LA-2"),
        ("Dispute of order LA-1: Never left.\nAsked.", "Disputa del pedido LA-1: Never left.\nAsked."),
        ("Stripe's fee", "Comisión de Stripe"),
        ("Stripe: elsewhere po_1", "Stripe: elsewhere po_1"),
    ],
)
def test_a_description_is_read_in_both_languages(english, spanish):
    assert in_words(english) == english
    with translation.override("es"):
        assert in_words(english) == spanish


def test_what_stripe_did_alone_is_a_sentence_in_both_languages():
    assert in_words("Stripe: payout po_1") == "Stripe paid out to our bank: po_1"
    with translation.override("es"):
        assert in_words("Stripe: dispute_reversal du_1") == "Stripe devolvió el importe de una disputa: du_1"


@pytest.mark.django_db
def test_the_desk_shows_them():
    entry = ledger.post(
        source="charge:pi_1", reference="pi_1", description="Order LA-1 paid",
        postings=[Posting(ledger.STRIPE, 500), Posting(ledger.TAX, -500)],
    )  # fmt: skip
    desk = access.signed_in(books.bookkeeper(), second_factor=True)
    for path in ("/es/staff/books/entries/", f"/es/staff/books/entries/{entry.pk}/"):
        assert "Pedido LA-1 pagado" in desk.get(path).content.decode()
