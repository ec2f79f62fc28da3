"""An editor makes a story in the CMS, has it translated side by side, and a shopper reads both and buys."""

import pytest

from catalog.search.listing import refresh_listing
from makers.stories.models import StoryIndexPage, StoryPage
from marketplace.users.services import enrol_second_factor
from tests import factories

from .test_the_whole_path import sign_in_staff

SPANISH = {
    "The last pleater": "La última plisadora",
    "Four blocks from the alley.": "A cuatro cuadras del callejón.",
    "Paper remembers": "El papel recuerda",
    "A table covered with folded paper": "Una mesa cubierta de papel doblado",
}


@pytest.fixture
def pieces():
    maker = factories.maker(name="Elena Ruiz Pleats", neighborhood="Downtown")
    made = [
        factories.certified_product(maker, title=title, title_es=spanish)
        for title, spanish in (("Fan skirt", "Falda abanico"), ("Paper blouse", "Blusa de papel"))
    ]
    for piece in made:
        refresh_listing(piece.pk)
    return made


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "table.jpg"
    path.write_bytes(factories.photo().read())
    return path


def test_from_an_empty_page_to_a_bag(someone, deliver, pieces, photo, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # an unfinished page can't be saved, which the browser reports as an error
    editor = factories.staff("Moderators")
    with someone() as page:
        sign_in_staff(page, editor, enrol_second_factor(user=editor), leads_to="**/cms/")
        write(page, photo)
        publish(page)
        deliver()
        story = StoryPage.objects.get()
        assert story.live
        translate(page, story)
    assert StoryPage.objects.get(locale__language_code="es").live
    with someone() as shopper:
        read_and_buy(shopper)


def insert(page, name):
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=name, exact=True).click()


def write(page, photo):
    """A chapter, a picture with words, two pieces."""
    page.goto(f"/cms/pages/add/stories/storypage/{StoryIndexPage.objects.get(locale__language_code='en').pk}/")
    page.locator("#id_title").fill("The last pleater")
    page.locator("#id_summary").fill("Four blocks from the alley.")
    insert(page, "Chapter")
    page.locator("#body-0-value-heading").fill("Paper remembers")
    insert(page, "Picture")
    page.locator("[data-contentpath=body]").get_by_role("button", name="Choose an image").click()
    upload(page, photo)
    page.locator("#body-1-value-alt").fill("A table covered with folded paper")
    insert(page, "Pieces for sale")
    choose(page, "Fan skirt")
    page.locator("[data-streamfield-list-add]").last.click()
    choose(page, "Paper blouse")


def upload(page, photo):
    sheet = page.locator(".modal-body")
    sheet.get_by_role("tab", name="Upload").click()
    page.locator("#id_image-chooser-upload-file").set_input_files(photo)
    page.locator("#id_image-chooser-upload-title").fill("Table")
    page.locator("#id_image-chooser-upload-description").fill("A table")
    sheet.get_by_role("button", name="Upload").last.click()
    sheet.wait_for(state="detached")


def choose(page, title):
    page.get_by_role("button", name="Choose a piece").last.click()
    sheet = page.locator(".modal-body")
    sheet.get_by_label("Piece or maker").fill(title.split()[0])
    sheet.get_by_role("link", name=title).click()
    sheet.wait_for(state="detached")


def publish(page):
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    # "Created and published" where no draft was saved meanwhile.
    page.locator(".messages").get_by_text("published").wait_for()


def translate(page, story):
    """Both languages stand side by side; each text is typed and saved by itself."""
    page.goto(f"/cms/pages/{story.pk}/edit/")
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Translate this page").first.click()
    page.get_by_label("Español").check()
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Publish in Español").wait_for()
    assert page.get_by_text("The last pleater").count()
    for english, spanish in SPANISH.items():
        row = page.locator("li", has=page.get_by_text(english, exact=True)).filter(
            has=page.get_by_role("button", name="Translate", exact=True)
        )
        row.last.get_by_role("button", name="Translate", exact=True).click()
        page.get_by_role("textbox").last.fill(spanish)
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text(spanish, exact=True).first.wait_for()
    page.get_by_role("button", name="Publish in Español").click()
    page.get_by_text("Published 'La última plisadora' in Español").wait_for()


def read_and_buy(shopper):
    shopper.goto("/stories/")
    shopper.get_by_role("link", name="The last pleater").click()
    assert shopper.get_by_role("heading", name="Paper remembers").count() == 1
    assert shopper.get_by_role("img", name="A table covered with folded paper").count() == 1
    assert shopper.get_by_role("link", name="Paper blouse").count() == 1
    shopper.locator("#languages").get_by_role("link", name="Español").click()
    shopper.wait_for_url("**/es/stories/the-last-pleater/")
    assert shopper.get_by_role("heading", level=1).inner_text() == "La última plisadora"
    assert shopper.get_by_role("heading", name="El papel recuerda").count() == 1
    assert shopper.get_by_role("img", name="Una mesa cubierta de papel doblado").count() == 1
    shopper.get_by_role("link", name="Falda abanico").click()
    shopper.wait_for_url("**/es/shop/**")
    shopper.locator(".btn.buy").click()
    shopper.get_by_role("dialog").get_by_role("link", name="Ver la bolsa").click()
    shopper.wait_for_url("**/basket/**")
    assert shopper.get_by_text("Falda abanico").count()
