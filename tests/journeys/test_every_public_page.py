"""The shop's and the stories' pages: no axe fault in light and dark, both languages, phone and desk; no page scrolls
sideways from 320 to 2560 px, whatever people called their pieces."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalog.catalogue.services import Variant
from catalog.catalogue.size_guides import Measure
from catalog.catalogue.sizing import save_size_guide
from catalog.search.listing import refresh_listing
from makers.stories.models import CollectionIndexPage, EventIndexPage, GuideIndexPage, NeighborhoodIndexPage
from makers.stories.services import StoryText, add_picture, publish_maker_page, publish_pages, publish_story
from marketplace.core import clock
from tests import factories

from .test_training import looks_right

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsjacke"
# What stands beyond the right edge of a page that scrolls sideways.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("main *, header *, footer *")]
    .filter((item) => item.getBoundingClientRect().right > innerWidth + 1)
    .map((item) => `${item.tagName}.${item.className}`).slice(0, 5)"""
RIGHT_TO_LEFT = "معطف صوف 🧥🧵"


def tell(maker, piece) -> list[str]:
    """A page of every type that staff write, with the blocks that a plain story lacks."""
    image = add_picture(data=factories.photo().read(), name="table.jpg", title="Table")
    steps = [{"name": LONG[:80], "text": LONG, "image": image, "alt": "A table"}, {"name": "Sew", "text": "x"}]
    body = [
        *(("chapter", {"heading": f"{number} {LONG[:90]}"}) for number in range(3)),
        ("quote", {"text": LONG, "who": LONG, "role": LONG}), ("process", {"title": LONG, "steps": steps}),
        ("pieces", {"title": "", "products": [piece]}),
    ]  # fmt: skip
    starts_at = clock.now() + timedelta(days=2)
    common = {"picture": image, "picture_alt": "A table"}
    made = {
        GuideIndexPage: {"summary": LONG, "body": [*body, ("claims", None)]},
        CollectionIndexPage: {"intro": LONG, "rule": "in_stock=1"},
        NeighborhoodIndexPage: {"intro": LONG, "neighborhood": "Boyle Heights"},
        EventIndexPage: {
            "summary": LONG, "place": LONG, "address": LONG, "starts_at": starts_at,
            "ends_at": starts_at + timedelta(days=1), "body": body, "makers": [maker],
        },
    }  # fmt: skip
    paths = []
    for below, fields in made.items():
        (model,) = below.allowed_subpage_models()
        page = {code: model(title=LONG, slug="long", **common, **fields) for code in ("en", "es")}
        publish_pages(below=below, pages=page)
        paths += [below.objects.get(locale__language_code="en").get_url(), page["en"].get_url()]
    return paths


@pytest.fixture
def paths():
    maker = factories.maker(name=f"{RIGHT_TO_LEFT} {LONG[:60]}", neighborhood="Boyle Heights")
    publish_maker_page(maker)
    piece = factories.certified_product(
        maker, title=LONG, description=f"{LONG} {RIGHT_TO_LEFT}", makers_note=f"{RIGHT_TO_LEFT} {LONG}",
        variants=[
            Variant(price=Decimal(90), stock=stock, size=size, color=color, color_hex="#2b2f63")
            for stock, size, color in ((0, "S", "Navy"), (2, "M", "Navy"), (9, "M", "Rust"), (9, "XXXL", "Rust"))
        ],
    )  # fmt: skip
    save_size_guide(
        user=factories.owner_of(maker), product=piece, measured="piece", fit=LONG, fit_es="",
        numbers={(size, name): Decimal("20.25") for size in ("S", "M", "XXXL") for name in Measure.values[:8]},
    )  # fmt: skip
    other = factories.certified_product(title=RIGHT_TO_LEFT)
    for made in (piece, other):
        refresh_listing(made.pk)
    publish_maker_page(other.maker)
    text = StoryText(
        "Cut from one cloth", "How denim is cut.", [("text", f"<h2>Looms</h2><p>{LONG}</p>")], cover="over"
    )
    (story, _spanish) = publish_story(slug="one-cloth", texts={"en": text, "es": text}, maker=maker)
    told = tell(maker, piece)
    return (
        "/", "/shop/", "/shop/?q=jacket&size=M", "/shop/?q=submarine", piece.get_absolute_url(), "/makers/",
        maker.get_absolute_url(), "/stories/", story.get_url(), *told, "/basket/", "/account/login/",
        "/account/signup/", "/apply/", f"{piece.get_absolute_url()}alert/", "/help/", "/help/returns/",
        "/help/privacy/", "/help/contact/", "/_components/",
    )  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("phone", [True, False])
@pytest.mark.timeout(600)
def test_no_axe_fault(someone, paths, phone, theme):
    with someone(phone=phone) as page:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for language in ("", "/es"):
            for path in paths:
                page.goto(f"{language}{path}")
                looks_right(page, 390 if phone else 1440)


@pytest.mark.timeout(400)
def test_no_page_scrolls_sideways(someone, paths):
    with someone() as page:
        for path in paths:
            page.goto(path)
            for width in (320, 390, 768, 1024, 2560):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate(TOO_WIDE) == [], (path, width)


def test_the_favorites_and_searches_of_a_shopper(someone, paths):
    person = factories.person("shopper@example.org")
    with someone(phone=True) as page:
        page.goto("/account/login/")
        page.get_by_label("E-mail").first.fill(person.email)
        page.get_by_label("Password").first.fill(factories.PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/account/")
        page.goto("/shop/?size=M")
        page.get_by_role("button", name="Save and tell me of new ones").click()
        page.get_by_text("We write to you when something new fits.").first.wait_for()
        page.goto(paths[4])
        page.get_by_role("button", name="Favorite", exact=True).click()
        page.get_by_text("is among your favorites").wait_for()
        assert page.get_by_role("button", name="Favorite", exact=True).get_attribute("aria-pressed") == "true"
        for path in ("favorites/", "searches/", "addresses/", "addresses/new/", "alerts/", "data/", "cards/"):
            for language in ("", "/es"):
                page.goto(f"{language}/account/{path}")
                looks_right(page, 390)
