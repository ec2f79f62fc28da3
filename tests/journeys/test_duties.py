"""Duties in a real browser: a listing is reported and answered, a maker answers who it is, and every screen holds."""

import pytest
from django.core import mail

from catalog.search.listing import refresh_listing
from makers.stories.services import publish_maker_page
from marketplace.core import clock
from marketplace.duties.models import ListingReport, SalesMonth, SellerCheck
from marketplace.duties.reports import report_listing
from marketplace.users.services import enrol_second_factor
from tests import factories
from tests.factories import duties

from .test_the_whole_path import sign_in, sign_in_staff
from .test_training import looks_right

NOTICE = {
    "prop65": "both", "cancer_chemical": "lead", "harm_chemical": "lead", "age_grade": "3-5",
    "certificate_reference": "CPC 7", "tracking_label": True, "choking": "small_parts",
}  # fmt: skip


@pytest.fixture
def piece():
    made = factories.certified_product(title="Play jacket", notice=NOTICE)
    refresh_listing(made.pk)
    publish_maker_page(made.maker)
    return made


@pytest.mark.parametrize("phone", [True, False])
def test_every_public_screen(someone, piece, phone):
    duties.verified(piece.maker, cents=2_000_000)
    paths = (
        piece.get_absolute_url(), f"{piece.get_absolute_url()}report/", piece.maker.get_absolute_url(), "/terms/",
        "/terms/makers/", "/terms/fees/", "/apply/",
    )  # fmt: skip
    with someone(phone=phone) as page:
        for path in paths:
            for language in ("", "/es"):
                page.goto(f"{language}{path}")
                looks_right(page, 390 if phone else 1440)


@pytest.mark.parametrize("phone", [True, False])
def test_every_screen_of_studio_and_desk(someone, piece, phone):
    user, waiting = duties.officer(), duties.given(piece.maker, at_home=True, private_phone=True)
    asked = duties.asked()
    SalesMonth.objects.create(maker=piece.maker, month=clock.today().replace(day=1), sales=300, cents=2_500_000)
    report = report_listing(product=piece, kind="unsafe", text="A rivet is sharp.", email="kim@example.org")
    year, width = clock.today().year, 390 if phone else 1440
    desk = (
        "", "?show=makers", "?show=all", f"{waiting.pk}/", f"{asked.pk}/", "reports/", f"reports/{report.pk}/",
        "1099k/",
    )  # fmt: skip
    with someone(phone=phone) as page:
        sign_in_staff(page, user, enrol_second_factor(user=user), leads_to="**/staff/duties/")
        for path in desk:
            for language in ("", "/es"):
                page.goto(f"{language}/staff/duties/{path}")
                looks_right(page, width)
    for maker, paths in ((piece.maker, ("", "terms/", f"1099k/{year}/")), (asked.maker, ("", "verify/"))):
        with someone(phone=phone) as page:
            sign_in(page, factories.owner_of(maker).email, factories.PASSWORD)
            for path in paths:
                for language in ("", "/es"):
                    page.goto(f"{language}/studio/duties/{path}")
                    looks_right(page, width)
            page.goto("/studio/products/new/")
            page.get_by_text("Warnings, and pieces for children").click()
            looks_right(page, width)


def test_a_listing_is_reported_and_answered(someone, piece, deliver):
    with someone(phone=True) as page:
        page.goto(piece.get_absolute_url())
        assert page.get_by_text("Risk of cancer from exposure to lead").is_visible()
        page.get_by_role("link", name="Report this listing").click()
        page.get_by_role("button", name="Send the report").click()
        page.locator("#errors").wait_for()
        page.get_by_label("It may be unsafe").check()
        page.get_by_label("what you know").fill("A rivet is sharp.")
        page.get_by_label("your e-mail").fill("kim@example.org")
        page.get_by_role("button", name="Send the report").click()
        page.get_by_role("heading", name="We have your report").wait_for()
    user = duties.officer()
    with someone() as page:
        sign_in_staff(page, user, enrol_second_factor(user=user), leads_to="**/staff/duties/")
        page.get_by_role("link", name="Reported listings").click()
        page.get_by_role("link", name="Play jacket").click()
        page.get_by_label("In your words").fill("The maker changed the rivets.")
        page.get_by_role("button", name="Close: something was done").click()
        page.get_by_text("Done.").wait_for()
    deliver()
    assert ListingReport.objects.get().status == "acted"
    assert any("changed the rivets" in letter.body for letter in mail.outbox if letter.to == ["kim@example.org"])


def test_a_maker_answers_who_it_is_once_stripe_knows_it(someone, standin, live_server, settings):
    settings.SITE_ADDRESS = live_server.url
    check = duties.asked()
    owner = factories.owner_of(check.maker)
    secret = enrol_second_factor(user=owner)
    with someone(phone=True) as page:
        sign_in_staff(page, owner, secret, leads_to="**/studio/")
        page.get_by_role("link", name="Tell us who you are by").click()
        page.get_by_role("link", name="Answer", exact=True).click()
        for name, value in {
            "person": "Ana Quiroz", "phone": "213 555 0100", "line1": "734 S Wall St", "city": "Los Angeles",
            "zip_code": "90014",
        }.items():  # fmt: skip
            page.fill(f"[name={name}]", value)
        page.check("[name=at_home]")
        page.get_by_role("button", name="Give these facts").click()
        page.get_by_text("Stripe does not pay out to a bank account yet").first.wait_for()
        assert page.input_value("[name=line1]") == "734 S Wall St", "nothing typed is lost"
        page.goto("/studio/payouts/")
        page.get_by_role("button", name="Set up payouts").click()
        page.locator("main a[href*='/connect/onboard/']").click()
        page.get_by_role("button", name="Complete with test data").click()
        page.wait_for_url("**/studio/payouts/**")
        page.goto("/studio/duties/verify/")
        page.fill("[name=person]", "Ana Quiroz")
        for name, value in {"phone": "213 555 0100", "line1": "734 S Wall St", "zip_code": "90014"}.items():
            page.fill(f"[name={name}]", value)
        page.fill("[name=city]", "Los Angeles")
        page.check("[name=at_home]")
        page.get_by_role("button", name="Give these facts").click()
        page.get_by_role("heading", name="We look at what you gave us").wait_for()
        assert page.get_by_text("There is no business address; please write or call.").is_visible()
    assert SellerCheck.objects.get().status == "given"
