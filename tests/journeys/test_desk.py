"""The desk's screens, the reporter's pages and a panel member's case: no axe fault, nothing wider than the screen."""

import pytest

from certification.services import panel, review
from marketplace.users.services import enrol_second_factor
from tests import factories
from tests.factories import aftercare

from .test_the_whole_path import sign_in_staff
from .test_training import looks_right


@pytest.fixture
def paths():
    """Every screen of the desk, with something on it."""
    certificate = factories.certify(factories.product())
    case = factories.evaluated(factories.product())
    appeal, complaint = aftercare.appeal(), aftercare.complaint(certificate)
    check, draft, visit = aftercare.drawn(), aftercare.criteria_draft(), aftercare.visit(case)
    desk = (
        "", "?late=yes", f"{case.pk}/", "appeals/", f"appeals/{appeal.pk}/", "complaints/?show=all",
        f"complaints/{complaint.pk}/", "visits/", f"visits/{visit.pk}/", "certificates/",
        f"certificates/{certificate.number}/", "surveillance/", f"surveillance/{check.pk}/", "criteria/",
        "criteria/new/", f"criteria/{draft.number}/", f"criteria/{draft.number}/edit/",
    )  # fmt: skip
    public = (f"/verify/{certificate.number}/report/", f"/reports/{complaint.key}/")
    return [f"/review/{path}" for path in desk], public


@pytest.mark.parametrize("phone", [True, False])
def test_every_screen_of_the_desk(someone, paths, phone):
    desk, public = paths
    decider, width = factories.decider(), 390 if phone else 1440
    with someone(phone=phone) as page:
        sign_in_staff(page, decider, enrol_second_factor(user=decider))
        for path in (*desk, *public):
            for language in ("", "/es"):
                page.goto(f"{language}{path}")
                looks_right(page, width)


def test_the_queue_by_keyboard(someone):
    first, second = factories.submitted(factories.product()), factories.submitted(factories.product())
    evaluator = factories.evaluator()
    with someone() as page:
        sign_in_staff(page, evaluator, enrol_second_factor(user=evaluator))
        page.locator("[data-rows]").focus()
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/review/{second.pk}/")
        assert page.get_by_role("heading", name=str(second)).count() == 1
        page.goto("/review/")
        page.get_by_label("Maker, piece or case").press_sequentially("jk")
        assert page.get_by_label("Maker, piece or case").input_value() == "jk", "keys of the list leave typing alone"
    assert first.pk != second.pk


def test_a_panel_member_sees_one_case_and_no_other(someone):
    case, other = factories.evaluated(factories.product()), factories.evaluated(factories.product())
    member = factories.staff()
    review.declare_conflict(user=factories.decider(), maker=case.maker, reason="Sister")
    panel.invite(user=factories.evaluator(), application=case, member=member, role="decide", reason="No one else.")
    with someone() as page:
        sign_in_staff(page, member, enrol_second_factor(user=member), leads_to=f"**/review/{case.pk}/")
        assert page.request.get(f"/review/{other.pk}/").status == 404
        assert page.request.get("/review/certificates/").status == 404
        panel_form = page.locator("form[action$='/decide/']")
        panel_form.get_by_label("Grant").check()
        panel_form.get_by_label("Reasons in words").fill("As recommended.")
        panel_form.get_by_role("button", name="Decide").click()
        page.get_by_text("The maker is told.").wait_for()
    case.refresh_from_db()
    assert (case.status, case.decider) == ("granted", member)
