"""The frame of every page: no inline code, languages, the bag's count, error pages, fields and errors."""

import re
from decimal import Decimal

import pytest
from django import forms
from django.conf import settings
from django.core.signing import Signer
from django.template.loader import render_to_string
from django.test import RequestFactory
from oscar.core.loading import get_model

from catalog.basket.context import bag_count
from marketplace.core.templatetags.money import cents, dollars, exact
from tests import factories

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
MAIL = settings.BASE_DIR / "templates" / "mail"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_no_template_has_inline_code(path):
    if MAIL in path.parents:
        return
    text = path.read_text("utf-8")

    assert not re.search(r"\sstyle=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+=\"", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text)


def asking(cookie="", user=None):
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES[settings.OSCAR_BASKET_COOKIE_OPEN] = cookie
    request.user = user
    return request


@pytest.mark.django_db
class TestBagCount:
    def basket(self, owner=None, quantity=3):
        piece = factories.product()
        variant = factories.variant_of(piece)
        basket = get_model("basket", "Basket").objects.create(owner=owner)
        get_model("basket", "Line").objects.create(
            basket=basket, product=variant, stockrecord=variant.stockrecords.get(), quantity=quantity,
            line_reference="one", price_currency="USD",
        )  # fmt: skip
        return basket

    def test_costs_no_query_without_cookie(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert bag_count(asking()) == 0

    def test_counts_pieces_of_the_cookies_basket(self, django_assert_num_queries):
        basket = self.basket()
        with django_assert_num_queries(1):
            assert bag_count(asking(Signer().sign(basket.pk))) == 3

    @pytest.mark.parametrize("cookie", ["1", "1:forged", Signer().sign("x"), "\x00"])
    def test_a_forged_cookie_counts_nothing(self, cookie, django_assert_num_queries):
        self.basket()
        with django_assert_num_queries(0):
            assert bag_count(asking(cookie)) == 0

    def test_a_persons_basket_is_counted_and_not_made(self):
        person = factories.person()
        assert bag_count(asking(user=person)) == 0
        assert not get_model("basket", "Basket").objects.exists()
        basket = self.basket(owner=person, quantity=2)
        assert bag_count(asking(user=person)) == 2
        assert bag_count(asking(Signer().sign(basket.pk))) == 0


@pytest.mark.django_db
def test_pages_name_language_canonical_and_alternates(client):
    text = client.get("/es/shop/?q=vestido").text

    assert '<html lang="es">' in text
    assert f'<link rel="canonical" href="{settings.SITE_ADDRESS}/es/shop/">' in text
    assert f'hreflang="en" href="{settings.SITE_ADDRESS}/shop/"' in text
    assert 'href="/shop/?q=vestido"' in text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nope/", "/es/nope/", "/shop/nope/", "/stories/nope/"])
def test_unknown_addresses_have_a_helpful_page(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "<h1>" in response.text
    assert "/shop/" in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/account/password/reset/"])
def test_account_pages_have_our_frame_and_one_heading(client, path):
    text = client.get(path).text

    assert text.count("<h1") == 1
    assert 'class="skip"' in text
    assert 'class="field' in text


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the door.")
    size = forms.ChoiceField(label="Size", choices=[("s", "S")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")


def test_fields_tell_help_and_error_to_screen_readers():
    form = Example({"name": ""})
    form.is_valid()
    html = "".join(render_to_string("components/field.html", {"field": field}) for field in form)

    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "<fieldset" in html


def test_the_summary_of_errors_leads_to_each_field():
    form = Example({})
    html = render_to_string("components/errors.html", {"form": form})

    assert 'href="#id_name"' in html
    assert 'role="alert"' in html
    complete = Example({"name": "x", "size": "s", "agreed": "on"})
    assert not render_to_string("components/errors.html", {"form": complete}).strip()


def test_money_in_words():
    assert [dollars(Decimal(value)) for value in ("248.00", "7.50", "1240.00")] == ["$248", "$7.50", "$1,240"]
    assert exact(Decimal("-7.5")) == "-$7.50"
    assert cents(24800) == "$248.00"
    assert dollars(None) == exact(None) == cents(None) == ""
