"""The desk's forms and the public register: bad input is answered, nothing changes."""

import csv
import io

import pytest
from django.core import mail

from certification.badge.badges import badge_for
from certification.models import Certificate, ConflictOfInterest, WorkplaceCheck
from certification.services import certificates, review
from marketplace.core import outbox
from tests import factories
from tests.access import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return signed_in(factories.evaluator(), second_factor=True)


@pytest.fixture
def deciding():
    return signed_in(factories.decider(), second_factor=True)


@pytest.fixture
def piece():
    return factories.product()


def test_the_queue_shows_who_waits_longest_first(desk, piece):
    second = factories.submitted(factories.product(piece.maker))
    first = factories.submitted(piece)
    type(first).objects.filter(pk=first.pk).update(submitted_at="2026-01-01T00:00:00Z")
    page = desk.get("/review/").content.decode()
    assert page.index(str(first)) < page.index(str(second))
    assert "late" in page
    assert desk.get("/review/?status=nonsense&page=x").status_code == 200


@pytest.mark.parametrize(
    ("action", "form", "message"),
    [
        ("ask", {"question": " "}, "This field is required"),
        ("recommend", {"recommendation": "maybe", "reason": "x"}, "Select a valid choice"),
        ("recommend", {"recommendation": "grant", "claims": ["designed"], "reason": ""}, "This field is required"),
        ("recommend", {"recommendation": "grant", "claims": ["designed"], "reason": "Fine."}, "Not every finding"),
        ("recommend", {"recommendation": "grant", "claims": [], "reason": "Fine."}, "Choose at least one claim"),
        ("recommend", {"recommendation": "grant", "claims": ["invented"], "reason": "x"}, "Select a valid choice"),
        ("conflict", {"reason": ""}, "This field is required"),
    ],
)
def test_a_bad_form_keeps_the_case_as_it_is(desk, piece, action, form, message):
    case = review.start_evaluation(user=factories.evaluator(), application=factories.submitted(piece))
    response = desk.post(f"/review/{case.pk}/{action}/", form)
    assert response.status_code == 422
    assert message in response.content.decode()
    case.refresh_from_db()
    assert case.status == "evaluating"
    assert not ConflictOfInterest.objects.exists()


def test_a_workplace_of_another_case_is_not_checked(desk, piece):
    case = review.start_evaluation(user=factories.evaluator(), application=factories.submitted(piece))
    foreign = factories.workplace(factories.maker())
    form = {"inside": "yes", "record_accepted": "yes", "reason": "Seen."}
    assert desk.post(f"/review/{case.pk}/workplace/{foreign.pk}/", form).status_code == 404
    mine = piece.maker.workplaces.get()
    empty = desk.post(f"/review/{case.pk}/workplace/{mine.pk}/", {"reason": "Seen."})
    assert "Say whether the address is inside" in empty.content.decode()
    assert not WorkplaceCheck.objects.exists()


def test_the_decision_reaches_shop_and_maker(deciding, piece):
    case = factories.evaluated(piece)
    form = {"decision": "grant", "claims": case.claims, "reason": "As recommended."}
    assert deciding.post(f"/review/{case.pk}/decide/", form).status_code == 302
    assert badge_for(piece.pk)
    assert piece.title in deciding.get("/shop/").content.decode()
    outbox.deliver()
    letter = mail.outbox[-1]
    assert letter.to == [piece.maker.email]
    assert "As recommended." in letter.body
    again = deciding.post(f"/review/{case.pk}/decide/", form, follow=True)
    assert "this can&#x27;t be done" in again.content.decode()
    assert Certificate.objects.count() == 1


def test_a_refusal_gives_its_reasons_in_the_makers_language(deciding, piece):
    type(piece.maker).objects.update(language="es")
    case = factories.evaluated(piece)
    deciding.post(
        f"/review/{case.pk}/decide/",
        {"decision": "refuse", "reason": "Costura en Vernon.", "reasons": ["outside_area"]},
    )
    outbox.deliver()
    assert "no está certificada" in mail.outbox[-1].body
    assert "Costura en Vernon." in mail.outbox[-1].body


def test_a_certificate_is_suspended_with_a_public_reason(deciding, client, piece):
    certificate = factories.certify(piece)
    address = f"/review/certificates/{certificate.number}/"
    assert deciding.post(address, {"action": "suspend", "reason": ""}).status_code == 422
    assert deciding.post(address, {"action": "explode", "reason": "x"}).status_code == 422
    assert deciding.post(address, {"action": "suspend", "reason": "No reason chosen."}).status_code == 422
    assert badge_for(piece.pk)
    deciding.post(address, {"action": "suspend", "reason": "The invoice is unclear.", "reasons": ["contradiction"]})
    assert badge_for(piece.pk) is None
    assert "The invoice is unclear." in client.get(f"/verify/{certificate.number}/").content.decode()
    assert "not certified now" in client.get(piece.get_absolute_url()).content.decode()


def test_the_register_answers_any_query(client, piece):
    factories.certify(piece)
    for query in ("?q=%00", "?q='%22;--", "?page=-1", "?page=x", "?status=nonsense&claim=x", "?q=" + "x" * 5000):
        assert client.get(f"/register/{query}").status_code == 200
    assert piece.title in client.get("/register/?claim=designed&status=valid").content.decode()
    assert piece.title not in client.get("/register/?status=withdrawn").content.decode()


@pytest.mark.parametrize("number", ["LAO-2020-0001", "%00", "x" * 300, "LAO-2026-9999;--"])
def test_an_unknown_number_is_404(client, number):
    assert client.get(f"/verify/{number}/").status_code == 404


def test_the_open_data_has_the_promised_columns_and_no_formulas(client):
    evil = factories.product(title="=HYPERLINK(1)")
    ended = factories.certify(factories.product())
    factories.certify(evil)
    certificates.withdraw(user=factories.decider(), certificate=ended, reason="@moved", reasons=["changed"])
    rows = list(csv.DictReader(io.StringIO(client.get("/register.csv").getvalue().decode())))
    assert list(rows[0]) == [
        "number", "product", "maker", "claims", "criteria", "valid_from", "valid_until", "status", "reason",
    ]  # fmt: skip
    assert {row["product"] for row in rows} >= {"'=HYPERLINK(1)"}
    assert {row["status"]: row["reason"] for row in rows}["withdrawn"].startswith("'@moved · ")


def test_filing_for_a_maker_refuses_what_is_no_piece(desk):
    for product in ("", "x", "999999", "-1"):
        assert desk.post("/review/file/", {"product": product, "claims": ["designed"]}).status_code == 422
