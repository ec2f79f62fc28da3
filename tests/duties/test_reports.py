"""Anyone reports a listing; staff answer; the reporter reads what came of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.order.workflow import WrongMoment
from marketplace.core import clock, outbox
from marketplace.duties import reports, workflow
from marketplace.duties.models import ListingReport
from marketplace.duties.words import ReportAction, ReportStatus
from tests import factories
from tests.factories import duties

pytestmark = pytest.mark.django_db
TYPED = {"kind": "counterfeit", "text": "The label is glued on.", "name": "Kim", "email": "kim@example.org"}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def piece():
    return factories.product(title="Work coat")


def address(piece) -> str:
    return f"{piece.get_absolute_url()}report/"


def filed(piece, **changes) -> ListingReport:
    return reports.report_listing(product=piece, **(TYPED | changes))


def test_the_page_of_a_piece_leads_to_the_form_and_the_form_to_a_telephone(client, settings):
    piece = factories.certified_product()
    page = client.get(piece.get_absolute_url()).content.decode()
    assert address(piece) in page
    assert settings.REPORT_PHONE in page
    assert settings.REPORT_PHONE in client.get(address(piece)).content.decode()


def test_a_report_is_filed_without_an_account_and_both_are_told(client, piece, settings):
    answer = client.post(address(piece), TYPED)
    report = ListingReport.objects.get()
    assert f"Its number is {report.pk}" in answer.content.decode()
    outbox.deliver()
    assert {message.to[0] for message in mail.outbox} == {settings.STAFF_EMAIL, "kim@example.org"}
    assert not any("kim@example.org" in message.body for message in mail.outbox if message.to == [piece.maker.email])


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"kind": ""}, "required"), ({"kind": "boring"}, "valid"), ({"text": " "}, "required"), ({"email": "x"}, "valid")],
)
def test_what_is_missing_is_said_and_nothing_is_lost(client, piece, changes, words):
    answer = client.post(address(piece), TYPED | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="Kim"' in answer.content.decode()
    assert not ListingReport.objects.exists()


def test_a_machine_files_nothing(client, piece):
    assert client.post(address(piece), TYPED | {"website": "http://spam.example"}).status_code == 302
    assert not ListingReport.objects.exists()


def test_one_network_files_ten_in_an_hour(client, piece):
    codes = [client.post(address(piece), TYPED).status_code for _ in range(11)]
    assert codes == [200] * 10 + [422]
    assert ListingReport.objects.count() == 10


def test_a_listing_takes_no_more_than_so_many_open_reports(piece):
    for _ in range(reports.MOST_OPEN):
        filed(piece)
    with pytest.raises(ValidationError, match="being looked at"):
        filed(piece)


def test_a_piece_that_is_not_public_has_no_form(client, piece):
    type(piece).objects.filter(pk=piece.pk).update(is_public=False)
    assert client.get(address(piece)).status_code == 404


@pytest.mark.parametrize("status", ReportStatus)
@pytest.mark.parametrize("action", ReportAction)
def test_the_table_of_a_report(piece, status, action):
    report = filed(piece)
    ListingReport.objects.update(status=status)
    expected = workflow.REPORT_TRANSITIONS.get((status, action))
    if expected is None:
        with pytest.raises(WrongMoment):
            workflow.perform_report(report=report, action=action, actor=None)
        expected = status
    else:
        workflow.perform_report(report=report, action=action, actor=None)
    assert ListingReport.objects.get().status == expected


def test_strangers_decide_nothing(piece):
    report = filed(piece)
    for user in (factories.person(), factories.staff(), factories.owner_of(piece.maker)):
        for act in (
            lambda user=user: reports.look_at(user=user, report=report),
            lambda user=user: reports.reopen(user=user, report=report),
            lambda user=user: reports.answer(user=user, report=report, acted=True, words="Gone."),
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert ListingReport.objects.get().status == ReportStatus.FILED


def test_the_desk_answers_and_the_reporter_reads_it(client, admin_code, piece):
    report = filed(piece)
    admin_code(client, duties.officer())
    assert "Work coat" in client.get("/staff/duties/reports/").content.decode()
    page = f"/staff/duties/reports/{report.pk}/"
    assert client.post(page, {"action": "act", "words": ""}).status_code == 422
    assert client.post(page, {"action": "look"}).status_code == 302
    assert client.post(page, {"action": "act", "words": "The listing is gone."}).status_code == 302
    assert client.post(page, {"action": "act", "words": "Again."}).status_code == 200, "it is closed"
    assert client.post(page, {"action": "burn", "words": "x"}).status_code == 404
    outbox.deliver()
    letter = next(message for message in mail.outbox if "The listing is gone." in message.body)
    assert letter.to == ["kim@example.org"]
    history = [change.to_status for change in report.changes.all()]
    assert history == [ReportStatus.FILED, ReportStatus.LOOKING, ReportStatus.ACTED]
    assert "Work coat" not in client.get("/staff/duties/reports/").content.decode()


def test_a_reporter_is_forgotten_a_year_after_the_answer(piece):
    report, open_one = filed(piece), filed(piece)
    reports.answer(user=duties.officer(), report=report, acted=False, words="All is well.")
    ListingReport.objects.update(changed_at=clock.now() - timedelta(days=366))
    assert reports.forget_reporters() == 1
    assert ListingReport.objects.get(pk=report.pk).email == ""
    assert ListingReport.objects.get(pk=open_one.pk).email == "kim@example.org"
