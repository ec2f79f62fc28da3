"""The public register: what a search finds, what its filters mean today, and that page, CSV and badge agree."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from certification.badge.badges import badge_for
from certification.models import Certificate, LineMember, ProductionStep, TouchedProduct
from certification.register import search
from certification.register.search import Query, register
from certification.selectors import changed_certificates, register_rows
from certification.services import certificates, lines, review
from certification.words import Reason
from makers.models import Maker, Workplace
from marketplace.core import clock
from tests import factories
from tests.factories import aftercare

pytestmark = pytest.mark.django_db
STATUSES = ("valid", "suspended", "withdrawn", "expired", "superseded")


def numbers(**asked) -> list[str]:
    return [item.number for item in register(Query(**asked))]


def by_filter() -> dict[str, set[str]]:
    return {status: set(numbers(status=status)) for status in STATUSES}


def by_row() -> dict[str, set[str]]:
    found = {status: set() for status in STATUSES}
    for row in register_rows(Certificate.objects.all()):
        found[row.status].add(row.certificate.number)
    return found


def from_csv(client, query: str = "") -> list[dict]:
    response = client.get(f"/register.csv{query}")
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


@pytest.fixture
def three():
    """Three certificates of two makers."""
    quiroz = factories.maker(name="Ana Quiroz Diseño")
    corn = factories.maker(name="Corn & Rose")
    jacket = factories.product(quiroz, title="Bomber jacket", title_es="Chamarra aviador")
    shoes = factories.product(corn, title="Canvas Shoes", kind="hat")
    tee = factories.product(corn, title="Plain tee")
    return [
        factories.certify(jacket, claims=["designed"]),
        factories.certify(shoes),
        factories.certify(tee, claims=["assembled", "manufactured"]),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", {0, 1, 2}),
        ("bomber", {0}), ("BOMBER JACKETS", {0}), ("jack bom", {0}), ("chamarra", {0}),
        ("quiroz", {0}), ("diseno", {0}), ("DISEÑO ana", {0}), ("bomber rose", set()),
        ("corn rose", {1, 2}), ("shoe", {1}), ("plai", {2}),
        ("nothing like it", set()), ("claimdesigned", set()), ('"; DROP TABLE x --', set()), ("***", {0, 1, 2}),
        ("NEAR(a b)", set()), ("words : bomber", set()), ("x' | 'bomber", set()),
    ],
)  # fmt: skip
def test_search(three, words, found):
    assert numbers(q=words) == [item.number for index, item in reversed(list(enumerate(three))) if index in found]


def test_search_by_number(three):
    for item in three:
        assert numbers(q=item.number) == [item.number]
        assert numbers(q=item.number.removeprefix("LAO-")) == [item.number]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"claim": "designed"}, {0, 1}), ({"claim": "manufactured"}, {1, 2}),
        ({"kind": "hat"}, {1}), ({"kind": "bag"}, set()), ({"criteria": "1"}, {0, 1, 2}), ({"criteria": "2"}, set()),
        ({"neighborhood": "Downtown"}, {0, 1, 2}), ({"neighborhood": "Venice"}, set()),
        ({"claim": "manufactured", "q": "tee"}, {2}), ({"kind": "hat", "q": "tee"}, set()),
        ({"year": "2019"}, set()),
    ],
)  # fmt: skip
def test_filters(three, asked, found):
    assert set(numbers(**asked)) == {three[index].number for index in found}
    assert set(numbers(year=str(clock.today().year), **{k: v for k, v in asked.items() if k != "year"})) >= set(
        numbers(**asked)
    )


def test_unknown_values_are_dropped(client, three):
    address = "/register/?status=green&claim=x&kind=y&neighborhood=Atlantis&criteria=²&year=99999999999&after=%00&q=%00"
    response = client.get(address)
    assert response.status_code == 200
    assert all(item.number in response.text for item in three)


def test_pages_go_on_where_the_last_one_ended(client, three, monkeypatch):
    monkeypatch.setattr(search, "PER_PAGE", 2)
    seen, address = [], "/register/"
    while address:
        response = client.get(address)
        seen += [row.certificate.number for row in response.context["rows"]]
        following = response.context["next_address"]
        address = f"/register/{following}" if following else ""
    assert seen == [item.number for item in reversed(three)]


CHANGES = [
    lambda product: Workplace.objects.filter(maker=product.maker).update(line1="1 Elsewhere Rd"),
    lambda product: ProductionStep.objects.filter(product=product).first().delete(),
    lambda product: ProductionStep.objects.filter(product=product, kind="sewing").update(cost_share=41),
    lambda product: ProductionStep.objects.create(product=product, kind="dyeing", elsewhere_place="Vernon"),
    lambda product: type(product).objects.filter(pk=product.pk).update(title="Another jacket"),
    lambda product: Maker.objects.filter(pk=product.maker_id).update(legal_name="Another name"),
    lambda product: LineMember.objects.create(product=product, lead=factories.product(product.maker)),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_through_any_door_moves_it_to_the_suspended(client, change):
    certificate = factories.certify(factories.product())
    assert numbers(status="valid") == [certificate.number]
    assert changed_certificates() == []
    change(certificate.product)
    assert (numbers(status="valid"), numbers(status="suspended")) == ([], [certificate.number])
    assert "looked at" in client.get("/register/?status=suspended").text


def test_changed_and_changed_back_is_valid():
    certificate = factories.certify(factories.product())
    Maker.objects.update(name="Another name")
    Maker.objects.update(name=certificate.maker_name)
    assert numbers(status="valid") == [certificate.number]


def test_what_is_not_certified_leaves_no_note():
    certificate = factories.certify(factories.product())
    piece = certificate.product
    type(piece).objects.filter(pk=piece.pk).update(description="Other words", care="Hang dry.")
    piece.maker.about = "We sew."
    piece.maker.save()
    assert not TouchedProduct.objects.filter(product_id=piece.pk).exists()


def test_issued_for_facts_that_changed_meanwhile():
    piece = factories.product()
    case = factories.evaluated(piece)
    Workplace.objects.filter(maker=piece.maker).update(line1="1 Elsewhere Rd")
    review.grant(user=factories.decider(), application=case, claims=case.claims, reason="Granted.")
    assert numbers(status="suspended") == [case.certificate.number]


def test_filter_row_badge_and_csv_agree_at_every_moment(client):
    pieces = [factories.product() for _ in range(6)]
    made = [factories.certify(piece) for piece in pieces]
    staff = factories.decider()
    certificates.suspend(user=staff, certificate=made[0], reason="The label is wrong.", reasons=["misuse"])
    certificates.withdraw(user=staff, certificate=made[1], reason="It is sewn in Vernon.", reasons=["outside_area"])
    certificates.give_back(user=factories.owner_of(made[2].maker), certificate=made[2])
    factories.certify(pieces[3])
    Workplace.objects.filter(maker=made[4].maker).update(line1="1 Elsewhere Rd")
    end = clock.end_of(made[5].valid_until)
    for moment in (clock.now(), end - timedelta(seconds=1), end, clock.start_of(made[5].valid_from) - timedelta(1)):
        with time_machine.travel(moment, tick=False):
            assert by_filter() == by_row()
            listed = from_csv(client)
            assert {row["number"]: row["status"] for row in listed} == {
                number: status for status, found in by_row().items() for number in found
            }
            badges = {badge.number for piece in pieces if (badge := badge_for(piece.pk))}
            assert badges == by_row()["valid"]


def test_ended_ones_stay_with_their_reasons(client):
    certificate = factories.certify(factories.product())
    words = {"reason": "It is sewn in Vernon.", "reasons": ["outside_area", "misuse"]}
    certificates.withdraw(user=factories.decider(), certificate=certificate, **words)
    for address, language in (
        ("/register/", "en"), (certificate.get_absolute_url(), "en"), ("/es/register/", "es"),
    ):  # fmt: skip
        text = client.get(address).text
        assert "It is sewn in Vernon." in text
        with translation.override(language):
            assert escape(str(Reason.OUTSIDE_AREA.label)) in text
    [row] = from_csv(client)
    assert row["status"] == "withdrawn"
    assert "The mark was used" in row["reason"]
    assert "It is sewn in Vernon." in row["reason"]


def test_csv_columns_filters_and_formulas(client, three):
    Certificate.objects.filter(pk=three[0].pk).update(product_description="=HYPERLINK(1)", maker_name="@SUM(A1)")
    rows = from_csv(client, "?claim=designed&q=jacket")
    assert list(rows[0]) == [
        "number", "product", "maker", "claims", "criteria", "valid_from", "valid_until", "status", "reason",
    ]  # fmt: skip
    assert [(row["number"], row["product"], row["maker"]) for row in rows] == [
        (three[0].number, "'=HYPERLINK(1)", "'@SUM(A1)")
    ]
    assert len(from_csv(client)) == 3


def test_nothing_typed_becomes_markup(client):
    certificate = factories.certify(factories.product(title="<script>alert(1)</script>"))
    evil = "%3Cscript%3Ealert(2)%3C/script%3E"
    for address in (f"/register/?q={evil}", "/register/", certificate.get_absolute_url()):
        text = client.get(address).text
        assert "<script>alert" not in text


def test_pieces_of_a_line_are_named(client):
    lead = factories.product(title="Bomber jacket")
    member = factories.product(lead.maker, title="Bomber jacket, long")
    factories.steps(lead)
    lines.set_line(user=factories.owner_of(lead.maker), lead=lead, products=[member])
    certificate = factories.certify(lead)
    assert numbers(q="long") == [certificate.number]
    for address in ("/register/", certificate.get_absolute_url()):
        assert "Bomber jacket, long" in client.get(address).text


def test_as_many_queries_for_one_as_for_many(client):
    counts = []
    for size in (1, 5, 40):
        pieces = [factories.product(factories.maker()) for _ in range(size)]
        factories.certify_in_bulk(pieces)
        with CaptureQueriesContext(connection) as captured:
            client.get("/register/?status=valid")
        counts.append(len(captured))
    assert counts[1] == counts[2] <= 12, counts


def test_the_record_says_what_happened_without_names(client):
    certificate = factories.certify(factories.product())
    staff = factories.decider()
    certificates.suspend(user=staff, certificate=certificate, reason="The label is wrong.", reasons=["misuse"])
    certificates.reinstate(user=staff, certificate=certificate, reason="The label was mended.")
    text = client.get(certificate.get_absolute_url()).text
    first, second, third = (text.index(f"<strong>Certificate {word}") for word in ("issued", "suspended", "reinstated"))
    assert first < second < third
    assert "The label is wrong." in text
    assert staff.name not in text
    assert staff.email not in text
    assert reverse("register:report_badge", args=[certificate.number]) in text


def test_the_criteria_in_words_come_from_the_rules(client):
    english, spanish = client.get("/criteria/1/").text, client.get("/es/criteria/1/").text
    for text in (english, spanish):
        assert "60" in text
    assert "at least 60 % of the production cost" in english
    assert "Concept, Pattern, Sample" in english
    assert "Lasting, Finishing" in english
    assert client.get("/criteria/2/").status_code == 404


def test_a_draft_of_the_criteria_is_not_public(client):
    draft = aftercare.criteria_draft(manufactured_share="70")
    assert client.get(f"/criteria/{draft.number}/").status_code == 404
