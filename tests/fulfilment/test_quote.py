"""What a basket costs now, and what stands in its way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from marketplace.fulfilment import Problem, quote_of
from tests import factories

from .shop import SHOPPER, basket_with, stock_of

pytestmark = pytest.mark.django_db


def test_two_makers_are_two_parts_with_shipping_and_tax_of_their_own():
    first = factories.maker()
    second = factories.maker(profile={"cents": 500, "free_above_cents": 10_000})
    basket = basket_with(
        factories.certified_product(first, price="48.00"), factories.certified_product(second, price="120.00")
    )
    quote = quote_of(basket, destination=SHOPPER.destination)
    assert [(part.goods_cents, part.shipping_cents, part.tax_cents) for part in quote.parts] == [
        (4800, 750, 468), (12_000, 0, 1170),
    ]  # fmt: skip
    assert quote.total_cents == 4800 + 750 + 468 + 12_000 + 1170
    assert [part.fee_cents for part in quote.parts] == [480, 1200]


def test_tax_is_unknown_without_an_address_and_follows_it():
    basket = basket_with(factories.certified_product(price="100.00"))
    assert not quote_of(basket).tax_known
    for state, zip_code, tax in (("CA", "90012", 975), ("CA", "94110", 725), ("NY", "10001", 0)):
        shopper = replace(SHOPPER, state=state, zip_code=zip_code)
        assert quote_of(basket, destination=shopper.destination).tax_cents == tax


def test_pickup_is_taxed_in_los_angeles():
    maker = factories.maker(offers_pickup=True)
    basket = basket_with(factories.certified_product(maker, price="100.00"))
    shopper = replace(SHOPPER, state="NY", zip_code="10001")
    quote = quote_of(basket, destination=shopper.destination, choices={maker.pk: "pickup"})
    assert (quote.shipping_cents, quote.tax_cents) == (0, 975)


def close_maker(product):
    product.maker.is_open = False
    product.maker.save(update_fields=["is_open"])


def end_certificate(product):
    factories.end_certificates(product, "suspended")


def sell_out(product):
    record = stock_of(product)
    record.num_in_stock = 0
    record.save(update_fields=["num_in_stock"])


def change_the_facts(product):
    product.production_steps.filter(kind="sewing").update(cost_share=1)


def retire(product):
    product.children.update(is_public=False)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (close_maker, Problem.MAKER_CLOSED), (end_certificate, Problem.NOT_CERTIFIED), (sell_out, Problem.SOLD_OUT),
        (change_the_facts, Problem.NOT_CERTIFIED), (retire, Problem.NOT_FOR_SALE),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_named_and_the_rest_goes_on(change, problem):
    bad, good = factories.certified_product(), factories.certified_product(price="20.00")
    basket = basket_with(bad, good)
    change(bad)
    quote = quote_of(basket)
    assert [line.problem for line in quote.blocked] == [problem]
    assert quote.goods_cents == 2000


def test_more_than_there_is_can_not_be_paid():
    piece = factories.certified_product(stock=2)
    assert quote_of(basket_with(piece, quantity=3)).blocked[0].problem == Problem.FEWER_LEFT
    assert not quote_of(basket_with(piece, quantity=2)).blocked


def test_a_piece_without_certificate_is_not_for_sale():
    assert quote_of(basket_with(factories.product())).blocked[0].problem == Problem.NOT_CERTIFIED


def test_a_new_price_counts_and_the_old_one_is_remembered():
    piece = factories.certified_product(price="48.00")
    basket = basket_with(piece)
    before = quote_of(basket)
    record = stock_of(piece)
    record.price = Decimal("52.00")
    record.save(update_fields=["price"])
    after = quote_of(basket)
    assert (after.goods_cents, after.lines[0].was_cents) == (5200, 4800)
    assert before.seen != after.seen
