"""The tax desk's screens: who gets in, which rate and why, a file looked at before it is taken over, other states."""

import time
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.core import clock
from marketplace.tax.finding import rate_for
from marketplace.tax.models import Obligation, RateLoad, TaxRate
from marketplace.tax.obligations import begin_obligation, end_obligation
from marketplace.tax.rates import Destination, TaxUnknown
from tests import access, factories
from tests.factories import tax as tax_factories

from .test_loading import HEADER, SAMPLE, load, sample_with

pytestmark = pytest.mark.django_db
PAGES = ["/staff/tax/", "/staff/tax/rates/", "/staff/tax/load/", "/staff/tax/states/", "/staff/tax/report/"]
SEATTLE = Destination("WA", "98101", city="Seattle")


@pytest.fixture
def user():
    return tax_factories.bookkeeper()


@pytest.fixture
def desk(user):
    return access.signed_in(user, second_factor=True)


@pytest.mark.parametrize("path", [*PAGES, "/staff/tax/report.csv"])
def test_the_desk_is_for_bookkeepers_with_a_second_factor(path, client, desk):
    assert client.get(path).url.startswith("/account/login/")
    for other in (factories.person("x@example.org"), factories.owner_of(factories.maker())):
        assert access.signed_in(other).get(path).status_code == 404
    assert access.signed_in(factories.staff("Evaluators"), second_factor=True).get(path).status_code == 404
    assert access.signed_in(tax_factories.bookkeeper()).get(path).url.startswith("/account/2fa/")
    assert desk.get(path).status_code == 200


def test_a_reader_sees_rates_and_changes_nothing(client):
    from django.contrib.auth.models import Permission

    reader = factories.staff()
    reader.user_permissions.add(Permission.objects.get(codename="view_rate", content_type__app_label="tax"))
    mine = access.signed_in(reader, second_factor=True)
    assert mine.get("/staff/tax/rates/").status_code == 200
    assert mine.get("/staff/tax/load/").status_code == 404
    assert b"Load a file</a></li>" not in mine.get("/staff/tax/").content
    form = {"state": "WA", "from_day": "2030-01-01", "note": "nexus"}
    assert mine.post("/staff/tax/states/", form).status_code == 404
    assert not Obligation.objects.exists()


