"""Life after the decision: renewal, appeals, reported badges, surveillance, visits, panel, criteria, letters."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from pypdf import PdfReader

from certification import audit, deadlines, letters
from certification.badge.badges import badge_for, badges_for
from certification.cases import carried_evidence
from certification.impact import affected, changes
from certification.models import Application, Certificate, CriteriaVersion, Evidence
from certification.passport import public_steps
from certification.permissions import DECIDERS, EVALUATORS, ConflictError, may_work
from certification.programme import criteria_in_force
from certification.rules.draw import draw
from certification.selectors import register_rows
from certification.services import (
    appeals,
    applications,
    certificates,
    complaints,
    criteria,
    expiry,
    lines,
    panel,
    review,
    surveillance,
    thread,
    visits,
)
from certification.services import evidence as evidence_service
from certification.words import Perm
from certification.workflow import WrongMoment
from makers.models import Membership
from makers.services import save_workplace
from marketplace.core import clock, outbox
from marketplace.core.models import OutboxMessage
from tests import factories
from tests.access import signed_in
from tests.factories import aftercare

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece():
    return factories.product()


@pytest.fixture
def certificate(piece):
    return factories.certify(piece)


def owner(row):
    return factories.owner_of(row.maker)


def second(group):
    return factories.staff(group)


# Renewal


def test_a_renewal_shows_and_proves_only_what_changed(certificate):
    piece = certificate.product
    step = piece.production_steps.get(kind="sewing")
    step.cost_share, other = 30, piece.production_steps.get(kind="finishing")
    other.cost_share = 30
    rest = list(piece.production_steps.exclude(pk__in=[step.pk, other.pk]))
    applications.save_steps(user=owner(piece), product=piece, steps=[*rest, step, other])
    assert badge_for(piece.pk) is None
    case = applications.start_application(user=owner(piece), product=piece, claims=certificate.claims)
    assert case.renews == certificate
    case = applications.submit(user=owner(piece), application=case)
    carried = carried_evidence(case, case.facts)
    assert {item.step.kind for item in carried if item.step} == {"concept", "pattern", "sample", "cutting"}
    assert any(item.workplace for item in carried)


def test_a_renewal_without_changes_needs_no_new_file_and_loses_no_day(certificate):
    with time_machine.travel(clock.start_of(certificate.valid_until) - timedelta(days=20), tick=False):
        case = applications.start_application(
            user=owner(certificate), product=certificate.product, claims=certificate.claims
        )
        case = applications.submit(user=owner(certificate), application=case)
        case = review.start_evaluation(user=factories.evaluator(), application=case)
        words = {"claims": case.claims, "reason": "As before."}
        review.recommend(user=factories.evaluator(), application=case, recommendation="grant", **words)
        review.grant(user=factories.decider(), application=case, **words)
        new = Certificate.objects.get(application=case)
        assert new.valid_from == clock.today()
        assert new.valid_until == certificates.last_day(certificate.valid_until + timedelta(days=1))
        assert badge_for(certificate.product_id).number == new.number


def test_a_withdrawn_certificate_is_not_renewed(certificate):
    certificates.withdraw(user=factories.decider(), certificate=certificate, reason="No.", reasons=["misuse"])
    case = applications.start_application(user=owner(certificate), product=certificate.product, claims=["designed"])
    assert case.renews is None


def test_notices_go_out_60_30_and_7_days_ahead_once_each(certificate):
    def on(days):
        with time_machine.travel(clock.start_of(certificate.valid_until) - timedelta(days=days, hours=-9), tick=False):
            expiry.send_notices()
            expiry.send_notices()
            outbox.deliver()
        return OutboxMessage.objects.filter(key__startswith="expiry:").count()

    assert [on(days) for days in (61, 60, 45, 30, 29, 8, 7, 0, -1)] == [0, 1, 1, 2, 2, 2, 3, 3, 3]
    assert len(mail.outbox) == 3
    assert "ends soon" in mail.outbox[-1].subject
    assert certificate.number in mail.outbox[-1].body


# Lines


def test_one_certificate_covers_a_line_and_a_renamed_member_loses_only_its_own_badge(piece):
    sisters = [factories.product(piece.maker) for _ in range(2)]
    lines.set_line(user=owner(piece), lead=piece, products=sisters)
    certificate = factories.certify(piece)
    ids = [piece.pk, *(item.pk for item in sisters)]
    assert {badge.number for badge in badges_for(ids).values()} == {certificate.number}
    sisters[0].title = "Another name"
    sisters[0].save()
    assert set(badges_for(ids)) == {piece.pk, sisters[1].pk}
    lines.set_line(user=owner(piece), lead=piece, products=[sisters[0]])
    assert set(badges_for(ids)) == {piece.pk}
    place = piece.maker.workplaces.get()
    place.line1 = "860 S Los Angeles St"
    save_workplace(user=owner(piece), workplace=place)
    assert badges_for(ids) == {}


def test_what_can_not_be_in_a_line(piece):
    bag = factories.product(piece.maker, kind="bag")
    foreign = factories.product()
    sister = factories.product(piece.maker)
    with pytest.raises(ValidationError, match="another kind"):
        lines.set_line(user=owner(piece), lead=piece, products=[bag])
    with pytest.raises(PermissionDenied):
        lines.set_line(user=owner(piece), lead=piece, products=[foreign])
    with pytest.raises(PermissionDenied):
        lines.set_line(user=owner(foreign), lead=piece, products=[sister])
    lines.set_line(user=owner(piece), lead=piece, products=[sister])
    with pytest.raises(ValidationError, match="belongs to another line"):
        lines.set_line(user=owner(piece), lead=sister, products=[])
    with pytest.raises(ValidationError, match="certified with that"):
        applications.start_application(user=owner(piece), product=sister, claims=["designed"])
    third = factories.product(piece.maker)
    with pytest.raises(ValidationError, match="leads a line"):
        lines.set_line(user=owner(piece), lead=third, products=[piece])


# Appeals


def test_an_upheld_appeal_against_a_refusal_is_judged_again_by_others():
    appeal = aftercare.appeal()
    case = appeal.application
    with pytest.raises(ConflictError):
        appeals.hear(user=factories.decider(), appeal=appeal)
    hearer = second(DECIDERS)
    appeal = appeals.hear(user=hearer, appeal=appeal)
    with pytest.raises(ValidationError, match="reasons"):
        appeals.uphold(user=hearer, appeal=appeal, text=" ")
    appeals.uphold(user=hearer, appeal=appeal, text="The table is a cutting table.")
    case.refresh_from_db()
    assert (case.status, case.evaluator, case.decider, case.decision_reasons) == ("returned", None, None, [])
    for person in (factories.evaluator(), hearer):
        person.groups.set([*factories.evaluator().groups.all(), *factories.decider().groups.all()])
        with pytest.raises(ConflictError):
            review.start_evaluation(user=type(person).objects.get(pk=person.pk), application=case)
    fresh = second(EVALUATORS)
    case = review.start_evaluation(user=fresh, application=case)
    words = {"claims": case.claims, "reason": "Seen anew."}
    case = review.recommend(user=fresh, application=case, recommendation="grant", **words)
    with pytest.raises(ConflictError):
        review.grant(user=factories.decider(), application=case, **words)
    review.grant(user=second(DECIDERS), application=case, **words)
    assert badge_for(case.product_id)


def test_an_upheld_appeal_against_a_partial_grant_opens_a_follow_up(piece):
    case = factories.evaluated(piece)
    review.grant(
        user=factories.decider(), application=case, claims=["designed"], reason="Half.", reasons=["no_evidence"]
    )
    case.refresh_from_db()
    appeal = appeals.file_appeal(user=owner(piece), application=case, text="All of it is ours.")
    hearer = second(DECIDERS)
    appeals.uphold(user=hearer, appeal=appeals.hear(user=hearer, appeal=appeal), text="Look again.")
    again = Application.objects.get(judged_again_after=appeal)
    assert (again.status, again.claims, again.renews) == ("submitted", case.claims, case.certificate)
    assert badge_for(piece.pk).claims == ("designed",)
    with pytest.raises(ConflictError):
        review.start_evaluation(user=factories.evaluator(), application=again)
    review.start_evaluation(user=second(EVALUATORS), application=again)


@pytest.mark.parametrize("sanction", [certificates.suspend, certificates.withdraw])
def test_an_upheld_appeal_against_a_sanction_restores_the_badge_at_once(certificate, sanction):
    sanction(user=factories.decider(), certificate=certificate, reason="Sold abroad.", reasons=["misuse"])
    certificate.refresh_from_db()
    text = "That was another firm."
    appeal = appeals.file_appeal(
        user=owner(certificate), application=certificate.application, certificate=certificate, text=text
    )
    with pytest.raises(ConflictError):
        certificates.restore(user=second(DECIDERS), certificate=certificate, reason="Why not.")
    hearer = second(DECIDERS)
    appeals.uphold(user=hearer, appeal=appeals.hear(user=hearer, appeal=appeal), text="It was another firm.")
    certificate.refresh_from_db()
    assert (certificate.status, certificate.status_reasons) == ("valid", [])
    assert badge_for(certificate.product_id)


def test_appeals_have_their_time_and_their_subject(certificate):
    with pytest.raises(ValidationError, match="nothing to appeal"):
        appeals.file_appeal(user=owner(certificate), application=certificate.application, text="Still.")
    case = factories.refused(factories.product())
    with pytest.raises(PermissionDenied):
        appeals.file_appeal(user=owner(certificate), application=case, text="Not mine.")
    last = clock.end_of(deadlines.due_on(deadlines.TO_APPEAL, case.decided_at))
    with time_machine.travel(last, tick=False), pytest.raises(ValidationError, match="30 days"):
        appeals.file_appeal(user=owner(case), application=case, text="Late.")
    with time_machine.travel(last - timedelta(seconds=1), tick=False):
        appeal = appeals.file_appeal(user=owner(case), application=case, text="In time.")
        with pytest.raises(ValidationError, match="open appeal"):
            appeals.file_appeal(user=owner(case), application=case, text="Twice.")
        appeals.drop(user=owner(case), appeal=appeal)


def test_what_the_maker_gave_back_can_not_be_appealed(certificate):
    with pytest.raises(PermissionDenied):
        certificates.give_back(user=factories.decider(), certificate=certificate)
    given = certificates.give_back(user=owner(certificate), certificate=certificate)
    assert (given.status, given.status_reasons) == ("withdrawn", ["given_back"])
    assert badge_for(certificate.product_id) is None
    with pytest.raises(ValidationError):
        appeals.file_appeal(user=owner(given), application=given.application, certificate=given, text="Back, please.")


# Complaints


def test_a_report_is_looked_at_by_someone_uninvolved_and_the_reporter_is_told(certificate, client):
    address = f"/verify/{certificate.number}/report/"
    assert client.post(address, {"text": ""}).status_code == 422
    sent = client.post(address, {"text": "It says China inside.", "email": "ana@example.org", "name": "Ana"})
    complaint = certificate.complaints.get()
    assert sent["Location"] == f"/reports/{complaint.key}/"
    with pytest.raises(ConflictError):
        complaints.look_at(user=factories.evaluator(), complaint=complaint)
    handler = second(EVALUATORS)
    complaint = complaints.look_at(user=handler, complaint=complaint)
    with pytest.raises(ConflictError):
        complaints.answer(user=second(EVALUATORS), complaint=complaint, justified=True, text="Yes.")
    complaint = complaints.answer(user=handler, complaint=complaint, justified=True, text="The label was wrong.")
    letters.send_complaint(complaint)
    outbox.deliver()
    received, told = mail.outbox
    assert (received.to, told.to) == (["ana@example.org"], ["ana@example.org"])
    assert "The label was wrong." in told.body
    page = client.get(f"/reports/{complaint.key}/")
    assert "The label was wrong." in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_machines_and_floods_open_no_case(certificate, client, monkeypatch):
    client.post(f"/verify/{certificate.number}/report/", {"text": "Buy pills", "website": "http://x.example"})
    assert not certificate.complaints.exists()
    monkeypatch.setattr(complaints, "MOST_OPEN", 1)
    aftercare.complaint(certificate)
    with pytest.raises(ValidationError, match="Many reports"):
        aftercare.complaint(certificate)


def test_one_network_reports_ten_times_an_hour_and_keeps_what_it_typed(certificate, client):
    cache.clear()
    address = f"/verify/{certificate.number}/report/"
    for number in range(10):
        assert client.post(address, {"text": f"Seen {number}."}).status_code == 302
    refused = client.post(address, {"text": "Seen once more."})
    assert refused.status_code == 422
    assert "Seen once more." in refused.content.decode()
    assert certificate.complaints.count() == 10
    cache.clear()


def test_staff_of_the_maker_read_a_report_without_the_reporter(certificate):
    complaint = aftercare.complaint(certificate)
    page = f"/review/complaints/{complaint.pk}/"
    tied, other = second(EVALUATORS), second(EVALUATORS)
    Membership.objects.create(maker=certificate.maker, user=tied, role="staff")
    assert "reporter@example.org" not in signed_in(tied, second_factor=True).get(page).content.decode()
    assert "reporter@example.org" in signed_in(other, second_factor=True).get(page).content.decode()


def test_the_case_offers_only_what_a_person_may_do(piece):
    case = factories.submitted(piece)
    plan = f'action="/review/{case.pk}/visit/"'
    page = f"/review/{case.pk}/"
    assert plan in signed_in(factories.evaluator(), second_factor=True).get(page).content.decode()
    assert plan not in signed_in(factories.decider(), second_factor=True).get(page).content.decode()


def test_reporters_are_forgotten_a_year_after_the_answer(certificate):
    complaint = aftercare.complaint(certificate)
    handler = second(EVALUATORS)
    complaints.answer(
        user=handler, complaint=complaints.look_at(user=handler, complaint=complaint), justified=False, text="No."
    )
    assert complaints.forget_reporters() == 0
    with time_machine.travel(clock.now() + timedelta(days=366), tick=False):
        assert complaints.forget_reporters() == 1
        assert complaints.forget_reporters() == 0
    complaint.refresh_from_db()
    assert (complaint.email, complaint.text) == ("", "The label inside says China.")


# Surveillance


def test_the_draw_can_be_repeated_from_what_is_published(certificate):
    for _ in range(11):
        factories.certify(factories.product())
    first = aftercare.drawn()
    made = first.draw
    assert made.checks.count() == 2
    assert surveillance.repeats(made)
    assert draw(made.seed, [tuple(pair) for pair in made.population], 10)[0] == first.certificate.number
    assert all(tickets >= 3 for _number, tickets in made.population), "first certificates, never visited"
    with pytest.raises(ValidationError, match="has been made"):
        aftercare.drawn()
    with pytest.raises(PermissionDenied):
        surveillance.draw_year(user=factories.evaluator(), seed="1", seed_source="x")


def test_a_drawn_certificate_is_checked_by_someone_uninvolved(certificate):
    check = aftercare.drawn()
    with pytest.raises(ConflictError):
        surveillance.pass_check(user=factories.evaluator(), check=check, report="Fine.")
    with pytest.raises(ValidationError):
        surveillance.close_check(user=second(EVALUATORS), check=check)
    with pytest.raises(ValidationError):
        surveillance.fail_check(user=second(EVALUATORS), check=check, report="")
    done = surveillance.fail_check(user=second(EVALUATORS), check=check, report="No machines there.")
    assert done.status == "failed"
    with pytest.raises(WrongMoment):
        surveillance.pass_check(user=second(EVALUATORS), check=check, report="Fine.")


# Visits, thread, panel


def test_a_visit_makes_a_step_known_as_visited(piece):
    case = factories.evaluated(piece)
    visit = aftercare.visit(case)
    visits.add_photo(user=factories.evaluator(), visit=visit, upload=factories.photo())
    with pytest.raises(PermissionDenied):
        visits.add_photo(user=second(EVALUATORS), visit=visit, upload=factories.photo())
    with pytest.raises(ConflictError):
        visits.report_visit(user=second(EVALUATORS), visit=visit, visited_on=clock.today(), report="I was there too.")
    visits.report_visit(
        user=factories.evaluator(), visit=visit, visited_on=clock.today(), report="Four machines.",
        steps_seen=["sewing"],
    )  # fmt: skip
    known = {step["kind"]: step["known"] for step in public_steps(case)}
    assert (known["sewing"], known["cutting"]) == ("visited", "documented")
    with pytest.raises(ValidationError, match="reported already"):
        visits.add_photo(user=factories.evaluator(), visit=visit, upload=factories.photo())


def test_makers_can_not_hand_in_visit_reports(piece):
    case = factories.application(piece)
    with pytest.raises(ValidationError, match="what kind"):
        evidence_service.add_evidence(
            user=owner(piece), application=case, kind="site_visit", upload=factories.photo(),
            step=piece.production_steps.first(),
        )  # fmt: skip


def test_question_and_answer_stand_in_one_thread(piece):
    case = review.start_evaluation(user=factories.evaluator(), application=factories.submitted(piece))
    case = review.ask_maker(user=factories.evaluator(), application=case, question="Who cuts?")
    thread.write(user=owner(piece), application=case, text="My brother.")
    with pytest.raises(PermissionDenied):
        thread.write(user=owner(factories.product()), application=case, text="Me.")
    said = list(case.messages.values_list("side", "text"))
    assert said == [("staff", "Who cuts?"), ("maker", "My brother.")]
    applications.withdraw_application(user=owner(piece), application=case)
    with pytest.raises(ValidationError, match="closed"):
        thread.write(user=owner(piece), application=case, text="One more thing.")


def test_a_panel_member_decides_one_case_and_nothing_else(piece):
    case = factories.evaluated(piece)
    member = factories.staff()
    invite = {"user": factories.evaluator(), "application": case, "member": member, "role": "decide"}
    assert factories.decider() in panel.who_could(case, "decide")
    with pytest.raises(ValidationError, match="has no tie"):
        panel.invite(**invite, reason="Everyone is away.")
    review.declare_conflict(user=factories.decider(), maker=piece.maker, reason="Sister")
    with pytest.raises(ConflictError):
        review.grant(user=factories.decider(), application=case, claims=case.claims, reason="So.")
    with pytest.raises(PermissionDenied):
        review.grant(user=member, application=case, claims=case.claims, reason="So.")
    seat = panel.invite(**invite, reason="The only decider is her sister.")
    other = factories.evaluated(factories.product())
    with pytest.raises(PermissionDenied):
        review.grant(user=member, application=other, claims=other.claims, reason="So.")
    review.grant(user=member, application=case, claims=case.claims, reason="So.")
    assert badge_for(piece.pk)
    panel.end_seat(user=factories.evaluator(), seat=seat)
    assert not may_work(member, Perm.DECIDE, case)


def test_a_case_is_given_to_someone_without_a_tie(piece):
    case = factories.submitted(piece)
    review.declare_conflict(user=factories.evaluator(), maker=piece.maker, reason="Sister")
    with pytest.raises(ConflictError):
        review.assign(user=factories.decider(), application=case, assignee=factories.evaluator())
    with pytest.raises(ValidationError):
        review.assign(user=factories.decider(), application=case, assignee=owner(piece))
    assert review.assign(user=factories.decider(), application=case, assignee=second(EVALUATORS)).assignee


# Criteria


def test_a_draft_is_compared_published_by_another_and_holds_from_its_day(certificate):
    draft = aftercare.criteria_draft(manufactured_share="100", design_steps=["concept", "pattern", "sample"])
    assert criteria_in_force().number == 1
    said = changes(criteria_in_force().criteria, draft.criteria)
    assert [(item.before, item.after) for item in said] == [("60 %", "100 %")]
    assert affected(draft.criteria).rows == []
    harder = aftercare.criteria_draft(design_steps=["concept", "pattern", "sample", "dyeing"])
    assert affected(harder.criteria).rows[0].lost == ("designed",)
    with pytest.raises(ConflictError):
        criteria.publish(user=factories.decider(), draft=draft)
    with pytest.raises(PermissionDenied):
        criteria.publish(user=factories.evaluator(), draft=draft)
    criteria.publish(user=second(DECIDERS), draft=draft)
    assert criteria_in_force().number == 1
    with time_machine.travel(clock.start_of(draft.in_force_from), tick=False):
        assert criteria_in_force().number == draft.number
    assert CriteriaVersion.objects.get(number=1).in_force_until == draft.in_force_from - timedelta(days=1)
    with pytest.raises(ValidationError, match="never changed"):
        criteria.save_draft(
            user=factories.decider(), rules=draft.rules, in_force_from=clock.today() + timedelta(60), summary="x",
            summary_es="x", draft=draft,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "days", "said"),
    [
        ({"manufactured_share": "0"}, 30, "makes no sense"),
        ({"manufactured_share": "many"}, 30, "hold"),
        ({"kinds": {}}, 30, "no rules for"),
        ({"never_qualifying": ["sewing"]}, 30, "never qualifies"),
        ({"design_steps": ["dreaming"]}, 30, "hold"),
        ({}, 0, "a day to come"),
    ],
)
def test_rules_that_can_not_hold_are_refused(changed, days, said):
    with pytest.raises(ValidationError, match=said):
        criteria.save_draft(
            user=factories.decider(), rules=criteria_in_force().rules | changed, summary="x", summary_es="x",
            in_force_from=clock.today() + timedelta(days),
        )  # fmt: skip
    assert CriteriaVersion.objects.count() == 1


# Letters and files


@pytest.mark.parametrize(("language", "words"), [("en", "is not certified"), ("es", "no está certificada")])
def test_a_refusal_goes_out_with_reasons_and_as_pdf(piece, language, words):
    piece.maker.language = language
    piece.maker.save()
    case = factories.refused(piece)
    letters.send_decision(case)
    outbox.deliver()
    letter = mail.outbox[-1]
    assert words in letter.body
    assert "The photo shows an office." in letter.body
    name, content, kind = letter.attachments[0]
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert (name, kind) == ("decision.pdf", "application/pdf")
    assert words in " ".join(text.split())
    assert "<" not in letter.body


def test_hostile_words_stay_words_in_the_pdf(piece):
    piece.title = "</para><b>Jacket & Co"
    piece.save()
    case = factories.refused(piece)
    text = PdfReader(BytesIO(letters.decision_pdf(case))).pages[0].extract_text()
    assert "</para><b>Jacket & Co" in " ".join(text.split())


def test_a_photo_is_shown_without_what_it_says_of_itself(piece):
    from PIL import Image

    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 2.0, 24.0), 3: "W", 4: (118.0, 15.0, 12.0)})
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 10:00:00"
    buffer = BytesIO()
    Image.new("RGB", (40, 40), "teal").save(buffer, "JPEG", exif=exif)
    upload = factories.photo()
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(buffer.getvalue())
    upload.size = len(buffer.getvalue())
    case = factories.application(piece)
    item = evidence_service.add_evidence(
        user=owner(piece), application=case, kind="photo", upload=upload, step=piece.production_steps.first()
    )
    assert (str(item.latitude), str(item.longitude)) == ("34.040000", "-118.253333")
    assert item.taken_at.isoformat() == "2026-03-01T10:00:00-08:00"
    with Image.open(item.shown.open()) as shown:
        assert not shown.getexif()
    assert b"Secret camera" in Evidence.objects.get(pk=item.pk).file.open().read()


def test_everything_leaves_a_whole_trail(certificate):
    aftercare.complaint(certificate)
    aftercare.appeal()
    aftercare.drawn()
    aftercare.criteria_draft()
    assert audit.verify() == []
    assert register_rows([certificate])[0].status == "valid"
