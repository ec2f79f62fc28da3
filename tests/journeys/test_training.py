"""Training in a real browser: a resident applies by phone in Spanish, the maker answers; axe finds no fault."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail

from makers.training.models import Applicant
from tests import factories
from tests.factories import training

from .test_mark_outside import sign_in


@pytest.fixture
def place(settings, live_server):
    settings.SITE_ADDRESS = live_server.url
    return training.published(factories.maker(name="Ana Quiroz"), title="Cutting", title_es="Corte")


def looks_right(page, width: int) -> None:
    faults = [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]
    assert faults == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") == width, page.url


def test_a_resident_applies_by_phone_in_spanish_and_follows_the_private_link(someone, deliver, place):
    with someone(phone=True) as page:
        page.goto("/es/training/")
        looks_right(page, 390)
        page.get_by_role("link", name="Corte", exact=True).click()
        page.wait_for_url(f"**/es/training/{place.pk}/")
        looks_right(page, 390)
        page.fill("[name=name]", "Robin Field")
        page.locator("main form button.buy").click()
        page.locator("#errors").wait_for()
        looks_right(page, 390)
        assert page.input_value("[name=name]") == "Robin Field"
        page.fill("[name=email]", "robin@example.org")
        page.fill("[name=area]", "90033")
        page.check("[name=languages][value=es]")
        page.fill("[name=why]", "Coso en casa.")
        page.check("[name=sixteen][value=yes]")
        page.check("[name=consent]")
        page.locator("main form button.buy").click()
        page.wait_for_url("**/sent/")
        looks_right(page, 390)
        deliver()
        (letter,) = [message for message in mail.outbox if message.to == ["robin@example.org"]]
        page.goto(next(line for line in letter.body.splitlines() if "/es/training/status/" in line))
        looks_right(page, 390)
        page.locator("main form button").click()
        page.wait_for_load_state()
        looks_right(page, 390)
    assert Applicant.objects.get().status == "withdrawn"


def test_the_maker_offers_a_place_and_answers(someone, place):
    training.applicant(place, name="Robin Field")
    with someone() as page:
        sign_in(page, factories.owner_of(place.maker))
        for path in ("", "new/", f"{place.pk}/", f"{place.pk}/edit/", f"{place.pk}/withdraw/"):
            page.goto(f"/studio/training/{path}")
            looks_right(page, 1440)
        page.goto(f"/studio/training/{place.pk}/")
        page.get_by_role("link", name="Robin Field").click()
        looks_right(page, 1440)
        page.get_by_label("Take on").check()
        page.fill("[name=answer]", "Welcome.")
        page.get_by_role("button", name="Send the answer").click()
        page.get_by_text("1 of 2 free").wait_for()


@pytest.mark.parametrize("phone", [True, False])
def test_the_numbers_are_readable_for_everyone(someone, place, phone):
    training.confirmed(kind="apprenticeship")
    with someone(phone=phone) as page:
        for path in ("/training/progress/", "/es/training/progress/", "/training/", "/training/?q=nothing"):
            page.goto(path)
            looks_right(page, 390 if phone else 1440)