def test_the_rate_of_an_address_is_explained(desk):
    ask = {"city": "Los Angeles", "zip_code": "90401", "state": "CA", "day": "2026-03-01"}
    page = desk.get("/staff/tax/", ask).content.decode()
    assert "Santa Monica: 10.75" in page
    assert "the higher rate of the two places holds" in page
    assert "No tax" in desk.get("/staff/tax/", ask | {"state": "NY", "zip_code": "10001"}).content.decode()
    TaxRate.objects.all().delete()
    from marketplace.tax import table

    table.changed()
    assert "no rate is known" in desk.get("/staff/tax/", ask).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"zip_code": "9001"}, {"zip_code": "٩٠٠١٤"}, {"day": "soon"}, {"day": "1900-01-01"}, {"state": "XX"}]
)
def test_a_wrong_question_is_told_what_to_do_and_kept(desk, wrong):
    answer = desk.get(
        "/staff/tax/", {"city": "Venice", "zip_code": "90291", "state": "CA", "day": "2026-03-01"} | wrong
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Please fix this" in page
    assert 'value="Venice"' in page


def test_rates_are_searched_by_place(desk):
    page = desk.get("/staff/tax/rates/", {"q": "monica"}).content.decode()
    assert "Santa Monica" in page
    assert "Palmdale" not in page
    assert "No place of that name" in desk.get("/staff/tax/rates/", {"q": "x\x00y<b>"}).content.decode()


def _upload(content: bytes, name="rates.csv") -> dict:
    return {"file": SimpleUploadedFile(name, content), "state": "CA", "from_day": "2026-07-01"}


def test_a_file_is_looked_at_first_and_then_taken_over(desk, user):
    load()
    loads = RateLoad.objects.count()
    answer = desk.post("/staff/tax/load/", _upload(sample_with("Santa Monica,0.1075", "Santa Monica,0.11")))
    page = answer.content.decode()
    assert "10.75 %" in page
    assert "11 %" in page
    assert RateLoad.objects.count() == loads
    sealed = answer.context["apply_form"].initial["looked_at"]
    done = desk.post("/staff/tax/load/apply/", {"looked_at": sealed})
    assert done.url == "/staff/tax/rates/"
    kept = RateLoad.objects.first()
    assert (kept.loaded_by, kept.file_name, kept.added) == (user, "rates.csv", 1)
    assert rate_for(Destination("CA", "90401", city="Santa Monica"), date(2026, 7, 1)).ppm == 110_000


def test_what_was_looked_at_is_the_persons_own_and_not_to_be_altered(desk):
    sealed = desk.post("/staff/tax/load/", _upload(SAMPLE.read_bytes())).context["apply_form"].initial["looked_at"]
    other = access.signed_in(tax_factories.bookkeeper(), second_factor=True)
    for asker, value in ((other, sealed), (desk, sealed[:-2] + "xx"), (desk, ""), (desk, "x" * 100_000)):
        assert asker.post("/staff/tax/load/apply/", {"looked_at": value}).status_code == 422
    with time_machine.travel(time.time() + 2 * 24 * 3600):
        answer = desk.post("/staff/tax/load/apply/", {"looked_at": sealed})
        assert "too old" in answer.content.decode()
    assert RateLoad.objects.count() == 1


def test_a_broken_file_is_refused_with_its_rows(desk):
    answer = desk.post("/staff/tax/load/", _upload(HEADER.encode() + b"Oakland,abc,Alameda,City,\nX,<b>,Y,City,"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Row 2" in page
    assert "Row 3" in page
    assert "<b>" not in page
    for wrong in ({}, {"file": SimpleUploadedFile("x.csv", b"")}, {"file": "text"}):
        assert desk.post("/staff/tax/load/", {"state": "CA", "from_day": "2026-07-01"} | wrong).status_code == 422


@pytest.fixture
def washington():
    load(
        HEADER.encode() + b"Washington,0.065,,State,\nSeattle,0.1035,King,City,", state="WA", from_day=date(2026, 1, 1)
    )


def test_a_state_is_switched_on_with_a_day_and_off_again(user, washington):
    with time_machine.travel("2026-05-02 12:00:00-07:00", tick=False):
        today = clock.today()
        assert rate_for(SEATTLE, today).ppm == 0
        begin_obligation(
            user=user, state="WA", from_day=date(2026, 5, 10), taxes_shipping=True, note="threshold passed in April"
        )
        for day, ppm in ((date(2026, 5, 9), 0), (date(2026, 5, 10), 103_500)):
            assert rate_for(SEATTLE, day).ppm == ppm
        row = Obligation.objects.get()
        end_obligation(user=user, obligation=row, until=date(2026, 6, 1), note="permit closed")
        assert [rate_for(SEATTLE, day).ppm for day in (date(2026, 6, 1), date(2026, 6, 2))] == [103_500, 0]
        row.refresh_from_db()
        assert (row.ended_by, row.end_note, row.taxes_shipping) == (user, "permit closed", True)


def test_the_screens_switch_states(desk, washington):
    day = clock.today().isoformat()
    assert (
        desk.post("/staff/tax/states/", {"state": "WA", "from_day": day, "note": "nexus"}).url == "/staff/tax/states/"
    )
    row = Obligation.objects.get()
    page = desk.get("/staff/tax/states/").content.decode()
    assert "Washington" in page
    assert desk.post(f"/staff/tax/states/{row.pk}/end/", {"until": "1999-01-01", "note": "x"}).status_code == 422
    assert desk.post(f"/staff/tax/states/{row.pk}/end/", {"until": day, "note": "closed"}).status_code == 302
    assert desk.get(f"/staff/tax/states/{row.pk}/end/").status_code == 404


WRONG = [
    ({"state": "CA"}, "state"), ({"state": "wa"}, "state"), ({"state": "OR"}, "state"),
    ({"from_day": date(2026, 5, 1)}, "from_day"), ({"note": "  "}, "note"), ({"note": "x" * 501}, "note"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_an_obligation_that_makes_no_sense_is_refused(user, washington, wrong, field):
    with time_machine.travel("2026-05-02 12:00:00-07:00", tick=False):
        right = {"state": "WA", "from_day": date(2026, 5, 2), "taxes_shipping": False, "note": "nexus"}
        with pytest.raises(ValidationError) as refused:
            begin_obligation(user=user, **(right | wrong))
        assert list(refused.value.message_dict) == [field]
        begin_obligation(user=user, **right)
        with pytest.raises(ValidationError):
            begin_obligation(user=user, **right)
    assert Obligation.objects.count() == 1


def test_obligations_are_for_those_who_may(washington):
    other = factories.staff("Evaluators")
    with pytest.raises(PermissionDenied):
        begin_obligation(user=other, state="WA", from_day=clock.today(), taxes_shipping=False, note="x")
    row = Obligation.objects.create(state="WA", from_day=clock.today(), note="x")
    with pytest.raises(PermissionDenied):
        end_obligation(user=other, obligation=row, until=clock.today(), note="x")


def test_where_tax_is_owed_but_the_rate_unknown_nothing_is_reckoned(washington):
    Obligation.objects.create(state="OR", from_day=date(2026, 1, 1), note="x")
    from marketplace.tax import table

    table.changed()
    with pytest.raises(TaxUnknown):
        rate_for(Destination("OR", "97201", city="Portland"), date(2026, 5, 1))
