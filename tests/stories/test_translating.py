"""Side by side: an editor has a story translated, sees both languages, and publishes the Spanish one."""

import pytest
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from wagtail_localize.models import StringSegment, Translation

from catalog.search.listing import refresh_listing
from catalog.search.models import PageEntry
from makers.stories.models import MakerPage, StoryPage
from makers.stories.services import StoryText, add_picture, publish_maker_page, publish_story, set_maker_picture
from marketplace.users.adapter import AccountAdapter
from tests import factories
from tests.access import signed_in

pytestmark = pytest.mark.django_db
SPANISH = {
    "The last pleater": "La última plisadora",
    "Four blocks from the alley.": "A cuatro cuadras del callejón.",
    "A fan of pleats": "Un abanico de pliegues",
    "Elena folds every pleat by hand.": "Elena dobla cada pliegue a mano.",
    "A table": "Una mesa",
    "From this workshop": "De este taller",
}


@pytest.fixture
def editor():
    return signed_in(factories.staff("Moderators"), second_factor=True)


@pytest.fixture
def piece():
    product = factories.certified_product(title="Linen coat", title_es="Abrigo de lino")
    refresh_listing(product.pk)
    return product


@pytest.fixture
def story(piece):
    image = add_picture(data=factories.photo().read(), name="table.jpg", title="Table")
    body = [
        ("text", "<p>Elena folds every pleat by hand.</p>"),
        ("picture", {"image": image, "alt": "A table", "caption": "", "wide": False}),
        ("pieces", {"title": "From this workshop", "products": [piece]}),
    ]
    text = StoryText("The last pleater", "Four blocks from the alley.", body, "A fan of pleats")
    (page,) = publish_story(slug="pleater", texts={"en": text}, picture=image, maker=piece.maker)
    return page


def submit(editor, page):
    spanish = type(page.locale).objects.get(language_code="es")
    answer = editor.post(f"/cms/localize/submit/page/{page.pk}/", {"locales": [spanish.pk]})
    assert answer.status_code == 302, answer.text
    return Translation.objects.get(source__object_id=page.translation_key)


def translate(editor, translation, words):
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
        if segment.string.data in words:
            address = f"/cms/localize/translate/{translation.pk}/strings/{segment.pk}/edit/"
            form = encode_multipart(BOUNDARY, {"value": words[segment.string.data]})
            assert editor.put(address, form, MULTIPART_CONTENT).status_code == 201


@pytest.fixture
def publish(editor, django_capture_on_commit_callbacks):
    def run(page):
        with django_capture_on_commit_callbacks(execute=True):
            assert editor.post(f"/cms/pages/{page.pk}/edit/", {"action": "publish"}).status_code == 302
        page.refresh_from_db()

    return run


def test_a_translation_is_a_draft_until_it_is_published(client, editor, publish, story, piece):
    translation = submit(editor, story)
    spanish = StoryPage.objects.get(locale__language_code="es")
    assert not spanish.live
    assert client.get("/es/stories/pleater/").status_code == 404

    translate(editor, translation, SPANISH)
    assert "Elena dobla cada pliegue" in editor.get(f"/cms/localize/translate/{translation.pk}/preview/").text
    assert client.get("/es/stories/pleater/").status_code == 404, "a preview publishes nothing"
    publish(spanish)

    text = client.get("/es/stories/pleater/").text
    for words in SPANISH.values():
        assert words in text
    assert "Abrigo de lino" in text, "pieces are the same in both languages"
    assert (spanish.maker, spanish.picture) == (piece.maker, story.picture)
    assert "Elena folds" in client.get("/stories/pleater/").text


def test_the_search_knows_what_was_published_so(client, editor, publish, story):
    translation = submit(editor, story)
    assert not PageEntry.objects.filter(language="es").exists()
    translate(editor, translation, SPANISH)

    publish(StoryPage.objects.get(locale__language_code="es"))

    assert PageEntry.objects.get(language="es").title == "La última plisadora"
    assert "La última plisadora" in client.get("/es/shop/?q=plisadora").text


def test_only_words_are_asked_for(editor, story):
    translation = submit(editor, story)
    spanish = StoryPage.objects.get(locale__language_code="es")

    asked = set(translation.source.stringsegment_set.values_list("string__data", flat=True))

    assert asked == {*SPANISH, "pleater"}
    assert not translation.source.overridablesegment_set.exists()
    page = editor.get(f"/cms/pages/{spanish.pk}/edit/")
    assert "The last pleater" in page.text
    assert "translation-editor" in page.text


