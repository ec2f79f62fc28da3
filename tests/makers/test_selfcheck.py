"""The self-check: answers without an account, judged by the program's rules, and the application they become."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation

from catalog.catalogue.models import Product
from certification.models import Application, ProductionStep, SelfCheck
from certification.rules import Claim
from certification.rules.prospect import Answer
from certification.texts import meaning
from makers.models import Maker, Workplace
from makers.studio import selfcheck
from makers.studio.templatetags.prospect_tags import evidence_list
from marketplace.core import clock
from tests import factories

pytestmark = pytest.mark.django_db

INSIDE = {"line1": "110 E 9th St", "city": "Los Angeles", "zip_code": "90079"}
VERNON = {"line1": "4305 S Santa Fe Ave", "city": "Vernon", "zip_code": "90058"}
LONG_BEACH = {"line1": "1 World Trade Ctr", "city": "Long Beach", "zip_code": "90831"}
BOYLE = {"line1": "2900 Whittier Blvd", "city": "Los Angeles", "zip_code": "90023"}
NEVADA = {"line1": "1 Main St", "city": "Las Vegas", "zip_code": "89101", "state": "NV"}


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


def what(kind="garment", **changes):
    return {"title": "Denim jacket", "kind": kind, "description": "Raw denim.", "shop": "Quiroz Denim"} | changes


def places(*rows):
    typed = {"place-TOTAL_FORMS": str(len(rows)), "place-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        row = {"name": f"Shop {number}", "operated_by": "own", "state": "CA", "works_alone": "on"} | row
        typed |= {f"place-{number}-{name}": value for name, value in row.items()}
    return typed


def steps(where="0", **places_of):
    """All steps of a garment at one place; `places_of` puts single ones elsewhere."""
    shares = {"concept": 5, "pattern": 5, "sample": 10, "cutting": 20, "sewing": 40, "finishing": 20}
    typed = {}
    for kind, share in shares.items():
        chosen = places_of.get(kind, where)
        typed |= {f"where-{kind}": chosen, f"share-{kind}": str(share) if chosen else ""}
        if chosen == "elsewhere":
            typed[f"place-{kind}"] = "Tijuana"
    return typed


def a_check(what_=None, places_=None, steps_=None) -> SelfCheck:
    check = selfcheck.begin()
    for part, typed in zip(
        selfcheck.PARTS, (what_ or what(), places_ or places(INSIDE), steps_ or steps()), strict=True
    ):
        selfcheck.keep(check, part, typed)
    assert selfcheck.first_open(check) == ""
    return check


def answers_of(check) -> dict[str, str]:
    return {str(item.claim): str(item.answer) for item in selfcheck.judge(selfcheck.read(check))}


PIN_IN, PIN_OUT = {"latitude": "34.0370", "longitude": "-118.2570"}, {"latitude": "34.0038", "longitude": "-118.2297"}
TABLE = {
    "a ZIP code only suggests": (places(INSIDE), steps(), ("likely", "likely", "likely")),
    "a ZIP code that straddles tells nothing": (places(BOYLE), steps(), ("uncertain",) * 3),
    "Vernon": (places(VERNON), steps(), ("unlikely", "unlikely", "unlikely")),
    "Long Beach": (places(LONG_BEACH), steps(), ("unlikely", "unlikely", "unlikely")),
    "another state": (places(NEVADA), steps(), ("no", "no", "no")),
    "sewn elsewhere": (places(INSIDE), steps(sewing="elsewhere"), ("likely", "no", "no")),
    "cut elsewhere": (places(INSIDE), steps(cutting="elsewhere"), ("likely", "likely", "no")),
    "designed elsewhere": (places(INSIDE), steps(pattern="elsewhere"), ("no", "likely", "likely")),
    "two shops, one in Vernon": (places(INSIDE, VERNON), steps(cutting="1"), ("likely", "likely", "unlikely")),
    "no sample": (places(INSIDE), steps(sample=""), ("no", "no", "no")),
    "employees without registration": (
        places(INSIDE | {"works_alone": ""}), steps(), ("likely", "no", "no"),
    ),
    "employees with registration": (
        places(INSIDE | {"works_alone": "", "registered": "on"}), steps(), ("likely", "likely", "likely"),
    ),
    "a contractor without registration": (
        places(INSIDE | {"operated_by": "contractor", "contractor_name": "Sew Co"}), steps(), ("likely", "no", "no"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("where", "typed", "expected"), TABLE.values(), ids=TABLE.keys())
def test_what_would_qualify(where, typed, expected):
    assert tuple(answers_of(a_check(places_=where, steps_=typed)).values()) == expected


@pytest.fixture
def program_area(tmp_path):
    """A square around Downtown; Vernon lies south of it."""
    corners = [[-118.30, 34.02], [-118.20, 34.02], [-118.20, 34.08], [-118.30, 34.08], [-118.30, 34.02]]
    shape = {"type": "Polygon", "coordinates": [corners]}
    feature = {"type": "Feature", "properties": {"name": "Square"}, "geometry": shape}
    path = tmp_path / "area.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    call_command("load_programme_area", path, verbosity=0)


@pytest.mark.parametrize(("pin", "expected"), [(PIN_IN, "yes"), (PIN_OUT, "no")])
def test_a_pin_decides_where_the_program_area_is_loaded(pin, expected, program_area):
    check = a_check(places_=places(BOYLE | pin))
    assert set(answers_of(check).values()) == {expected}


@pytest.mark.parametrize(
    "kind", ["garment", "knitwear", "footwear", "bag", "jewellery", "hat", "home_textile", "other"]
)
def test_each_kind_rests_on_its_own_steps(kind):
    """Everything that the page asks for first, done inside, qualifies whatever the kind."""
    check = a_check(what(kind), places(INSIDE), {"where-sewing": "0"})
    needed = selfcheck.form_of(check, "steps").needed
    shares = {f"share-{step}": "10" for step in needed} | {f"share-{needed[-1]}": str(100 - 10 * (len(needed) - 1))}
    selfcheck.keep(check, "steps", {f"where-{step}": "0" for step in needed} | shares)
    assert set(answers_of(check).values()) == {"likely"}


def test_the_reasons_and_the_evidence_are_said_in_both_languages(client):
    check = a_check(places_=places(INSIDE), steps_=steps(sewing="elsewhere"))
    page = client.get(f"/apply/check/{check.key}/answer/").content.decode()
    assert "Assembled in Los Angeles: would not qualify" in page
    assert "was done elsewhere (Tijuana)" in page
    assert "possible once this step is done at a workplace in the City" in page
    assert "Add the City business tax certificate that names this address." in page
    page = client.get(f"/es/apply/check/{check.key}/answer/").content.decode()
    assert "Tijuana" in page
    assert "would not qualify" not in page
    assert "was done elsewhere" not in page


def test_evidence_is_asked_once_for_each_step_and_workplace():
    check = a_check()
    needs = {item.claim: evidence_list(item.evidence) for item in selfcheck.judge(selfcheck.read(check))}
    assert len([need for need in needs[Claim.MANUFACTURED] if need.startswith("Shop 0:")]) == 1
    assert len(needs[Claim.MANUFACTURED]) == 4, "cutting, sewing, finishing and the workplace"
    assert not any("share" in need for need in needs[Claim.MANUFACTURED])


def begun(client):
    response = client.post("/apply/check/")
    return SelfCheck.objects.get(), response.url


def test_a_visitor_is_led_from_question_to_answer(client):
    check, address = begun(client)
    assert address == f"/apply/check/{check.key}/what/"
    for typed, following in ((what(), "places"), (places(INSIDE), "steps"), (steps(), "answer")):
        response = client.post(address, typed)
        assert response.url == f"/apply/check/{check.key}/{following}/"
        address = response.url
    page = client.get(address)
    assert "likely would qualify, to be confirmed" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]


BAD = {
    "no title": ("what", what(title=""), "This field is required"),
    "an unknown kind": ("what", what("spaceship"), "Select a valid choice"),
    "no address": ("places", places(INSIDE | {"line1": ""}), "This field is required"),
    "half a pin": ("places", places(INSIDE | {"latitude": "34.04"}), "Give both numbers"),
    "a ZIP of four digits": ("places", places(INSIDE | {"zip_code": "9007"}), "five digits"),
    "a broken form": ("places", {"place-TOTAL_FORMS": "x"}, "Give at least one address"),
    "more than all": ("steps", steps() | {"share-sewing": "400"}, "less than or equal to 100"),
    "nowhere": ("steps", {"where-sewing": ""}, "at least one step"),
    "elsewhere without a place": ("steps", {"where-sewing": "elsewhere"}, "Say where else"),
    "a share without a place": ("steps", {"share-sewing": "40"}, "Choose where this is done"),
    "a place that is not there": ("steps", {"where-sewing": "7"}, "Select a valid choice"),
}


@pytest.mark.parametrize(("part", "typed", "message"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_said_and_kept(client, part, typed, message):
    check = a_check()
    address = f"/apply/check/{check.key}/{part}/"
    response = client.post(address, typed)
    assert response.status_code == 422
    assert message in response.content.decode()
    check.refresh_from_db()
    assert check.answers[part] == typed
    assert message in client.get(address).content.decode(), "the device may be closed in between"
    assert client.get(f"/apply/check/{check.key}/").url == address
    assert client.get(f"/apply/check/{check.key}/answer/").status_code == 302


def test_typing_saves_itself(client):
    check, address = begun(client)
    response = client.post(address, what(title=""), headers={"X-Autosave": "1"})
    assert re.match(r"\d+:\d\d", response.json()["saved"])
    check.refresh_from_db()
    assert check.answers["what"]["description"] == "Raw denim."


def test_the_same_device_goes_on(client):
    check, _address = begun(client)
    assert f"/apply/check/{check.key}/" in client.get("/apply/").content.decode()
    client.cookies["self_check"] = "nonsense"
    assert client.get("/apply/").status_code == 200


def test_another_address_is_added_without_losing_what_was_typed(client):
    check, _address = begun(client)
    selfcheck.keep(check, "what", what())
    client.post(f"/apply/check/{check.key}/places/", places(INSIDE | {"line1": ""}) | {"add": "1"})
    page = client.get(f"/apply/check/{check.key}/places/").content.decode()
    assert "Address 2" in page
    assert 'value="90079"' in page


def test_steps_come_after_the_questions_before(client):
    check, _address = begun(client)
    assert client.get(f"/apply/check/{check.key}/steps/").url == f"/apply/check/{check.key}/"
    assert client.get(f"/apply/check/{check.key}/nonsense/").status_code == 404
    assert client.get("/apply/check/5f4dcc3b-5aa7-45d6-9d83-2a8f1c1f0a11/").status_code == 404


def sign_up_form(**changes):
    form = {
        "claims": ["designed", "assembled"], "name": "Quiroz Denim", "legal_name": "Quiroz Denim LLC",
        "neighborhood": "Downtown", "email": "ana@example.org", "language": "es", "terms": 1, "accepts": "on",
    }  # fmt: skip
    return form | changes


def test_it_goes_on_into_the_application_once(client):
    check = a_check(places_=places(INSIDE | PIN_IN, VERNON), steps_=steps(cutting="1", concept="elsewhere"))
    address = f"/apply/check/{check.key}/continue/"
    assert client.get(address).url.startswith("/account/login/")
    ana = factories.person()
    client.force_login(ana)
    page = client.get(address).content.decode()
    assert 'value="Quiroz Denim"' in page, "nothing is typed twice"
    assert 'value="Downtown"' in page, "as the pin says"
    assert client.post(address, sign_up_form(legal_name="")).status_code == 422
    assert not Maker.objects.exists()
    first = client.post(address, sign_up_form())
    again = client.post(address, sign_up_form())
    case = Application.objects.get()
    assert first.url == again.url == f"/studio/applications/{case.pk}/"
    assert case.claims == ["designed", "assembled"]
    assert case.maker == Maker.objects.get()
    assert Workplace.objects.count() == 2
    assert Workplace.objects.get(name="Shop 0").coordinates_from == "pin"
    product = Product.objects.get()
    assert (product.title, product.is_public) == ("Denim jacket", False)
    rows = ProductionStep.objects.values_list("kind", "workplace__name", "elsewhere_place")
    assert rows[0] == ("concept", None, "Tijuana")
    assert ("cutting", "Shop 1", "") in rows
    assert client.get(first.url).status_code == 200
    check.refresh_from_db()
    assert check.application == case
    client.force_login(factories.owner_of(factories.maker()))
    assert client.post(address, sign_up_form()).status_code == 404, "another maker does not get in by the address"


def test_a_maker_goes_on_with_its_own_addresses(client):
    maker = factories.maker()
    factories.workplace(maker, name="Shop 0", **INSIDE)
    check = a_check()
    client.force_login(factories.owner_of(maker))
    client.post(f"/apply/check/{check.key}/continue/", {"claims": ["assembled"]})
    assert Application.objects.get().maker == maker
    assert Workplace.objects.count() == 1
    assert ProductionStep.objects.filter(workplace__maker=maker).count() == 6


def test_unused_checks_are_forgotten():
    used, unused = a_check(), a_check()
    used.application = factories.application(factories.product())
    used.save()
    with time_machine.travel(clock.now() + timedelta(days=91)):
        fresh = a_check()
        assert selfcheck.forget_unused() == 1
    assert set(SelfCheck.objects.all()) == {used, fresh}
    assert unused not in SelfCheck.objects.all()


def test_the_answer_is_the_rules_answer():
    """With everything shown and accepted, the application's own findings are as good as the self-check said."""
    check = a_check()
    with translation.override("en"):
        said = {item.claim: item for item in selfcheck.judge(selfcheck.read(check))}
    assert {item.answer for item in said.values()} == {Answer.LIKELY}
    assert all("to be confirmed" in meaning(finding) for finding in said[Claim.DESIGNED].because)


def test_only_so_many_are_begun_from_one_address(client):
    for _number in range(40):
        client.post("/apply/check/")
    assert SelfCheck.objects.count() == 30
