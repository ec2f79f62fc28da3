"""Applying in a real browser: the self-check by phone in both languages, the pin by keyboard, the application."""

import pytest
from django.core.cache import cache

from certification.models import Application, SelfCheck
from certification.services import applications
from makers.models import FormDraft, Workplace
from tests import factories

from .test_mark_outside import sign_in
from .test_training import looks_right

SHARES = {"concept": 5, "pattern": 5, "sample": 10, "cutting": 20, "sewing": 40, "finishing": 20}


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


@pytest.mark.parametrize("language", ["", "/es"])
def test_the_self_check_by_phone(someone, language):
    with someone(phone=True) as page:
        page.goto(f"{language}/apply/")
        looks_right(page, 390)
        page.locator("form[action$='/apply/check/'] button").click()
        page.wait_for_url("**/what/")
        looks_right(page, 390)
        page.locator("main form .btn.ink").click()
        page.locator("#errors").wait_for()
        looks_right(page, 390)
        page.fill("[name=title]", "Denim jacket")
        page.check("[name=kind][value=garment]")
        page.locator("main form .btn.ink").click()
        page.wait_for_url("**/places/")
        looks_right(page, 390)
        page.fill("[name=place-0-name]", "Shop")
        page.check("[name=place-0-operated_by][value=own]")
        page.fill("[name=place-0-line1]", "110 E 9th St")
        page.fill("[name=place-0-city]", "Los Angeles")
        page.fill("[name=place-0-zip_code]", "90079")
        page.check("[name=place-0-works_alone]")
        page.locator("[data-board]").click(position={"x": 200, "y": 150})
        assert page.input_value("[name=place-0-latitude]").startswith("34.")
        page.locator("main form .btn.ink").click()
        page.wait_for_url("**/steps/")
        looks_right(page, 390)
        for kind, share in {
            "concept": 5,
            "pattern": 5,
            "sample": 10,
            "cutting": 20,
            "sewing": 40,
            "finishing": 20,
        }.items():
            page.select_option(f"[name=where-{kind}]", "0")
            page.fill(f"[name=share-{kind}]", str(share))
        page.locator("main form .btn.ink").click()
        page.wait_for_url("**/answer/")
        looks_right(page, 390)
        assert page.locator(".prospect.likely").count() == 3
    assert SelfCheck.objects.get().answers["what"]["title"] == "Denim jacket"


def test_the_pin_moves_by_keyboard_and_by_name_and_typing_is_kept(someone):
    maker = factories.maker()
    with someone() as page:
        sign_in(page, factories.owner_of(maker))
        page.goto("/studio/workplaces/new/")
        looks_right(page, 1440)
        page.select_option("[name=near]", "Venice")
        page.get_by_text("The pin is near Venice.").wait_for()
        before = float(page.input_value("[name=longitude]"))
        page.locator("[data-board]").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("ArrowUp")
        assert float(page.input_value("[name=longitude]")) > before
        assert page.locator(".city-pin circle").count() == 1
        page.fill("[name=name]", "Cutting room")
        page.get_by_text("Saved ").wait_for()
        page.goto("/studio/workplaces/new/")
        assert page.input_value("[name=name]") == "Cutting room"
        looks_right(page, 1440)
        assert not Workplace.objects.exists()
        page.fill("[name=line1]", "1 Windward Ave")
        page.fill("[name=city]", "Los Angeles")
        page.fill("[name=zip_code]", "90291")
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_url("**/workplaces/")
    assert Workplace.objects.get().coordinates_from == "pin"
    assert not FormDraft.objects.exists()


