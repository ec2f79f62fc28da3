"""A maker's shipping profiles, pickup, and what orders freeze of them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.order.models import Line, MakerOrder
from makers.models import ShippingKind, ShippingProfile
from makers.shipping import make_default, retire_profile, save_profile, set_pickup
from marketplace.fulfilment import quote_of
from tests import factories
from tests.fulfilment.shop import SHOPPER, basket_with, place, seen

pytestmark = pytest.mark.django_db
BY_WEIGHT = {"name": "Coats", "kind": ShippingKind.WEIGHT, "cents": 0, "dispatch_days": 5}


def test_a_new_maker_ships_at_once():
    profile = factories.maker().shipping_profiles.get()
    assert (profile.cents, profile.dispatch_days, profile.is_default) == (750, 3, True)


def test_a_profile_by_weight_prices_the_parcel():
    maker = factories.maker()
    profile = save_profile(
        user=factories.owner_of(maker), maker=maker, steps={48: 900, 16: 500}, handling_cents=150, **BY_WEIGHT
    )
    piece = factories.certified_product(maker, weight_oz=12, shipping_profile=profile)
    quote = quote_of(basket_with(piece, quantity=2), destination=SHOPPER.destination)
    assert quote.shipping_cents == 1050
    handling = next(row for row in quote.parts[0].shipping_taxed if row.reference.startswith("handling"))
    assert (handling.taxable, handling.tax) == (150, 15)


@pytest.mark.parametrize(
    ("steps", "words"),
    [({}, "at least one weight"), ({16: 900, 48: 500}, "heavier parcel"), ({0: 100}, "above zero")],
)
def test_weights_that_make_no_sense_are_refused(steps, words):
    maker = factories.maker()
    with pytest.raises(ValidationError, match=words):
        save_profile(user=factories.owner_of(maker), maker=maker, steps=steps, **BY_WEIGHT)


def test_a_default_by_weight_needs_all_weights_first():
    maker = factories.maker()
    owner = factories.owner_of(maker)
    piece = factories.product(maker, title="Heavy coat")
    profile = save_profile(user=owner, maker=maker, steps={48: 900}, **BY_WEIGHT)
    with pytest.raises(ValidationError, match="Heavy coat"):
        make_default(user=owner, profile=profile)
    type(piece).objects.filter(pk=piece.pk).update(weight_oz=30)
    make_default(user=owner, profile=profile)
    assert maker.shipping_profiles.get(is_default=True) == profile
    with pytest.raises(ValidationError, match="weighs"):
        factories.product(maker)


def test_a_retired_profile_gives_its_pieces_to_the_default():
    maker = factories.maker()
    owner = factories.owner_of(maker)
    profile = save_profile(user=owner, maker=maker, name="Small", cents=300)
    piece = factories.product(maker, shipping_profile=profile)
    retire_profile(user=owner, profile=profile)
    piece.refresh_from_db()
    assert piece.shipping_profile is None
    with pytest.raises(ValidationError):
        retire_profile(user=owner, profile=maker.shipping_profiles.get(is_default=True))


def test_nobody_touches_a_strangers_shipping():
    maker, stranger = factories.maker(), factories.person()
    profile = maker.shipping_profiles.get()
    for write in (
        lambda: save_profile(user=stranger, maker=maker, name="Mine"),
        lambda: save_profile(user=factories.owner_of(factories.maker()), maker=maker, profile=profile, cents=0),
        lambda: make_default(user=stranger, profile=profile),
        lambda: retire_profile(user=stranger, profile=profile),
        lambda: set_pickup(user=stranger, maker=maker, workplace=None),
    ):
        with pytest.raises(PermissionDenied):
            write()
    with pytest.raises(ValidationError, match="your shipping profiles"):
        factories.product(shipping_profile=profile)


def test_pickup_is_in_los_angeles():
    maker = factories.maker()
    away = factories.workplace(maker, city="Oakland", zip_code="94607")
    with pytest.raises(ValidationError, match="Los Angeles"):
        set_pickup(user=factories.owner_of(maker), maker=maker, workplace=away)
    maker.refresh_from_db()
    assert maker.pickup_place is None


def test_pickup_is_taxed_where_the_pieces_are_handed_over():
    maker = factories.maker()
    place_ = factories.workplace(maker, city="Santa Monica", zip_code="90401", line1="1685 Main St")
    set_pickup(user=factories.owner_of(maker), maker=maker, workplace=place_)
    piece = factories.certified_product(maker, price="100.00")
    attempt = place(basket_with(piece), choices={maker.pk: "pickup"})
    part = MakerOrder.objects.get(order=attempt.order)
    assert part.lines.get().taxed["place"] != ""
    assert "Santa Monica" in part.lines.get().taxed["place"].title()
    assert part.pickup_at == "1685 Main St, Santa Monica, CA 90401"


def test_parcels_are_frozen_with_the_order_and_agreed_to():
    maker = factories.maker()
    ready = factories.certified_product(maker, title="Ready")
    made = factories.certified_product(maker, title="Made", made_to_order_days=10)
    basket = basket_with(ready, made)
    quote = quote_of(basket, destination=SHOPPER.destination)
    assert [parcel.cents for parcel in quote.parts[0].parcels] == [750, 750]
    before = quote.seen
    type(made).objects.filter(pk=made.pk).update(made_to_order_days=20)
    assert seen(basket) != before
    attempt = place(basket)
    part = MakerOrder.objects.get(order=attempt.order)
    lines = {line.title: line for line in Line.objects.filter(maker_order=part)}
    assert (lines["Ready"].parcel_number, lines["Made"].parcel_number) == (1, 2)
    assert part.promised_on == lines["Ready"].promised_on < lines["Made"].promised_on
    frozen = attempt.snapshot["parts"][0]
    assert part.shipping_cents == 1500 == sum(parcel["shipping"] for parcel in frozen["parcels"])
    assert [parcel["promised_on"] for parcel in frozen["parcels"]] == [
        lines["Ready"].promised_on.isoformat(), lines["Made"].promised_on.isoformat(),
    ]  # fmt: skip


def test_a_quote_asks_no_more_for_more_lines():
    maker = factories.maker()
    profile = save_profile(user=factories.owner_of(maker), maker=maker, steps={48: 900}, **BY_WEIGHT)
    pieces = [factories.certified_product(maker, weight_oz=9, shipping_profile=profile) for _number in range(3)]
    few, many = basket_with(pieces[0]), basket_with(*pieces)
    with CaptureQueriesContext(connection) as first:
        quote_of(few)
    with CaptureQueriesContext(connection) as second:
        quote_of(many)
    assert len(first) == len(second)


def profile_data(**changes):
    return {
        "name": "Coats", "kind": "weight", "cents": "", "handling_cents": "1.50", "free_above_cents": "200",
        "dispatch_days": "4", "step-TOTAL_FORMS": "2", "step-INITIAL_FORMS": "0", "step-0-up_to_oz": "16",
        "step-0-price": "5.00", "step-1-up_to_oz": "", "step-1-price": "",
    } | changes  # fmt: skip


def test_the_studio_adds_a_profile_and_keeps_what_is_wrong(client):
    maker = factories.maker()
    client.force_login(factories.owner_of(maker))
    wrong = client.post(reverse("studio:shipping_new"), profile_data(**{"step-0-price": ""}))
    assert wrong.status_code == 422
    assert "Fill in both" in wrong.content.decode()
    assert 'value="200"' in wrong.content.decode()
    assert client.post(reverse("studio:shipping_new"), profile_data()).status_code == 302
    profile = ShippingProfile.objects.get(name="Coats")
    assert (profile.handling_cents, profile.free_above_cents) == (150, 20_000)
    assert [(step.up_to_oz, step.cents) for step in profile.steps.all()] == [(16, 500)]
    shown = client.get(reverse("studio:shipping")).content.decode()
    assert "up to 16 oz $5.00" in shown


@pytest.mark.parametrize("typed", ["", "0", "0.00"])
def test_packing_that_costs_nothing_is_kept(client, typed):
    maker = factories.maker()
    client.force_login(factories.owner_of(maker))
    assert client.post(reverse("studio:shipping_new"), profile_data(handling_cents=typed)).status_code == 302
    assert ShippingProfile.objects.get(name="Coats").handling_cents == 0


def test_the_studio_hides_other_makers_profiles(client):
    client.force_login(factories.owner_of(factories.maker()))
    other = factories.maker().shipping_profiles.get()
    assert client.get(reverse("studio:shipping_profile", args=[other.pk])).status_code == 404
    assert client.post(reverse("studio:shipping_retire", args=[other.pk])).status_code == 404


def test_the_page_of_a_piece_says_where_to_how_much_and_when(client):
    piece = factories.certified_product(made_to_order_days=5)
    shown = client.get(piece.get_absolute_url()).content.decode()
    assert "Ships within the United States" in shown
    assert "from $7.50" in shown
    assert "Made to order" in shown