def test_what_lacks_its_words_is_not_refused(client, editor, publish, story):
    submit(editor, story)
    spanish = StoryPage.objects.get(locale__language_code="es")

    publish(spanish)

    assert spanish.live
    assert 'alt="A fan of pleats"' in client.get("/es/stories/pleater/").text


def test_a_makers_name_is_no_word_to_translate():
    names = {field.field_name for field in MakerPage.translatable_fields if field.is_translated(MakerPage())}

    assert names == {"seo_title", "search_description", "picture_alt", "story", "timeline"}


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_editors_may_translate_and_others_may_not(group, story):
    address = f"/cms/localize/submit/page/{story.pk}/"

    assert signed_in(factories.staff(group), second_factor=True).get(address).status_code == 200
    assert signed_in(factories.evaluator(), second_factor=True).get(address).status_code == 403
    assert signed_in(factories.person()).get(address).status_code == 404


def test_the_source_can_be_corrected_and_sent_on(client, editor, publish, story):
    translation = submit(editor, story)
    translate(editor, translation, SPANISH)
    spanish = StoryPage.objects.get(locale__language_code="es")
    publish(spanish)
    story.title = "The last pleater of Los Angeles"
    story.save_revision().publish()

    answer = editor.post(f"/cms/localize/update/{translation.source_id}/", {"publish_translations": ""})

    assert answer.status_code == 302
    assert "The last pleater of Los Angeles" in set(
        translation.source.stringsegment_set.values_list("string__data", flat=True)
    )


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_what_is_still_to_be_translated_is_listed(editor, story):
    submit(editor, story)

    assert "The last pleater" in editor.get("/cms/localize/reports/translations/").text


def test_whoever_only_writes_stories_is_led_to_the_cms():
    request = RequestFactory().get("/")
    request.user = factories.staff("Editors")
    assert AccountAdapter().get_login_redirect_url(request) == "/cms/"
    request.user = factories.evaluator()
    request.user.groups.add(Group.objects.get(name="Editors"))
    assert AccountAdapter().get_login_redirect_url(request) == "/review/"


def in_both(slug="looms", steps=1, **spanish):
    def body(words):
        return [
            ("quote", {"text": words[0]}), ("text", f"<p>{words[1]}</p><p>{words[0]}</p>"),
            ("process", {"title": words[2], "steps": [{"name": words[0], "text": words[1]}] * steps}),
        ]  # fmt: skip

    english = StoryText("Looms", "They click.", body(("One", "Two", "Three")))
    other = StoryText("Telares", "Hacen clic.", spanish.get("body") or body(("Uno", "Dos", "Tres")))
    return publish_story(slug=slug, texts={"en": english, "es": other})


def test_what_was_written_in_both_languages_stands_side_by_side(client, editor, publish):
    english, spanish = in_both()
    before = client.get("/es/stories/looms/").text.partition("<main")[2]
    translation = Translation.objects.get(source__object_id=english.translation_key)

    assert translation.get_progress() == (9, 9)
    assert "translation-editor" in editor.get(f"/cms/pages/{spanish.pk}/edit/").text
    publish(spanish)

    assert client.get("/es/stories/looms/").text.partition("<main")[2] == before, "publishing it again changes nothing"


def test_what_is_built_differently_stays_as_it_is(editor):
    _english, spanish = in_both(body=[("text", "<p>Otra cosa.</p>")])

    assert spanish.live
    assert not Translation.objects.exists()
    assert "translation-editor" not in editor.get(f"/cms/pages/{spanish.pk}/edit/").text


def test_a_makers_story_is_translated_beside_the_first(client, editor, publish):
    maker = factories.maker()
    english, spanish = publish_maker_page(maker)
    english.story = [("text", "<p>Elena folds every pleat by hand.</p>")]
    english.save_revision().publish()
    translation = Translation.objects.get(source__object_id=english.translation_key)
    editor.post(f"/cms/localize/update/{translation.source_id}/", {})

    translate(editor, translation, SPANISH)
    publish(spanish)

    assert "Elena dobla cada pliegue a mano." in client.get(spanish.get_url()).text
    assert publish_maker_page(maker)[1].story, "its name is kept in step, and its story stays"


def test_a_picture_of_the_workshop_keeps_its_words_in_both_languages(client, editor, publish):
    maker = factories.maker()
    _english, spanish = publish_maker_page(maker)
    image = add_picture(data=factories.photo().read(), name="table.jpg", title="Table")
    set_maker_picture(maker=maker, picture=image, alt={"en": "Ana at her table", "es": "Ana en su mesa"})

    publish(spanish)

    assert 'alt="Ana en su mesa"' in client.get(spanish.get_url()).text
