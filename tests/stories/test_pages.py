"""Home, makers and stories, as readers see them."""

import pytest
from django.core.cache import cache
from django.utils import translation
from wagtail.models import Page

from catalog.search.listing import refresh_listing, refresh_listings
from makers.stories.choosers import ChoosePieceView, PieceFilterForm
from makers.stories.models import HomePage, MakerPage, StoryPage
from makers.stories.services import StoryText, add_picture, publish_maker_page, publish_story, set_maker_picture
from marketplace.core import outbox
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def piece():
    product = factories.certified_product(title="Linen coat", title_es="Abrigo de lino")
    refresh_listing(product.pk)
    publish_maker_page(product.maker)
    return product


def picture():
    return add_picture(data=factories.photo().read(), name="table.jpg", title="Table")


def body(*products):
    return [
        ("text", "<p>Elena folds every pleat by hand.</p>"),
        ("quote", {"text": "Paper remembers.", "who": "Elena Ruiz"}),
        ("process", {"title": "How", "steps": [{"name": "Fold", "text": "Twice."}]}),
        ("picture", {"image": picture(), "alt": "A table", "caption": "The table", "wide": True}),
        ("pieces", {"title": "From this workshop", "products": list(products)}),
    ]


def story(*products, **changes):
    texts = {
        "en": StoryText("The last pleater", "Four blocks from the alley.", body(*products), "A fan of pleats"),
        "es": StoryText("La última plisadora", "A cuatro cuadras.", body(*products), "Un abanico"),
    }
    return publish_story(slug="pleater", texts=texts, **changes)


@pytest.mark.parametrize(
    ("path", "words"),
    [("/", "From Los Angeles, and we checked"), ("/es/", "De Los Ángeles, y lo verificamos"),
     ("/makers/", "Makers"), ("/es/makers/", "Talleres"), ("/stories/", "Stories"), ("/es/stories/", "Historias")],
)  # fmt: skip
def test_the_tree_answers_in_both_languages(client, path, words):
    response = client.get(path)

    assert response.status_code == 200
    assert words in response.text
    assert f'<html lang="{"es" if path.startswith("/es") else "en"}">' in response.text


def test_home_shows_new_pieces_makers_and_stories(client, piece):
    story(piece)

    text = client.get("/").text

    assert "Linen coat" in text
    assert piece.maker.name in text
    assert "The last pleater" in text
    assert "Abrigo de lino" in client.get("/es/").text


def test_a_makers_page_stands_in_both_languages(client, piece):
    maker = piece.maker

    for path in (f"/makers/{maker.slug}/", f"/es/makers/{maker.slug}/"):
        assert maker.name in client.get(path).text
    with translation.override("en"):
        assert maker.get_absolute_url() == f"/makers/{maker.slug}/"
    assert "Linen coat" in client.get(f"/makers/{maker.slug}/").text


def test_publishing_twice_changes_nothing_and_follows_a_new_name(piece):
    maker = piece.maker
    before = [page.pk for page in publish_maker_page(maker)]
    maker.name = "Another name"
    maker.save(update_fields=["name"])

    pages = publish_maker_page(maker)

    assert [page.pk for page in pages] == before
    assert {page.title for page in MakerPage.objects.filter(maker=maker)} == {"Another name"}
    assert len({page.translation_key for page in pages}) == 1
    assert not Page.find_problems()[0]


def test_the_makers_street_address_is_not_shown(client, piece):
    assert "110 E 9th" not in client.get(piece.maker.get_absolute_url()).text


def test_a_story_shows_live_price_stock_and_badge(client, piece):
    story(piece)
    address = "/stories/pleater/"

    text = client.get(address).text
    assert "Paper remembers." in text
    assert "$48" in text
    assert "seam" in text

    variant = factories.variant_of(piece)
    variant.stockrecords.update(price="52.00")
    refresh_listing(piece.pk)
    assert "$52" in client.get(address).text

    factories.end_certificates(piece, "suspended")
    assert "Linen coat" not in client.get(address).text


def test_language_switch_leads_to_the_translation_or_the_page_above(client, piece):
    english, spanish = story(piece)

    assert 'href="/es/stories/pleater/"' in client.get("/stories/pleater/").text
    spanish.delete()
    text = client.get(english.get_url()).text
    assert 'href="/es/stories/"' in text
    assert "/es/stories/pleater/" not in text


def test_makers_are_filtered_by_neighborhood(client):
    for name, place in (("Sea", "Venice"), ("Sun", "Boyle Heights"), ("Shut", "Venice")):
        publish_maker_page(factories.maker(name=name, neighborhood=place, is_open=name != "Shut"))

    assert [page.title for page in client.get("/makers/").context["makers"]] == ["Sea", "Sun"]
    assert [page.title for page in client.get("/makers/?neighborhood=venice").context["makers"]] == ["Sea"]
    assert [page.title for page in client.get("/makers/?neighborhood=mars&page=x").context["makers"]] == ["Sea", "Sun"]
    assert client.get("/makers/?page=99999999999").status_code == 200


def test_pictures_have_sizes_and_words(client, piece):
    set_maker_picture(maker=piece.maker, picture=picture(), alt={"en": "Ana at her table", "es": "Ana en su mesa"})

    assert 'alt="Ana at her table"' in client.get(piece.maker.get_absolute_url()).text
    assert 'alt="Ana en su mesa"' in client.get("/es" + piece.maker.get_absolute_url()).text
    assert "/renditions/" not in client.get("/makers/").text
    outbox.deliver()
    assert ".avif 400w" not in client.get("/makers/").text, "a small picture is not made larger"
    assert ".webp" in client.get("/makers/").text


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    def grow(number):
        makers = [factories.maker() for _ in range(number)]
        pieces = [factories.product(maker) for maker in makers for _ in range(2)]
        factories.certify_in_bulk(pieces)
        refresh_listings(item.pk for item in pieces)
        for maker in makers:
            publish_maker_page(maker)
            set_maker_picture(maker=maker, picture=picture(), alt={})
        return makers, pieces

    makers, pieces = grow(2)
    story(*pieces[:2], maker=makers[0])
    paths = ["/", "/makers/", makers[0].get_absolute_url(), "/stories/", "/stories/pleater/"]

    def counts():
        numbers = []
        for path in paths:
            client.get(path)
            with django_assert_max_num_queries(60) as captured:
                client.get(path)
            numbers.append(len(captured))
        return numbers

    before = counts()
    _makers, more = grow(10)
    StoryPage.objects.all().delete()
    story(*pieces[:2], *more[:9], maker=makers[0])

    assert counts() == before
    assert max(before) <= 32


def test_editors_can_preview_and_submit_for_moderation(client, piece):
    pages = story(piece)
    assert all(page.has_workflow for page in pages)
    assert HomePage.objects.count() == 2
    assert pages[0].preview_modes


def test_only_whole_pieces_can_be_chosen_for_a_story_and_are_found_by_maker(piece):
    pieces = ChoosePieceView().get_object_list()

    assert list(pieces) == [piece]
    for words, found in (("linen", [piece]), ("abrigo", [piece]), (piece.maker.name, [piece]), ("boot", [])):
        form = PieceFilterForm({"q": words})
        assert form.is_valid()
        assert list(form.filter(pieces)) == found
