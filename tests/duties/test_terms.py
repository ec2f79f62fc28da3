"""Terms in versions: read by everyone, accepted by owners, asked for before anything new goes on sale."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.catalogue.models import Product
from catalog.catalogue.services import Variant, describe_product, edit_product
from makers import services as makers
from makers.models import Maker, Role
from marketplace import fulfilment
from marketplace.core import clock
from marketplace.core.append_only import AppendOnlyError
from marketplace.payments.fees import set_fee
from marketplace.payments.models import FeeTerm
from marketplace.payments.permissions import BOOKKEEPERS
from marketplace.terms import versions
from marketplace.terms.models import TermsAcceptance
from marketplace.terms.services import accept_terms, has_accepted
from marketplace.terms.versions import Kind, Version, in_force
from tests import factories
from tests.fulfilment.shop import basket_with, pay, place

pytestmark = pytest.mark.django_db


def begins(monkeypatch, day):
    """A second version of the terms for makers, in force from a day on."""
    monkeypatch.setattr(versions, "VERSIONS", (*versions.VERSIONS, Version(Kind.MAKERS, 2, day)))


def described_by(maker) -> Product:
    """A piece for the label alone."""
    owner = factories.owner_of(maker)
    return describe_product(user=owner, maker=maker, title="Coat", kind="garment", description="Lined.")


def test_who_signs_up_accepts_the_version_at_the_fee_that_was_shown():
    maker = factories.maker()
    row = maker.terms.get()
    assert (row.version, row.fee_basis_points, row.user, row.language) == (1, 1000, factories.owner_of(maker), "en")


def test_an_acceptance_is_never_changed():
    row = factories.maker().terms.get()
    row.version = 7
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()


def test_signing_up_with_an_old_version_makes_no_maker(monkeypatch):
    begins(monkeypatch, clock.today())
    with pytest.raises(ValidationError):
        factories.maker(terms=1)
    assert not Maker.objects.exists()


def test_a_new_version_holds_from_its_day_on(monkeypatch):
    begins(monkeypatch, clock.today() + timedelta(1))
    assert in_force(Kind.MAKERS).number == 1
    begins(monkeypatch, clock.today())
    assert in_force(Kind.MAKERS).number == 2


def test_a_new_version_is_accepted_before_anything_new_goes_on_sale(monkeypatch, standin):
    piece = factories.certified_product()
    maker, owner = piece.maker, factories.owner_of(piece.maker)
    begins(monkeypatch, clock.today())
    with pytest.raises(ValidationError, match="accepts the terms"):
        factories.product(maker)
    described = described_by(maker)
    assert described.pk, "a piece for the label alone is not on sale"
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    part = fulfilment.finalize(attempt_id=attempt.pk).order.maker_orders.get()
    assert part.status == "to_ship", "what is listed is sold as before"
    fulfilment.ship(user=owner, maker_order=part, carrier="USPS", tracking_number="9400 1000 0000")
    accept_terms(user=owner, maker=maker, number=2, fee_points=1000)
    assert factories.product(maker).pk


def test_a_described_piece_goes_on_sale_after_the_terms_only(monkeypatch):
    maker = factories.maker()
    described = described_by(maker)
    begins(monkeypatch, clock.today())
    with pytest.raises(ValidationError):
        edit_product(
            user=factories.owner_of(maker), product=described, category=factories.category(),
            variants=[Variant(price=Decimal(48), stock=1)], origin_statement="usa", fibre_content="100% cotton",
        )  # fmt: skip
    assert not Product.objects.get(pk=described.pk).is_public


def test_only_an_owner_accepts(monkeypatch):
    maker, helper = factories.maker(), factories.person()
    makers.add_member(user=factories.owner_of(maker), maker=maker, member=helper, role=Role.STAFF)
    begins(monkeypatch, clock.today())
    with pytest.raises(PermissionDenied):
        accept_terms(user=helper, maker=maker, number=2, fee_points=1000)
    assert not has_accepted(maker)


def test_accepting_twice_is_accepting_once():
    maker = factories.maker()
    for _ in range(2):
        accept_terms(user=factories.owner_of(maker), maker=maker, number=1, fee_points=900)
    assert maker.terms.get().fee_basis_points == 1000


def test_the_studio_asks_and_takes_the_yes(client, monkeypatch):
    maker = factories.maker()
    begins(monkeypatch, clock.today())
    client.force_login(factories.owner_of(maker))
    assert "/studio/duties/terms/" in client.get("/studio/").content.decode()
    refused = client.post("/studio/duties/terms/", {"terms": 2})
    assert refused.status_code == 422
    assert not has_accepted(maker)
    assert client.post("/studio/duties/terms/", {"terms": 2, "accepts": "on"}).status_code == 302
    assert has_accepted(maker)
    assert "/studio/duties/terms/" not in client.get("/studio/").content.decode()


SIGN_UP = {
    "name": "Telar", "legal_name": "Telar LLC", "neighborhood": "Boyle Heights", "email": "telar@example.org",
    "language": "es", "terms": 1,
}  # fmt: skip


def test_the_form_shows_the_fee_and_takes_no_maker_without_a_yes(client):
    client.force_login(factories.person())
    page = client.get("/apply/").content.decode()
    assert "The fee is 10% of the price" in page
    assert "$124.95" in page
    assert "$120.95" in page, "124.95 + 8.50 less 12.50"
    refused = client.post("/apply/", SIGN_UP)
    assert refused.status_code == 422
    assert "Telar LLC" in refused.content.decode()
    assert not Maker.objects.exists()


def test_the_form_keeps_the_yes_with_language_and_fee(client):
    set_fee(user=factories.staff(BOOKKEEPERS), maker=None, points=825, from_day=clock.today(), note="Board, May.")
    client.force_login(factories.person())
    client.post("/es/apply/", SIGN_UP | {"accepts": "on"})
    row = TermsAcceptance.objects.get()
    assert (row.maker.name, row.version, row.language, row.fee_basis_points) == ("Telar", 1, "es", 825)


def test_a_version_that_came_meanwhile_is_read_first(client, monkeypatch):
    begins(monkeypatch, clock.today())
    client.force_login(factories.person())
    refused = client.post("/apply/", SIGN_UP | {"accepts": "on"})
    assert refused.status_code == 422
    assert not Maker.objects.exists()


def test_a_fee_that_is_announced_is_shown(client):
    FeeTerm.objects.create(maker=None, basis_points=1250, from_day=clock.today() + timedelta(40))
    page = client.get("/terms/fees/").content.decode()
    assert "The fee is 10% of the price" in page
    assert "it is 12.5%" in page


@pytest.mark.parametrize("path", ["", "makers/", "1/", "makers/1/", "fees/"])
@pytest.mark.parametrize("language", ["", "/es"])
def test_every_text_is_read_by_anyone_in_both_languages(client, settings, path, language):
    page = client.get(f"{language}/terms/{path}")
    assert page.status_code == 200
    if path != "fees/":
        assert settings.SHOP_OPERATOR in page.content.decode()
        assert settings.MARK_OWNER.replace("'", "&#x27;") in page.content.decode()


@pytest.mark.parametrize("path", ["2/", "0/", "makers/9/"])
def test_a_version_that_there_is_not_is_404(client, path):
    assert client.get(f"/terms/{path}").status_code == 404


def test_the_order_keeps_the_version_and_the_payment_page_says_it(client, standin):
    shopper = factories.person("sam@example.org")
    attempt = place(basket_with(factories.certified_product(), owner=shopper), user=shopper)
    assert attempt.snapshot["terms"] == 1
    client.force_login(shopper)
    page = client.get(f"/checkout/payment/{attempt.pk}/").content.decode()
    assert 'href="/terms/1/"' in page
