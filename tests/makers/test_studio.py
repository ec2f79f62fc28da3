"""The studio's forms: bad input is answered at its field, keeps what was typed, and changes nothing."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.catalogue.models import Product, ProductImage
from certification.models import Application, Evidence, ProductionStep
from makers.models import Maker, Membership, Workplace
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return factories.maker(name="Ana Quiroz")


@pytest.fixture
def studio(client, maker):
    client.force_login(factories.owner_of(maker))
    return client


def product_form(**changes):
    form = {
        "title": "Jacket", "description": "Warm.", "kind": "garment", "origin_statement": "usa",
        "fibre_content": "cotton 100", "category": factories.category().pk, "variant-TOTAL_FORMS": "2",
        "variant-INITIAL_FORMS": "0", "variant-MIN_NUM_FORMS": "1", "variant-MAX_NUM_FORMS": "200",
        "variant-0-size": "M", "variant-0-color": "Navy", "variant-0-color_hex": "#2b2f63", "variant-0-price": "48.00",
        "variant-0-stock": "3", "variant-1-color_hex": "#000000",
    }  # fmt: skip
    return form | changes


def test_a_piece_is_made_and_changed(studio, maker):
    response = studio.post("/studio/products/new/", product_form())
    piece = Product.objects.get(maker=maker)
    assert response.url == f"/studio/products/{piece.pk}/"
    child = piece.children.get()
    changed = product_form(**{"variant-0-id": child.pk, "variant-0-price": "52.50", "variant-INITIAL_FORMS": "1"})
    assert studio.post(response.url, changed).status_code == 302
    assert piece.children.get().stockrecords.get().price == Decimal("52.50")


TWIN = {"variant-1-size": "m", "variant-1-color": "navy", "variant-1-price": "48", "variant-1-stock": "1"}
BAD_PRODUCTS = {
    "no title": ({"title": ""}, "This field is required"),
    "no fiber content": ({"fibre_content": ""}, "This field is required"),
    "no origin": ({"origin_statement": ""}, "This field is required"),
    "an unknown kind": ({"kind": "spaceship"}, "Select a valid choice"),
    "a title too long": ({"title": "x" * 300}, "at most 255"),
    "an unknown category": ({"category": "999999"}, "Select a valid choice"),
    "a negative price": ({"variant-0-price": "-1"}, "greater than or equal to 1"),
    "a price of nothing": ({"variant-0-price": "0"}, "greater than or equal to 1"),
    "a price that is no number": ({"variant-0-price": "NaN"}, "Enter a number"),
    "a huge price": ({"variant-0-price": "1e9"}, "less than or equal"),
    "a fraction of a cent": ({"variant-0-price": "48.001"}, "2 decimal places"),
    "negative stock": ({"variant-0-stock": "-3"}, "greater than or equal to 0"),
    "half a piece": ({"variant-0-stock": "1.5"}, "whole number"),
    "huge stock": ({"variant-0-stock": "1000000000"}, "less than or equal"),
    "a color that is none": ({"variant-0-color_hex": "red"}, "looks like #2b2f63"),
    "no variant": ({f"variant-0-{name}": "" for name in ("size", "color", "price", "stock")}, "This field is required"),
    "two of a kind": (TWIN, "same size and color"),
    "a broken form": ({"variant-TOTAL_FORMS": "x"}, "missing or has been tampered with"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), BAD_PRODUCTS.values(), ids=BAD_PRODUCTS.keys())
def test_a_bad_piece_is_refused(studio, changes, message):
    response = studio.post("/studio/products/new/", product_form(**changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page
    assert "Warm." in page, "what was typed is still there"
    assert not Product.objects.exists()


def test_a_variant_of_another_maker_is_left_alone(studio, maker):
    foreign = factories.variant_of(factories.product(price="99.00"))
    studio.post("/studio/products/new/", product_form(**{"variant-0-id": foreign.pk}))
    foreign.refresh_from_db()
    assert foreign.parent.maker != maker
    assert foreign.stockrecords.get().price == Decimal("99.00")


def test_maker_and_certificate_are_not_set_from_the_form(studio, maker):
    other = factories.maker()
    studio.post("/studio/products/new/", product_form(maker=other.pk, structure="child", is_public=""))
    assert Product.objects.exclude(structure="child").get().maker == maker


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"zip_code": "9001"}, "five digits"),
        ({"register_account": "123"}, "looks like 0003301266"),
        ({"latitude": "34.04"}, "Give both numbers"),
        ({"latitude": "134", "longitude": "-118"}, "less than or equal to 90"),
        ({"operated_by": "contractor"}, "Name the contractor"),
        ({"operated_by": "thief"}, "Select a valid choice"),
        ({"line1": ""}, "required"),
    ],
)
def test_a_bad_workplace_is_refused(studio, changes, message):
    form = {
        "name": "Shop", "operated_by": "own", "line1": "110 E 9th St", "city": "Los Angeles", "state": "CA",
        "zip_code": "90079",
    }  # fmt: skip
    response = studio.post("/studio/workplaces/new/", form | changes)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Workplace.objects.exists()
    assert studio.post("/studio/workplaces/new/", form).status_code == 302


def steps_form(place, **changes):
    form = {
        "step-TOTAL_FORMS": "1", "step-INITIAL_FORMS": "0", "step-0-kind": "sewing", "step-0-workplace": place.pk,
        "step-0-cost_share": "100", "step-0-started_on": "2025-01-01",
    }  # fmt: skip
    return form | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"step-0-kind": "teleporting"}, {"step-0-cost_share": "101"}, {"step-0-cost_share": "-1"},
        {"step-0-workplace": ""}, {"step-0-elsewhere_place": "Tijuana"}, {"step-0-started_on": "soon"},
        {"step-0-workplace": "999999"},
    ],
)  # fmt: skip
def test_a_bad_step_is_refused(studio, maker, changes):
    piece, place = factories.product(maker), factories.workplace(maker)
    response = studio.post(f"/studio/products/{piece.pk}/steps/", steps_form(place, **changes))
    assert response.status_code == 422
    assert not ProductionStep.objects.exists()


def test_a_workplace_of_another_maker_is_no_choice(studio, maker):
    piece, foreign = factories.product(maker), factories.workplace(factories.maker())
    assert studio.post(f"/studio/products/{piece.pk}/steps/", steps_form(foreign)).status_code == 422
    assert not ProductionStep.objects.exists()


def test_a_step_of_another_maker_is_not_taken_over(studio, maker):
    piece, place = factories.product(maker), factories.workplace(maker)
    foreign = factories.steps(factories.product())[0]
    form = steps_form(place, **{"step-0-id": foreign.pk, "step-INITIAL_FORMS": "1"})
    studio.post(f"/studio/products/{piece.pk}/steps/", form)
    before = (foreign.product_id, foreign.kind)
    foreign.refresh_from_db()
    assert (foreign.product_id, foreign.kind) == before


@pytest.mark.parametrize("claims", [[], ["designed", "invented"], ["made in heaven"]])
def test_bad_claims_start_no_application(studio, maker, claims):
    piece = factories.product(maker)
    response = studio.post(f"/studio/products/{piece.pk}/apply/", {"claims": claims, "x": "1"})
    assert response.status_code == 422
    assert not Application.objects.exists()


def test_an_incomplete_application_is_not_handed_in(studio, maker):
    piece = factories.product(maker)
    studio.post(f"/studio/products/{piece.pk}/apply/", {"claims": ["designed"]})
    case = Application.objects.get()
    response = studio.post(f"/studio/applications/{case.pk}/submit/")
    assert response.status_code == 422
    assert "Describe at least one production step." in response.content.decode()
    case.refresh_from_db()
    assert case.status == "draft"


def test_handing_in_twice_does_it_once(studio, maker):
    piece = factories.product(maker)
    case = factories.submitted(piece)
    response = studio.post(f"/studio/applications/{case.pk}/submit/", follow=True)
    assert "so this can&#x27;t be done" in response.content.decode()
    assert case.audit_entries.filter(verb="maker:application:submit").count() == 1


def test_a_second_application_for_a_piece_leads_to_the_first(studio, maker):
    case = factories.application(factories.product(maker))
    response = studio.post(f"/studio/products/{case.product_id}/apply/", {"claims": ["designed"]})
    assert response.url == f"/studio/applications/{case.pk}/"
    assert Application.objects.count() == 1


def test_a_wrong_file_is_refused_where_it_was_chosen(studio, maker):
    piece = factories.product(maker)
    case = factories.application(piece)
    step, count = piece.production_steps.first(), Evidence.objects.count()
    page = SimpleUploadedFile("photo.jpg", b"<html><script>alert(1)</script>", content_type="image/jpeg")
    form = {"kind": "photo", "about": f"step-{step.pk}", "file": page}
    response = studio.post(f"/studio/applications/{case.pk}/evidence/", form)
    assert response.status_code == 422
    assert "Choose a JPEG, PNG or WebP picture, or a PDF." in response.content.decode()
    assert Evidence.objects.count() == count


def test_a_picture_is_added_and_removed(studio, maker):
    piece = factories.product(maker)
    form = {"picture": factories.photo(), "alt": "A jacket, front", "color": "Navy"}
    assert studio.post(f"/studio/products/{piece.pk}/pictures/", form).status_code == 302
    picture = ProductImage.objects.get()
    assert picture.product.color == "Navy"
    studio.post(f"/studio/products/{piece.pk}/pictures/{picture.pk}/remove/")
    assert not ProductImage.objects.exists()


def test_a_picture_of_another_maker_stays(studio, maker):
    mine, theirs = factories.product(maker), factories.product()
    picture = ProductImage.objects.create(product=theirs, original="x.jpg", caption="x")
    studio.post(f"/studio/products/{mine.pk}/pictures/{picture.pk}/remove/")
    assert ProductImage.objects.filter(pk=picture.pk).exists()


def test_a_script_in_a_name_is_shown_as_text(studio, maker):
    Maker.objects.filter(pk=maker.pk).update(name="<script>alert(1)</script>")
    page = studio.get("/studio/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_members_come_and_go_but_one_owner_stays(studio, maker):
    helper = factories.person("helper@example.org")
    assert (
        "Nobody has an account"
        in studio.post("/studio/members/", {"email": "no@example.org", "role": "staff"}).content.decode()
    )
    studio.post("/studio/members/", {"email": "HELPER@example.org", "role": "staff"})
    membership = Membership.objects.get(user=helper)
    assert membership.role == "staff"
    owner = Membership.objects.get(maker=maker, role="owner")
    page = studio.post(f"/studio/members/{owner.pk}/remove/", follow=True).content.decode()
    assert "Someone must remain the owner" in page
    studio.post(f"/studio/members/{membership.pk}/remove/")
    assert list(maker.memberships.all()) == [owner]


def test_staff_of_a_maker_manage_no_members(client, maker):
    helper = factories.person()
    Membership.objects.create(maker=maker, user=helper, role="staff")
    client.force_login(helper)
    assert client.post("/studio/members/", {"email": "x@example.org", "role": "owner"}).status_code == 404
    assert maker.memberships.count() == 2


def test_signing_up_as_a_maker_needs_its_facts(client):
    client.force_login(factories.person())
    response = client.post("/apply/", {"name": "Ana", "email": "no address"})
    assert response.status_code == 422
    assert "Enter a valid email address" in response.content.decode()
    assert not Maker.objects.exists()
