"""Favorites by the hearts on cards: kept by the browser, and brought along when its person signs in."""

import pytest

from catalog.search.listing import refresh_listing
from marketplace.wishes.models import Favorite
from tests import factories

from .test_training import looks_right


@pytest.fixture
def pieces():
    made = [factories.certified_product(title=title) for title in ("Yard jacket", "River tee")]
    for piece in made:
        refresh_listing(piece.pk)
    return made


def wait_until(page, fact: str) -> None:
    """Playwright's own waiting evaluates text, which the site's policy forbids."""
    for _ in range(100):
        if page.evaluate(fact):
            return
        page.wait_for_timeout(50)
    raise AssertionError(fact)


def test_kept_without_an_account_and_brought_along(someone, pieces):
    person = factories.person("shopper@example.org")
    with someone(phone=True) as page:
        page.goto("/shop/")
        heart = page.get_by_role("button", name="Favorite: Yard jacket")
        assert heart.get_attribute("aria-pressed") == "false"
        heart.click()
        page.reload()
        assert heart.get_attribute("aria-pressed") == "true"
        looks_right(page, 390)
        page.goto("/favorites/")
        page.get_by_role("heading", name="Yard jacket").wait_for()
        assert page.get_by_role("heading", name="River tee").count() == 0
        looks_right(page, 390)

        page.goto(pieces[1].get_absolute_url())
        page.get_by_role("button", name="Favorite", exact=True).click()
        assert page.get_by_role("button", name="Favorite", exact=True).get_attribute("aria-pressed") == "true"

        page.goto("/favorites/")
        page.get_by_role("main").get_by_role("link", name="Sign in").click()
        page.get_by_label("E-mail").first.fill(person.email)
        page.get_by_label("Password").first.fill(factories.PASSWORD)
        with page.expect_response("**/account/favorites/state/"):
            page.get_by_role("button", name="Sign in", exact=True).click()
        wait_until(page, "localStorage.getItem('favorites') === '[]'")
        assert Favorite.objects.filter(user=person).count() == 2

        page.goto("/shop/")
        heart = page.get_by_role("button", name="Favorite: Yard jacket")
        page.locator("[data-heart][aria-pressed=true]").nth(1).wait_for()
        with page.expect_response("**/account/favorites/*/"):
            heart.click()
        assert heart.get_attribute("aria-pressed") == "false"
        assert Favorite.objects.get(user=person).product == pieces[1]
