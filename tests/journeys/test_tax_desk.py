"""The tax desk in a real browser: a file is looked at and taken over, and no screen has an axe fault."""

from datetime import date

import pytest

from marketplace.core import clock
from marketplace.demo.tax import SAMPLE
from marketplace.tax.obligations import begin_obligation
from marketplace.tax.report import Quarter
from marketplace.users.services import enrol_second_factor
from tests import factories
from tests.factories import tax
from tests.tax.test_loading import HEADER, load
from tests.tax.test_report import ADDRESSES, sell

from .test_the_whole_path import sign_in_staff
from .test_training import looks_right


@pytest.fixture
def user():
    return tax.bookkeeper()


@pytest.fixture
def paths(user):
    """Every screen of the desk, with something on it."""
    sell(factories.maker(), 1, [12_345, 999], ADDRESSES[1])
    load(HEADER.encode() + b"Washington,0.065,,State,", state="WA", from_day=date(2026, 1, 1), name="washington.csv")
    row = begin_obligation(user=user, state="WA", from_day=clock.today(), taxes_shipping=True, note="Threshold passed.")
    address = "?city=Los+Angeles&zip_code=90401&state=CA&day=2026-03-01"
    desk = (
        "", address, "?city=&zip_code=1&state=CA&day=", "rates/", "rates/?q=nowhere", "load/", "states/",
        f"states/{row.pk}/end/", "report/", f"report/?quarter={Quarter.of(clock.today()).year - 1}-Q1",
    )  # fmt: skip
    return [f"/staff/tax/{path}" for path in desk]


@pytest.mark.parametrize("phone", [True, False])
def test_every_screen_of_the_tax_desk(someone, user, paths, phone):
    with someone(phone=phone) as page:
        sign_in_staff(page, user, enrol_second_factor(user=user), leads_to="**/staff/tax/")
        for path in paths:
            for language in ("", "/es"):
                page.goto(f"{language}{path}")
                looks_right(page, 390 if phone else 1440)


def test_a_file_is_looked_at_and_taken_over(someone, user):
    with someone() as page:
        sign_in_staff(page, user, enrol_second_factor(user=user), leads_to="**/staff/tax/")
        assert page.get_by_text("came with the software").is_visible()
        page.goto("/staff/tax/load/")
        page.get_by_role("button", name="See what would change").click()
        page.locator("#errors").wait_for()
        page.get_by_label("Published file").set_input_files(SAMPLE)
        page.get_by_label("In force from").fill(clock.today().isoformat())
        page.get_by_role("button", name="See what would change").click()
        page.get_by_role("heading", name="What the file would change").wait_for()
        looks_right(page, 1440)
        page.get_by_role("button", name="Take these rates over").click()
        page.wait_for_url("**/staff/tax/rates/")
        assert page.get_by_text("Loaded: 14 rates changed.").is_visible()
        page.get_by_label("City, county or district code").fill("Oakland")
        page.locator("main").get_by_role("button", name="Search").click()
        assert page.get_by_role("rowheader", name="Oakland").is_visible()
        assert not page.get_by_text("came with the software. Load").is_visible()
