"""The origin passport: what is frozen for the public, what is drawn, and that old certificates still show."""

import pytest
from django.utils import translation

from certification import citymap
from certification.models import Certificate, ProductionStep
from certification.passport import passport
from certification.services import applications
from marketplace.core import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    """Sewn by a contractor in Watts, cloth from Japan, the rest in the maker's own shop in Downtown."""
    maker = factories.maker(name="Quiroz", neighborhood="Downtown")
    own = factories.workplace(maker, name="Own shop", line1="110 E 9th St")
    sewer = factories.workplace(
        maker, name="Sewer", line1="9999 Secret Alley", city="Los Angeles", zip_code="90002", operated_by="contractor",
        contractor_name="Watts Sewing", latitude="33.940000", longitude="-118.244000", coordinates_from="pin",
        works_alone=False, garment_registration="000123456",
    )  # fmt: skip
    piece = factories.product(maker, title="Bomber jacket")
    since = clock.today().replace(day=1)
    places = {"concept": own, "pattern": own, "sample": own, "cutting": own, "sewing": sewer, "finishing": own}
    steps = [
        ProductionStep(kind=kind, workplace=place, cost_share=15, started_on=since) for kind, place in places.items()
    ]
    steps.append(
        ProductionStep(kind="material", elsewhere_place="Okayama, Japan", elsewhere_by="Kojima Mill", cost_share=10)
    )
    applications.save_steps(user=factories.owner_of(maker), product=piece, steps=steps)
    return factories.certify(piece)


def test_what_is_frozen_names_no_street(certificate):
    text = str(certificate.public_steps)
    assert "Secret Alley" not in text
    assert "9th St" not in text
    assert "33.94" not in text
    found = {step["kind"]: (step["inside"], step["neighborhood"], step["place"]) for step in certificate.public_steps}
    assert found["sewing"] == (True, "Watts", "Watts Sewing, Los Angeles 90002")
    assert found["cutting"] == (True, "Downtown", "Own shop, Los Angeles 90079")
    assert found["material"] == (False, "", "Kojima Mill, Okayama, Japan")


def test_stops_are_drawn_at_their_neighborhood_and_others_at_the_edge(certificate):
    drawn = passport(certificate)
    numbers = {step.label: step.number for step in drawn.steps}
    spots = {(pin.x, pin.y): pin.label for pin in drawn.pins}
    downtown, watts = citymap.find("Downtown"), citymap.find("Watts")
    assert spots == {(downtown.x, downtown.y): "1–4, 6", (watts.x, watts.y): str(numbers["Sewing or linking"])}
    [arrow] = drawn.arrows
    assert (int(arrow.x), arrow.label) == (citymap.WIDTH, "7 Kojima Mill, Okayama, Japan")
    assert (drawn.inside_count, drawn.total) == (6, 7)


def test_product_and_record_show_every_step_with_how_it_is_known(client, certificate):
    from catalog.search.listing import refresh_listings

    refresh_listings([certificate.product_id])
    for address in (certificate.product.get_absolute_url(), certificate.get_absolute_url()):
        text = client.get(address).text
        assert "6 of 7 steps happened in Los Angeles" in text
        for words in ("Watts Sewing, Los Angeles 90002", "City of Los Angeles · Watts", "Kojima Mill", "Outside L.A."):
            assert words in text
        assert text.count("How it is known:") == 7
        assert "has accepted a document or photo" in text
        assert 'class="city-map"' in text
        assert "Secret Alley" not in text


def test_a_certificate_of_before_still_shows(client, certificate):
    before = [
        {name: step[name] for name in ("kind", "inside", "place", "known")} for step in certificate.public_steps
    ]  # fmt: skip
    Certificate.objects.filter(pk=certificate.pk).update(public_steps=before)
    text = client.get(certificate.get_absolute_url()).text
    assert "6 of 7 steps" in text
    assert "Watts Sewing" in text
    assert 'class="city-map"' not in text
    assert "Done there since" not in text


def test_in_spanish(client, certificate):
    with translation.override("es"):
        text = client.get(certificate.get_absolute_url()).text
    assert 'lang="es"' in text
    assert "6 de 7 pasos" in text


def test_words_for_the_four_ways_of_knowing(certificate):
    known = ["declared", "documented", "registered", "visited"]
    steps = [{"kind": "sewing", "inside": True, "place": "X", "known": word} for word in known]
    certificate.public_steps = steps
    shown = passport(certificate)
    assert len({step.known for step in shown.steps}) == 4
    assert [label for label, _text in shown.legend] == [step.known for step in shown.steps]
