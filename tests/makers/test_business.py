"""Handing a business over and closing it: both people agree, certificates rest or end, orders come first."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.order import workflow
from catalog.search.selectors import for_sale
from certification.badge.badges import badges_for
from certification.models import Application, Certificate
from makers.models import HandOver, Membership
from makers.services import edit_maker
from makers.studio import business
from marketplace.core import outbox
from tests import factories
from tests.access import signed_in
from tests.factories import training
from tests.fulfilment.shop import basket_with, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standin")]


@pytest.fixture
def piece():
    return factories.certified_product(factories.maker(name="Ana Quiroz"))


@pytest.fixture
def maker(piece):
    return piece.maker


@pytest.fixture
def owner(maker):
    return factories.owner_of(maker)


@pytest.fixture
def heir():
    return factories.person("heir@example.org")


def offered(maker, owner):
    return business.offer_hand_over(user=owner, maker=maker, email="Heir@example.org", legal_name="Heir LLC")


def test_both_agree_and_the_certificates_rest_until_they_are_renewed(client, piece, maker, owner, heir):
    client.force_login(owner)
    page = client.get("/studio/business/").content.decode()
    assert piece.certificates.get().number in page, "told before"
    maker.stripe_account = "acct_1"
    maker.save()
    form = {"email": "heir@example.org", "legal_name": "Heir LLC", "understood": "on"}
    assert client.post("/studio/business/hand-over/", form).status_code == 302
    offer = HandOver.objects.get()
    maker.refresh_from_db()
    assert maker.legal_name == "Ana Quiroz LLC", "nothing changes before the new owner agrees"
    assert badges_for([piece.pk])
    while outbox.deliver():
        pass
    (letter,) = [item for item in mail.outbox if item.to == ["heir@example.org"]]
    assert f"/studio/business/hand-over/{offer.pk}/" in letter.body
    new = signed_in(heir)
    factories.maker(heir)
    assert "Ana Quiroz is offered to you" in new.get("/studio/").content.decode()
    assert piece.certificates.get().number in new.get(f"/studio/business/hand-over/{offer.pk}/").content.decode()
    assert new.post(f"/studio/business/hand-over/{offer.pk}/", {}).status_code == 422
    assert new.post(f"/studio/business/hand-over/{offer.pk}/", {"understood": "on"}).url == "/studio/"
    maker.refresh_from_db()
    assert (maker.legal_name, maker.stripe_account) == ("Heir LLC", ""), "payouts wait for an account of the new owner"
    assert [(row.user, row.role) for row in maker.memberships.all()] == [(heir, "owner")]
    assert not badges_for([piece.pk])
    assert new.get(f"/studio/products/{piece.pk}/apply/").status_code == 200, "to renew"
    assert client.get("/studio/business/").status_code == 302, "the former owner is out"


def test_an_offer_is_taken_back_or_declined(maker, owner, heir):
    business.end_hand_over(user=owner, offer=offered(maker, owner))
    offer = offered(maker, owner)
    signed_in(heir).post(f"/studio/business/hand-over/{offer.pk}/", {"decline": "1"})
    offer.refresh_from_db()
    assert offer.ended_at
    assert not offer.agreed
    with pytest.raises(ValidationError, match="ended already"):
        business.accept_hand_over(user=heir, offer=offer)
    assert Membership.objects.get(maker=maker).user == owner


@pytest.mark.parametrize(
    ("email", "message"), [("nobody@example.org", "Nobody has an account"), ("evaluator@example.org", "Nobody has")]
)
def test_an_offer_to_nobody_is_refused(maker, owner, email, message):
    with pytest.raises(ValidationError, match=message):
        business.offer_hand_over(user=owner, maker=maker, email=email, legal_name="Heir LLC")
    with pytest.raises(ValidationError, match="This is you"):
        business.offer_hand_over(user=owner, maker=maker, email=owner.email, legal_name="Heir LLC")
    with pytest.raises(ValidationError):
        business.offer_hand_over(user=owner, maker=maker, email=factories.person().email, legal_name="")
    assert not HandOver.objects.exists()


def test_only_the_people_concerned_act(client, maker, owner, heir):
    member, stranger = factories.person(), factories.owner_of(factories.maker())
    Membership.objects.create(maker=maker, user=member, role="staff")
    for someone in (member, stranger):
        with pytest.raises(PermissionDenied):
            business.offer_hand_over(user=someone, maker=maker, email=heir.email, legal_name="x")
        with pytest.raises(PermissionDenied):
            business.close_business(user=someone, maker=maker)
    offer = offered(maker, owner)
    for someone in (member, stranger, owner):
        with pytest.raises(PermissionDenied):
            business.accept_hand_over(user=someone, offer=offer)
    client.force_login(stranger)
    assert client.get(f"/studio/business/hand-over/{offer.pk}/").status_code == 404
    assert client.post(f"/studio/business/hand-over/{offer.pk}/end/").status_code == 404
    with pytest.raises(ValidationError, match="open hand-over"):
        offered(maker, owner)


def test_who_is_no_owner_any_more_hands_nothing_over(maker, owner, heir):
    offer = offered(maker, owner)
    other = factories.person()
    Membership.objects.create(maker=maker, user=other, role="owner")
    Membership.objects.filter(maker=maker, user=owner).delete()
    with pytest.raises(ValidationError, match="not the owner"):
        business.accept_hand_over(user=heir, offer=offer)


def test_a_business_closes(client, piece, maker, owner):
    draft = factories.application(factories.product(maker))
    learn = training.published(maker)
    client.force_login(owner)
    assert client.post("/studio/business/close/", {}).status_code == 422
    assert client.post("/studio/business/close/", {"understood": "on"}).status_code == 302
    maker.refresh_from_db()
    assert maker.closed_at
    certificate = Certificate.objects.get()
    assert (certificate.status, certificate.status_reason) == ("withdrawn", "The business closed.")
    assert Application.objects.get(pk=draft.pk).status == "withdrawn"
    learn.refresh_from_db()
    assert learn.status == "withdrawn"
    assert not for_sale().exists()
    assert "This business closed on" in client.get("/makers/ana-quiroz/").content.decode()
    assert "was closed on" in client.get("/studio/business/").content.decode()
    with pytest.raises(ValidationError, match="closed"):
        business.close_business(user=owner, maker=maker)
    with pytest.raises(ValidationError, match="closed for good"):
        edit_maker(user=owner, maker=maker, is_open=True)
    assert client.get(f"/studio/products/{piece.pk}/apply/").status_code == 302
    go_on = client.post(f"/apply/check/{factories.self_check().key}/continue/", {"claims": ["assembled"]})
    assert (go_on.status_code, Application.objects.filter(status="draft").count()) == (422, 0)


def test_open_orders_come_first(client, piece, maker, owner):
    place(basket_with(piece))
    client.force_login(owner)
    response = client.post("/studio/business/close/", {"understood": "on"})
    assert response.status_code == 422
    assert "paying for an order right now" in response.content.decode()
    maker.refresh_from_db()
    assert maker.closed_at is None
    assert badges_for([piece.pk])


def test_pieces_that_still_have_to_leave_come_first_too(client, piece, maker, owner):
    part = place(basket_with(piece, quantity=2)).order.maker_orders.get()
    for action, ends in (("pay", False), ("ship_some", False), ("ship", True)):
        workflow.perform(maker_order=part, action=action)
        assert (business.what_holds_closing(maker) == []) == ends, action