def test_from_the_self_check_to_the_handed_in_application_with_nothing_typed_twice(someone, tmp_path):
    person = factories.person("rosa@example.org")
    photo = tmp_path / "table.jpg"
    photo.write_bytes(factories.photo().read())
    with someone(phone=True) as page:
        page.goto("/apply/")
        page.locator("form[action$='/apply/check/'] button").click()
        page.fill("[name=title]", "Work shirt")
        page.check("[name=kind][value=garment]")
        page.locator("main form .btn.ink").click()
        page.wait_for_url("**/places/")
        for name, value in {
            "name": "Shop",
            "line1": "110 E 9th St",
            "city": "Los Angeles",
            "zip_code": "90079",
        }.items():
            page.fill(f"[name=place-0-{name}]", value)
        page.check("[name=place-0-operated_by][value=own]")
        page.check("[name=place-0-works_alone]")
        page.locator("main form .btn.ink").click()
        page.wait_for_url("**/steps/")
        for kind, share in SHARES.items():
            page.select_option(f"[name=where-{kind}]", "0")
            page.fill(f"[name=share-{kind}]", str(share))
        page.locator("main form .btn.ink").click()
        page.get_by_role("link", name="Go on to the application").click()
        page.wait_for_url("**/account/login/**")
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", factories.PASSWORD)
        page.locator("main form:has([name=password]) button[type=submit]").click()
        page.wait_for_url("**/continue/")
        looks_right(page, 390)
        for name, value in {"name": "Rosa Shirts", "legal_name": "Rosa Shirts LLC", "neighborhood": "Downtown"}.items():
            page.fill(f"[name={name}]", value)
        page.check("[name=accepts]")
        page.get_by_role("button", name="Make the application").click()
        page.wait_for_url("**/studio/applications/*/")
        case = Application.objects.get()
        assert case.product.title == "Work shirt"
        assert case.product.production_steps.count() == len(SHARES)
        card = page.locator(f"#step-{case.product.production_steps.get(kind='sewing').pk}")
        card.locator("summary").first.click()
        card.locator("[name=file]").set_input_files(photo)
        card.get_by_role("button").last.click()
        page.get_by_text("The file is here.").wait_for()
        page.get_by_role("button", name="Hand the application in").click()
        page.get_by_text("Handed in.").wait_for()
    case.refresh_from_db()
    assert (case.status, case.maker.name, case.claims) == (
        "submitted",
        "Rosa Shirts",
        ["designed", "assembled", "manufactured"],
    )


@pytest.mark.parametrize("phone", [True, False])
def test_the_application_in_the_makers_hands(someone, phone):
    maker, width = factories.maker(), 390 if phone else 1440
    piece = factories.product(maker, title="Denim jacket")
    factories.product(maker, title="Denim jacket in black")
    factories.steps(piece)
    case = applications.start_application(user=factories.owner_of(maker), product=piece, claims=["assembled"])
    with someone(phone=phone) as page:
        sign_in(page, factories.owner_of(maker))
        for path in (
            f"applications/{case.pk}/", f"products/{piece.pk}/steps/", f"products/{piece.pk}/", "products/",
            "products/describe/", "workplaces/", "business/", "settings/", "members/",
        ):  # fmt: skip
            page.goto(f"/studio/{path}")
            looks_right(page, width)
            page.goto(f"/es/studio/{path}")
            looks_right(page, width)
        page.goto(f"/studio/products/{piece.pk}/steps/")
        page.fill("[name=step-0-cost_share]", "4")
        page.get_by_text("Left of 100%: 1%").wait_for()
        page.get_by_text("Saved ").wait_for()
        page.goto(f"/studio/applications/{case.pk}/")
        page.get_by_text("4% of the cost").wait_for()
        card = page.locator(f"#step-{piece.production_steps.get(kind='sewing').pk}")
        card.locator("summary").click()
        photo = {"name": "sewing.jpg", "mimeType": "image/jpeg", "buffer": factories.photo().read()}
        card.locator("[name=file]").set_input_files([photo])
        card.get_by_role("button", name="Add the file").click()
        page.get_by_text("sewing.jpg").wait_for()
        looks_right(page, width)
    assert Application.objects.get().evidence.count() == 1
