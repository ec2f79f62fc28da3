"""The public API: what it answers, that the schema says so, that register and API agree, and nothing private."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.search.listing import refresh_listings
from certification.models import Certificate, RegisterEntry
from certification.passport import public_steps
from certification.selectors import register_rows
from certification.services import certificates
from makers.models import Maker, Workplace
from makers.stories.services import publish_maker_page
from marketplace.core import clock
from tests import factories
from tests.api.schema import faults

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"


@pytest.fixture
def piece():
    """A certified piece on sale, of a maker with much to hide."""
    maker = factories.maker(
        name="Quiroz", neighborhood="Boyle Heights", email="secret@example.org", phone="213-555-0199", about="We sew."
    )
    factories.workplace(maker, line1="4321 Hidden Alley", garment_registration="000777888")
    made = factories.product(maker, title="Bomber jacket", description="Warm.")
    factories.certify(made)
    refresh_listings([made.pk])
    publish_maker_page(maker)
    return made


@pytest.fixture
def document(client):
    response = client.get(f"{ROOT}openapi.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def everything(piece) -> list[tuple[str, str]]:
    """(path of the schema, address) of each operation."""
    number = piece.certificates.get().number
    return [
        ("register/", "register/"), ("register/{number}/", f"register/{number}/"),
        ("makers/", "makers/"), ("makers/{slug}/", f"makers/{piece.maker.slug}/"),
        ("products/", "products/"), ("products/{pk}/", f"products/{piece.pk}/"),
    ]  # fmt: skip


def test_every_answer_fits_its_schema(client, piece, document):
    assert set(document["paths"]) == {ROOT + path for path, _address in everything(piece)}
    for path, address in everything(piece):
        response = client.get(ROOT + address)
        content = document["paths"][ROOT + path]["get"]["responses"]["200"]["content"]
        assert response.status_code == 200, address
        assert faults(response.json(), content["application/json"]["schema"], document) == []


def test_the_checker_sees_faults(document):
    schema = {"$ref": "#/components/schemas/MakerLine"}
    good = {"slug": "x", "name": "x", "neighborhood": "x", "url": "x"}
    assert faults(good, schema, document) == []
    assert faults(good | {"email": "x"}, schema, document)
    assert faults(good | {"name": 7}, schema, document)
    assert faults({"slug": "x"}, schema, document)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("register/LAO-1999-0001/", 404), ("makers/nobody/", 404), ("products/999999999/", 404),
        ("products/99999999999999999999999/", 422), ("nothing/here", 404), ("register/?q=%00", 200),
        ("register/?limit=0", 422), ("register/?limit=201", 422), ("register/?limit=many", 422),
        ("register/?status=green", 422), ("register/?claim=sewn", 422), ("register/?year=1", 422),
        ("register/?lang=de", 422), ("makers/?limit=201", 422), ("products/?after=-1", 422),
        ("products/?kind=car", 422), (f"register/?q={'x' * 81}", 422),
    ],
)  # fmt: skip
def test_no_is_said_in_one_way(client, piece, document, address, status):
    response = client.get(ROOT + address)
    assert response.status_code == status
    assert response["Access-Control-Allow-Origin"] == "*"
    if status != 200:
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert faults(problem, {"$ref": "#/components/schemas/Problem"}, document) == []
        assert problem["status"] == status
        assert problem["detail"]


def test_it_only_reads(client, piece):
    for _path, address in everything(piece):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(ROOT + address).status_code == 405


def test_nothing_private_is_in_any_answer(client, piece):
    factories.certify(piece)
    certificate = piece.certificates.latest("pk")
    certificates.suspend(user=factories.decider(), certificate=certificate, reason="A false label.", reasons=["misuse"])
    certificates.reinstate(user=factories.decider(), certificate=certificate, reason="Mended.")
    maker, owner = piece.maker, factories.owner_of(piece.maker)
    hidden = [
        "@", maker.legal_name, maker.phone, "Hidden Alley", "000777888", owner.name, factories.decider().name,
        "stripe", "evidence", "fingerprint",
    ]  # fmt: skip
    for address in (
        "register/", f"register/{certificate.number}/", "makers/", f"makers/{maker.slug}/", "products/",
        f"products/{piece.pk}/",
    ):  # fmt: skip
        text = json.dumps(client.get(ROOT + address).json(), ensure_ascii=False)
        assert certificate.number in text or "makers" in address
        assert [word for word in hidden if word.lower() in text.lower()] == [], address
        assert not re.search(r"\b\d{3,5} [A-Z]\w+ (St|Ave|Rd|Alley)\b", text)


def test_an_answer_that_is_known_is_not_sent_again(client, piece):
    address = f"{ROOT}register/{piece.certificates.get().number}/"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert "max-age=30" in first["Cache-Control"]
    Workplace.objects.update(line1="1 Elsewhere Rd")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["status"]) == (200, "suspended")


def test_pages_hold_everything_once(client):
    pieces = [factories.product(factories.maker()) for _ in range(7)]
    factories.certify_in_bulk(pieces)
    refresh_listings(item.pk for item in pieces)
    for name, key, wanted in (
        ("products", "id", {item.pk for item in pieces}),
        ("makers", "slug", {item.maker.slug for item in pieces}),
    ):
        seen, after = [], ""
        while after is not None:
            page = client.get(f"{ROOT}{name}/?limit=3{f'&after={after}' if after else ''}").json()
            seen += [item[key] for item in page["items"]]
            after = page["next"]
        assert len(seen) == len(set(seen))
        assert set(seen) == wanted


def test_the_register_in_pages_and_an_unknown_place_to_go_on(client):
    made = [factories.certify(factories.product()).number for _ in range(5)]
    seen, after = [], ""
    while after is not None:
        page = client.get(f"{ROOT}register/", {"limit": 2, "after": after}).json()
        seen += [item["number"] for item in page["items"]]
        after = page["next"]
    assert seen == made[::-1]
    assert client.get(f"{ROOT}register/", {"after": "LAO-1999-0001"}).json() == {"items": [], "next": None}


def test_filters(client, piece):
    other = factories.product(title="Plain tee", kind="hat")
    factories.certify(other, claims=["designed"])
    refresh_listings([other.pk])
    for address, found in {
        "register/?q=bomb": 1, "register/?kind=hat": 1, "register/?claim=designed": 2, "register/?status=valid": 2,
        "register/?claim=manufactured": 1, "register/?status=withdrawn": 0, "register/?criteria=1": 2,
        "register/?neighborhood=boyle heights": 1, "register/?neighborhood=Atlantis": 0,
        "products/?q=tee": 1, "products/?kind=hat": 1, "products/?claim=manufactured": 1,
        f"products/?maker={piece.maker.slug}": 1, "makers/?neighborhood=BOYLE HEIGHTS": 1,
    }.items():  # fmt: skip
        assert len(client.get(ROOT + address).json()["items"]) == found, address


def test_api_and_register_agree_around_a_change(client, piece):
    certificate = piece.certificates.get()
    staff = factories.decider()
    end = clock.end_of(certificate.valid_until)

    def agree():
        [row] = register_rows([Certificate.objects.get(pk=certificate.pk)])
        data = client.get(f"{ROOT}register/{certificate.number}/").json()
        on_sale = client.get(f"{ROOT}products/{piece.pk}/").status_code == 200
        assert data["status"] == row.status
        assert on_sale == (row.status == "valid") == bool(client.get(f"{ROOT}products/").json()["items"])
        return data

    for moment, status in ((end - timedelta(seconds=1), "valid"), (end, "expired")):
        with time_machine.travel(moment, tick=False):
            assert agree()["status"] == status
    certificates.suspend(user=staff, certificate=certificate, reason="A false label.", reasons=["misuse"])
    data = agree()
    assert (data["reason"], data["reasons"][0]["code"]) == ("A false label.", "misuse")
    certificates.reinstate(user=staff, certificate=certificate, reason="Mended.")
    assert agree()["reasons"] == []
    Maker.objects.update(legal_name="Another name")
    assert agree()["status"] == "suspended"
    Maker.objects.update(legal_name=piece.maker.legal_name)
    certificates.withdraw(user=staff, certificate=certificate, reason="In Vernon.", reasons=["outside_area"])
    assert agree()["status"] == "withdrawn"


def test_as_many_queries_for_few_as_for_many(client):
    counts = {"register/": [], "makers/": [], "products/": []}
    for size in (2, 40):
        pieces = [factories.product(factories.maker()) for _ in range(size)]
        factories.certify_in_bulk(pieces)
        refresh_listings(item.pk for item in pieces)
        for address, found in counts.items():
            with CaptureQueriesContext(connection) as captured:
                client.get(f"{ROOT}{address}?limit=200")
            found.append(len(captured))
    assert all(few == many for few, many in counts.values()), counts


def test_a_workplace_is_placed_by_its_own_row_of_the_city(piece):
    case = piece.certificates.get().application
    account = "0003301266-0001-1"
    RegisterEntry.objects.create(
        account=account, name="QUIROZ", street="4321 HIDDEN ALLEY", zip_code="90079-", latitude="33.9400",
        longitude="-118.2440", council_district=15, seen_at=clock.now(),
    )  # fmt: skip
    for step in case.facts["steps"]:
        step["register_account"] = account
    assert {step["neighborhood"] for step in public_steps(case)} == {"Watts"}
