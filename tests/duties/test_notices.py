"""Notices of a piece: what they need, where they are shown, and that nothing without them goes on sale."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from catalog.catalogue.models import Product
from catalog.catalogue.notices import ProductNotice
from catalog.catalogue.services import edit_product
from tests import factories
from tests.fulfilment.shop import basket_with, place

pytestmark = pytest.mark.django_db
LEAD = {"prop65": "cancer", "cancer_chemical": "lead"}
CHILD = {"age_grade": "3-5", "certificate_reference": "CPC-2026-014", "tracking_label": True}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"prop65": "cancer"}, "cancer_chemical"),
        ({"prop65": "cancer", "harm_chemical": "lead"}, "cancer_chemical"),
        ({"prop65": "reproductive", "harm_chemical": "  "}, "harm_chemical"),
        ({"prop65": "both", "cancer_chemical": "lead"}, "harm_chemical"),
        ({"prop65": "both", "harm_chemical": "lead"}, "cancer_chemical"),
        (CHILD | {"certificate_reference": " "}, "certificate_reference"),
        (CHILD | {"tracking_label": False}, "tracking_label"),
        ({"choking": "small_parts"}, "age_grade"),
        (CHILD | {"age_grade": "0-2", "choking": "marble"}, "choking"),
        ({"prop65": "maybe"}, "prop65"),
    ],
)
def test_what_a_notice_needs_is_asked_at_its_field(facts, field):
    with pytest.raises(ValidationError) as refusal:
        factories.product(notice=facts)
    assert list(refusal.value.message_dict) == [field]
    assert not ProductNotice.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        LEAD, {"prop65": "reproductive", "harm_chemical": "DEHP"}, CHILD, CHILD | {"choking": "small_ball"},
        {"prop65": "both", "cancer_chemical": "lead", "harm_chemical": "lead"}, CHILD | {"age_grade": "0-2"},
    ],
)  # fmt: skip
def test_a_complete_notice_is_kept(facts):
    row = factories.product(notice=facts).notice
    assert {name: getattr(row, name) for name in facts} == facts


def test_a_piece_that_says_nothing_has_no_row():
    piece = factories.product(notice=LEAD)
    edit_product(
        user=factories.owner_of(piece.maker), product=piece, category=factories.category(), notice={"prop65": ""},
        variants=[_variant(piece)],
    )  # fmt: skip
    assert not ProductNotice.objects.exists()


def test_an_edit_without_notices_leaves_them(client):
    piece = factories.product(notice=LEAD)
    edit_product(
        user=factories.owner_of(piece.maker), product=piece, category=factories.category(), variants=[_variant(piece)]
    )
    assert Product.objects.get(pk=piece.pk).notice.cancer_chemical == "lead"


def _variant(piece):
    from catalog.catalogue.services import Variant

    child = factories.variant_of(piece)
    record = child.stockrecords.get()
    return Variant(id=child.pk, price=record.price, stock=5, size=child.size, color=child.color)


@pytest.mark.parametrize(
    ("facts", "language", "expected"),
    [
        (LEAD, "en", "Risk of cancer from exposure to lead. See www.P65Warnings.ca.gov."),
        (LEAD, "es", "Riesgo de cáncer por exposición a plomo. Consulta www.P65Warnings.ca.gov."),
        (
            {"prop65": "both", "cancer_chemical": "lead", "harm_chemical": "BPA"}, "en",
            "Risk of cancer from exposure to lead and reproductive harm from exposure to BPA. "
            "See www.P65Warnings.ca.gov.",
        ),
        (CHILD | {"choking": "small_parts"}, "en", "CHOKING HAZARD – Small parts. Not for children under 3 yrs."),
        (CHILD, "en", None),
    ],
)  # fmt: skip
def test_the_words_of_a_warning(facts, language, expected):
    row = ProductNotice(**facts)
    with translation.override(language):
        assert row.warnings == ([expected] if expected else [])


def test_warnings_are_read_on_the_page_at_delivery_and_before_paying(client, standin):
    shopper = factories.person("sam@example.org")
    piece = factories.certified_product(notice=LEAD | CHILD | {"choking": "small_parts"})
    for language, words in (("", "Risk of cancer from exposure to lead"), ("/es", "Riesgo de cáncer por exposición")):
        page = client.get(language + piece.get_absolute_url()).content.decode()
        assert words in page
        assert page.index(words) < page.index("basket/add"), "before the button that buys"
    translation.activate("en")
    attempt = place(basket_with(piece, owner=shopper), user=shopper)
    line = attempt.snapshot["parts"][0]["lines"][0]
    assert line["warnings"] == [
        "Risk of cancer from exposure to lead. See www.P65Warnings.ca.gov.",
        "CHOKING HAZARD – Small parts. Not for children under 3 yrs.",
    ]
    client.force_login(shopper)
    assert "Risk of cancer from exposure to lead" in client.get(f"/checkout/payment/{attempt.pk}/").content.decode()


def test_a_page_without_notices_warns_of_nothing(client):
    page = client.get(factories.certified_product().get_absolute_url()).content.decode()
    assert "warning-sign" not in page


def _typed(piece, **notice) -> dict:
    child = factories.variant_of(piece)
    return {
        "title": piece.title, "description": "A jacket.", "kind": "garment", "origin_statement": "usa",
        "fibre_content": "100% cotton", "category": factories.category().pk, "variant-TOTAL_FORMS": "1",
        "variant-INITIAL_FORMS": "1", "variant-0-id": child.pk, "variant-0-price": "48.00", "variant-0-stock": "5",
        "variant-0-size": "M", "variant-0-color": "Navy", "variant-0-color_hex": "#2b2f63",
    } | {f"notice-{name}": value for name, value in notice.items()}  # fmt: skip


def test_the_editor_says_what_is_missing_and_keeps_what_was_typed(client):
    piece = factories.product()
    client.force_login(factories.owner_of(piece.maker))
    refused = client.post(
        f"/studio/products/{piece.pk}/", _typed(piece, age_grade="3-5", certificate_reference="CPC 7", prop65="cancer")
    )
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Confirm that each piece does" in page
    assert "Name a chemical that can cause cancer" in page
    assert 'value="CPC 7"' in page
    assert not ProductNotice.objects.exists()
    saved = client.post(f"/studio/products/{piece.pk}/", _typed(piece, prop65="cancer", cancer_chemical="lead"))
    assert saved.status_code == 302
    assert piece.maker.products.get(pk=piece.pk).notice.cancer_chemical == "lead"
