"""After handing in: question, evaluation, decision, badge, change, suspension, reinstatement, report, end, appeal."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from catalog.search.listing import refresh_listing
from certification import audit
from certification.badge.badges import badge_for
from certification.models import Appeal, Certificate, Complaint
from certification.permissions import DECIDERS, EVALUATORS
from marketplace.users.services import enrol_second_factor
from tests import factories

from .test_the_whole_path import accept_everything, sign_in, sign_in_staff


@pytest.fixture
def desk_of(someone):
    """Opens the desk of a member of the staff, signed in with a one-time code."""
    opened = []

    def open_desk(user):
        tab = someone()
        page = tab.__enter__()
        opened.append(tab)
        sign_in_staff(page, user, enrol_second_factor(user=user))
        return page

    yield open_desk
    for tab in opened:
        tab.__exit__(None, None, None)


def test_the_life_of_a_badge(someone, desk_of, deliver):
    piece = factories.product(title="Flight jacket")
    case = factories.submitted(piece)
    owner = factories.owner_of(piece.maker)
    evaluating, deciding = desk_of(factories.evaluator()), desk_of(factories.decider())

    with someone(phone=True) as maker:
        sign_in(maker, owner.email, factories.PASSWORD)

        # Question and answer in one thread.
        evaluating.get_by_role("link", name=str(case)).click()
        evaluating.get_by_role("button", name="Start the evaluation").click()
        evaluating.get_by_label("Question to the maker").fill("Who cuts?")
        evaluating.get_by_role("button", name="Ask", exact=True).click()
        deliver()
        assert "Who cuts?" in mail.outbox[-1].body
        maker.goto(f"/studio/applications/{case.pk}/")
        maker.get_by_label("Your message to the program's staff").fill("My brother, at the long table.")
        maker.get_by_role("button", name="Send").click()
        maker.get_by_text("My brother, at the long table.").wait_for()
        maker.get_by_role("button", name="Hand the application in").click()
        maker.get_by_text("Handed in.").wait_for()

        # Evaluation, decision, badge.
        evaluating.reload()
        evaluating.get_by_text("My brother, at the long table.").wait_for()
        accept_everything(evaluating)
        panel = evaluating.locator("form[action*='/workplace/']").first
        panel.get_by_label("In the City of Los Angeles").select_option("yes")
        panel.get_by_label("Business record accepted").select_option("yes")
        panel.get_by_label("What you saw, and where").fill("On the City's map.")
        panel.get_by_role("button", name="Put on record").click()
        panel = evaluating.locator("form[action$='/recommend/']")
        panel.get_by_label("Grant").check()
        panel.get_by_label("Reasons in words").fill("All here.")
        panel.get_by_role("button", name="Recommend").click()
        evaluating.get_by_text("Someone else decides now.").wait_for()
        deciding.reload()
        deciding.get_by_role("link", name=str(case)).click()
        panel = deciding.locator("form[action$='/decide/']")
        panel.get_by_label("Grant").check()
        panel.get_by_label("Reasons in words").fill("As recommended.")
        panel.get_by_role("button", name="Decide").click()
        deciding.get_by_text("The maker is told.").wait_for()
        certificate = Certificate.objects.get(application=case)
        refresh_listing(piece.pk)
        with someone() as shopper:
            shopper.goto(piece.get_absolute_url())
            expect(shopper.locator(".seam").first).to_be_visible()

            # A change through another door, and back.
            place = piece.maker.workplaces.get()
            for street, badge in (("860 S Los Angeles St", False), ("110 E 9th St", True)):
                maker.goto(f"/studio/workplaces/{place.pk}/")
                maker.get_by_label("street address").fill(street)
                maker.get_by_role("button", name="Save").first.click()
                maker.wait_for_url("**/studio/workplaces/")
                assert (badge_for(piece.pk) is not None) is badge
                shopper.goto(f"/verify/{certificate.number}/")
                text = "This certificate is valid" if badge else "This certificate is not valid now."
                shopper.get_by_text(text).first.wait_for()

            # Suspension with a reason, reinstatement.
            sanction(deciding, certificate, "Suspend", "The invoice is unclear.", "contradict each other")
            shopper.reload()
            shopper.get_by_text("The invoice is unclear.").first.wait_for()
            sanction(deciding, certificate, "Reinstate", "The invoice is explained.", None)
            shopper.reload()
            shopper.get_by_text("This certificate is valid").first.wait_for()

            # A shopper reports the badge; someone uninvolved looks at it.
            shopper.get_by_role("link", name="Report this badge").click()
            shopper.get_by_role("button", name="Send the report").click()
            shopper.get_by_label("What you saw").fill("The label inside says China.")
            shopper.get_by_label("Your e-mail").fill("gia@example.org")
            shopper.get_by_role("button", name="Send the report").click()
            shopper.get_by_text("The label inside says China.").wait_for()
            complaint = Complaint.objects.get()
            evaluating.goto(f"/review/complaints/{complaint.pk}/")
            assert evaluating.get_by_role("button", name="Put on record").count() == 0, "the evaluator had a part in it"
            looking = desk_of(factories.staff(EVALUATORS))
            looking.goto("/review/complaints/")
            looking.get_by_role("link", name=str(complaint.pk), exact=True).click()
            act(looking, "Look at it", "")
            act(looking, "Uphold", "You were right about the label.")
            deliver()
            assert "You were right about the label." in mail.outbox[-1].body
            shopper.reload()
            shopper.get_by_text("You were right about the label.").wait_for()

        # Withdrawal, appeal, and someone else upholds it.
        sanction(deciding, certificate, "Withdraw", "Imported pieces carry the mark.", "used for something")
        assert badge_for(piece.pk) is None
        maker.goto(f"/studio/applications/{case.pk}/")
        maker.get_by_label("Why the decision is wrong").fill("That label was the fabric's.")
        maker.get_by_role("button", name="File the appeal").click()
        maker.get_by_text("Your appeal is here.").wait_for()
        appeal = Appeal.objects.get()
        deciding.goto(f"/review/appeals/{appeal.pk}/")
        assert deciding.get_by_role("button", name="Put on record").count() == 0, "who decided does not hear the appeal"
        hearing = desk_of(factories.staff(DECIDERS))
        hearing.goto(f"/review/appeals/{appeal.pk}/")
        act(hearing, "Hear the appeal", "")
        act(hearing, "Uphold", "The label is the mill's.")
        assert badge_for(piece.pk)
        maker.reload()
        maker.get_by_text("The label is the mill's.").first.wait_for()
    assert audit.verify() == []


def sanction(page, certificate, action, words, reason):
    page.goto(f"/review/certificates/{certificate.number}/")
    page.get_by_label(action, exact=True).check()
    if reason:
        page.get_by_label(re.compile(reason)).check()
    page.get_by_label("Reasons in words").fill(words)
    page.get_by_role("button", name="Put into force now").click()
    page.get_by_text("The badge follows at once.").wait_for()


def act(page, action, text):
    page.get_by_label(action, exact=True).check()
    if text:
        page.get_by_role("textbox").last.fill(text)
    page.get_by_role("button", name="Put on record").click()
    page.get_by_text("Done.").wait_for()
