"""The studio's page of a certificate: facts, badges to embed, sheets to print; for the maker's own people alone."""

import html
import io
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from catalog.catalogue.models import Product
from certification.mark.snippet import embeds
from certification.mark.standing import standing_of
from certification.models import Certificate
from certification.services import certificates
from certification.services.lines import set_line
from tests import factories

pytestmark = pytest.mark.django_db
NASTY = "\"><script>alert(1)</script></textarea><img src=x onerror=alert(1)>'&"


@pytest.fixture
def certificate():
    return factories.certify(factories.product())


@pytest.fixture
def owner(client, certificate):
    client.force_login(factories.owner_of(certificate.maker))
    return client


def page_of(certificate) -> str:
    return f"/studio/certificates/{certificate.number}/"


def addresses(certificate) -> list[str]:
    return [page_of(certificate), *(f"{page_of(certificate)}{what}.pdf" for what in ("hangtags", "shelf-cards"))]


class Tags(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.seen: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_the_page_shows_every_form_of_the_badge_with_html_that_works(owner, certificate, settings):
    settings.SITE_ADDRESS = "https://laoriginal.example"
    response = owner.get(page_of(certificate), {"lang": "es"})
    assert response.status_code == 200
    text = response.content.decode()
    forms = embeds(standing_of(certificate), "es")
    assert {(form.style.theme, form.style.size) for form in forms} == {
        (theme, size) for theme in ("light", "dark") for size in ("small", "large")
    }
    for form in forms:
        assert html.escape(form.html, quote=True).replace("&#x27;", "&#39;") in text, "the text to copy"
        (_a, link), (_img, picture) = Tags(form.html).seen
        assert link == {"href": f"https://laoriginal.example/es/verify/{certificate.number}/"}
        assert picture["src"].startswith(f"https://laoriginal.example/badge/{certificate.number}.svg?")
        assert certificate.number in picture["alt"]
        shown = owner.get(picture["src"].removeprefix("https://laoriginal.example"))
        assert f'width="{picture["width"]}" height="{picture["height"]}"' in shown.content.decode()
        assert 'lang="es"' in shown.content.decode()


def test_sheets_are_downloads_that_nobody_keeps(owner, certificate):
    for address in addresses(certificate)[1:]:
        for paper in ("a4", "letter"):
            response = owner.get(address, {"paper": paper, "lang": "es"})
            assert response.content.startswith(b"%PDF-")
            assert response["Content-Type"] == "application/pdf"
            assert response["Content-Disposition"].startswith(f'attachment; filename="{certificate.number}-')
            assert response["Cache-Control"] == "no-store"
    assert owner.get(f"{page_of(certificate)}posters.pdf").status_code == 404


def test_each_piece_of_a_line_has_tags_in_its_own_name_while_it_carries_the_badge(client):
    lead = factories.product()
    owner, other = factories.owner_of(lead.maker), factories.product(lead.maker, title="Sailor coat")
    stranger = factories.certified_product()
    set_line(user=owner, lead=lead, products=[other])
    certificate = factories.certify(lead)
    client.force_login(owner)
    assert 'name="piece"' in client.get(page_of(certificate)).content.decode()
    tags = f"{page_of(certificate)}hangtags.pdf"
    assert "Sailor coat" in words(client.get(tags, {"piece": other.pk}))
    assert lead.title in words(client.get(tags, {"piece": lead.pk}))
    assert lead.title in words(client.get(tags))
    for piece in (stranger.pk, "x", 10**30):
        assert client.get(tags, {"piece": piece}).status_code == 404
    Product.objects.filter(pk=other.pk).update(title="Another coat")
    assert client.get(tags, {"piece": other.pk}).status_code == 404, "it changed, so its badge rests"
    assert 'name="piece"' not in client.get(page_of(certificate)).content.decode()


def words(response) -> str:
    (page,) = PdfReader(io.BytesIO(response.content)).pages
    return page.extract_text()


def test_strangers_get_404_and_visitors_are_asked_to_sign_in(client, certificate):
    for address in addresses(certificate):
        client.logout()
        assert client.get(address).url.startswith("/account/login/")
        for someone in (factories.owner_of(factories.maker()), factories.decider()):
            client.force_login(someone)
            assert client.get(address).status_code in (404, 302), "staff are led to their second factor first"
            assert certificate.product_description.encode() not in client.get(address).content


def test_a_suspended_certificate_prints_nothing_and_says_so(owner, certificate):
    certificates.suspend(
        user=factories.decider(),
        certificate=certificate,
        reason="Cutting ticket is missing.",
        reasons=["contradiction"],
    )
    page = owner.get(page_of(certificate))
    assert page.status_code == 200
    assert "Cutting ticket is missing." in page.content.decode()
    assert "hangtags.pdf" not in page.content.decode()
    for address in addresses(certificate)[1:]:
        refused = owner.get(address)
        assert refused.status_code == 409
        assert "not valid now, so nothing can be printed" in refused.content.decode()


def test_names_are_words_on_the_page_and_in_what_is_copied(owner, certificate):
    Certificate.objects.filter(pk=certificate.pk).update(product_description=NASTY, maker_name=NASTY[:120])
    seen = Tags(owner.get(page_of(certificate)).content.decode()).seen
    assert not [attributes for _tag, attributes in seen if any(name.startswith("on") for name in attributes)]
    assert all(attributes.get("src") for tag, attributes in seen if tag == "script")
    for address in addresses(certificate)[1:]:
        assert owner.get(address).content.startswith(b"%PDF-")


def test_the_studio_leads_to_it(owner, certificate):
    for address in (f"/studio/products/{certificate.product_id}/", "/studio/applications/"):
        assert page_of(certificate) in owner.get(address).content.decode()
