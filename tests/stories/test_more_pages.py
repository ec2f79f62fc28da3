"""Chapters, steps in pictures, years; collections, guides and neighborhoods, as readers see them."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.search.listing import refresh_listing
from makers.stories.blocks import StoryBlocks, contents_of
from makers.stories.models import (
    CollectionIndexPage,
    CollectionPage,
    GuideIndexPage,
    GuidePage,
    MakerPage,
    NeighborhoodIndexPage,
    NeighborhoodPage,
    StoryPage,
)  # fmt: skip
from makers.stories.services import StoryText, add_picture, publish_maker_page, publish_pages, publish_story
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def listed(title, maker=None, **details):
    piece = factories.certified_product(maker, title=title, **details)
    refresh_listing(piece.pk)
    return piece


def picture():
    return add_picture(data=factories.photo().read(), name="table.jpg", title="Table")


def tell(slug, body, **changes):
    maker = changes.pop("maker", None)
    text = StoryText("The last pleater", "Four blocks away.", body, **changes)
    return publish_story(slug=slug, texts={"en": text}, maker=maker)[0]


def chapters(number):
    return [("chapter", {"heading": f"Part {place}"}) for place in range(1, number + 1)]


def both(below, model, slug, **fields):
    pages = {code: model(title=f"Page {code}", slug=slug, **fields) for code in ("en", "es")}
    return publish_pages(below=below, pages=pages)


@pytest.mark.parametrize(("number", "has_contents"), [(0, False), (2, False), (3, True)])
def test_three_chapters_have_a_table_of_contents(client, number, has_contents):
    page = tell("chapters", [*chapters(number), ("text", "<p>Pleats.</p>")])

    text = client.get(page.get_url()).text

    assert ("On this page" in text) == has_contents
    if has_contents:
        assert [anchor for anchor, _heading in contents_of(page.body)] == [
            "chapter-part-1",
            "chapter-part-2",
            "chapter-part-3",
        ]
        for anchor, _heading in contents_of(page.body):
            assert f'href="#{anchor}"' in text
            assert text.count(f'id="{anchor}"') == 1


def test_two_chapters_of_one_name_are_refused():
    stream = StoryBlocks()
    value = stream.to_python([{"type": "chapter", "value": {"heading": word}} for word in ("Dye", "Weave", "dye")])

    with pytest.raises(ValidationError) as refused:
        stream.clean(value)

    assert list(refused.value.block_errors) == [2]


def test_a_step_with_a_picture_says_what_it_shows(client):
    image = picture()
    stream = StoryBlocks()
    step = {"name": "Cut", "text": "Under paper.", "image": image.pk, "alt": " "}
    value = stream.to_python([{"type": "process", "value": {"title": "How", "steps": [step]}}])
    with pytest.raises(ValidationError):
        stream.clean(value)

    steps = [step | {"image": image, "alt": "Shears"}, {"name": "Sew", "text": "By hand."}]
    text = client.get(tell("steps", [("process", {"title": "How", "steps": steps})]).get_url()).text

    assert 'alt="Shears"' in text
    assert "By hand." in text


@pytest.mark.parametrize("cover", ["over", "under"])
def test_the_title_stands_on_the_picture_or_above_it(client, cover):
    maker = factories.maker()
    page = tell("cover", [("text", "<p>x</p>")], standfirst="It begins.", cover=cover, maker=maker)
    page.picture, page.picture_alt = picture(), "A table"
    page.save_revision().publish()

    text = client.get(page.get_url()).text

    assert ('class="cover over"' in text) == (cover == "over")
    assert "It begins." in text
    assert text.count("<h1") == 1


def test_a_story_leads_on_to_the_maker_and_the_next_story(client):
    maker = factories.maker()
    shown, other = listed("Linen coat", maker), listed("Wool hat", maker)
    first = tell("first", [("text", "<p>x</p>")])
    second = tell("second", [("pieces", {"title": "", "products": [shown]})], maker=maker)
    third = tell("third", [("text", "<p>x</p>")], maker=maker)

    answer = client.get(second.get_url())

    assert answer.context["following"] == first
    assert answer.context["more"] == [third]
    assert [row.pk for row in answer.context["more_pieces"]] == [other.pk]
    assert "Shop this story" in answer.text
    assert client.get(first.get_url()).context["following"] == third, "the oldest is followed by the newest"
    StoryPage.objects.exclude(pk=first.pk).delete()
    assert client.get(first.get_url()).context["following"] is None


def test_what_is_not_for_sale_is_left_out(client):
    piece = listed("Linen coat")
    page = tell("shop", [("pieces", {"title": "", "products": [piece]})])
    assert "Linen coat" in client.get(page.get_url()).text

    factories.end_certificates(piece)

    text = client.get(page.get_url()).text
    assert "Linen coat" not in text
    assert "Shop this story" not in text


def test_years_stand_in_their_order(client):
    maker = factories.maker()
    publish_maker_page(maker)
    page = MakerPage.objects.get(maker=maker, locale__language_code="en")
    page.timeline = [("moment", {"year": 2019, "text": "Two machines."}), ("moment", {"year": 2008, "text": "One."})]
    page.save_revision().publish()

    text = client.get(page.get_url()).text

    assert text.index("2008") < text.index("2019")
    assert "2,008" not in text


class TestCollection:
    def test_chosen_pieces_come_first_and_in_their_order(self, client):
        coat, hat, sock = listed("Linen coat"), listed("Wool hat"), listed("Red sock")
        both(
            CollectionIndexPage, CollectionPage, "mix", intro="x", pieces=[("piece", sock), ("piece", coat)],
            rule=f"maker={hat.maker.slug}&maker={coat.maker.slug}",
        )  # fmt: skip

        for path in ("/collections/mix/", "/es/collections/mix/"):
            assert [row.pk for row in client.get(path).context["rows"]] == [sock.pk, coat.pk, hat.pk]
        factories.end_certificates(sock)
        assert [row.pk for row in client.get("/collections/mix/").context["rows"]] == [coat.pk, hat.pk]

    def test_a_rule_asks_the_shops_own_search(self, client):
        listed("Linen coat")
        hat = listed("Wool hat")
        both(CollectionIndexPage, CollectionPage, "hats", intro="x", rule="q=hat")

        answer = client.get("/collections/hats/")

        assert [row.pk for row in answer.context["rows"]] == [hat.pk]
        assert 'href="/shop/?q=hat"' in answer.text
        assert "Wool hat" in client.get("/").text
        assert client.get("/").context["collection_rows"]

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("https://shop.example/shop/?claim=assembled&page=3&after=r24#x", "claim=assembled"),
            ("?sort=price&price_max=50", "price_max=50.00&sort=price"), ("in_stock=1", "in_stock=1"),
            ("claim=nonsense", None), ("hello", None), ("", None),
        ],
    )  # fmt: skip
    def test_a_rule_is_kept_as_the_shop_writes_it(self, typed, kept):
        form = self.form({"rule": typed})

        if kept is None:
            assert not form.is_valid()
        else:
            assert form.is_valid(), form.errors
            assert form.cleaned_data["rule"] == kept

    def form(self, changes):
        index = CollectionIndexPage.objects.get(locale__language_code="en")
        page = CollectionPage(locale=index.locale)
        form_class = CollectionPage.get_edit_handler().get_form_class()
        data = {
            "title": "Mix", "slug": "mix", "intro": "x", "picture_alt": "", "pieces-count": "0",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        }  # fmt: skip
        return form_class(data | changes, instance=page, parent_page=index, for_user=factories.person())


def test_a_guide_says_the_rules_that_are_in_force(client):
    body = [("chapter", {"heading": "The rules"}), ("claims", None)]
    both(GuideIndexPage, GuidePage, "made-here", summary="x", body=body)

    english, spanish = client.get("/guides/made-here/").text, client.get("/es/guides/made-here/").text

    for text in (english, spanish):
        assert "60 %" in text
        assert "/criteria/1/" in text
    assert "The three claims" in english
    assert "Las tres" in spanish


class TestNeighborhood:
    @pytest.fixture
    def venice(self):
        makers = [
            factories.maker(name=name, neighborhood=place) for name, place in (("Sea", "Venice"), ("Hill", "Sylmar"))
        ]
        for maker in makers:
            publish_maker_page(maker)
        both(NeighborhoodIndexPage, NeighborhoodPage, "venice", neighborhood="Venice", intro="Near the water.")
        return makers

    def test_it_shows_its_makers_pieces_and_stories(self, client, venice):
        sea, hill = venice
        mine, _other = listed("Linen coat", sea), listed("Wool hat", hill)
        story = tell("salt", [("text", "<p>x</p>")], maker=sea)
        tell("hill", [("text", "<p>x</p>")], maker=hill)

        answer = client.get("/neighborhoods/venice/")

        assert [page.maker for page in answer.context["makers"]] == [sea]
        assert [row.pk for row in answer.context["pieces"]] == [mine.pk]
        assert answer.context["stories"] == [story]
        assert 'href="/shop/?neighborhood=venice"' in answer.text
        assert "/makers/?neighborhood=sylmar" in answer.text, "the map leads to the others"
        assert client.get("/shop/?neighborhood=venice").text.count("Linen coat")

    def test_editors_choose_a_name_of_the_map(self):
        form_class = NeighborhoodPage.get_edit_handler().get_form_class()
        names = [name for name, _label in form_class.base_fields["neighborhood"].choices]

        assert "Boyle Heights" in names
        assert len(names) == 115


@pytest.mark.parametrize("path", ["collections", "guides", "neighborhoods", "events"])
def test_lists_are_there_from_the_start_in_both_languages(client, path):
    for language in ("", "/es"):
        answer = client.get(f"{language}/{path}/")
        assert answer.status_code == 200
        assert answer.text.count("<h1") == 1
    assert f'href="/{path}/"' in client.get("/").text


def test_the_number_of_queries_does_not_grow(client):
    maker = factories.maker(neighborhood="Venice")
    publish_maker_page(maker)
    both(NeighborhoodIndexPage, NeighborhoodPage, "venice", neighborhood="Venice", intro="x")
    both(CollectionIndexPage, CollectionPage, "mine", intro="x", rule=f"maker={maker.slug}")
    paths = ("/neighborhoods/venice/", "/collections/mine/", "/neighborhoods/", "/collections/", "/")

    def counts():
        found = []
        for path in paths:
            client.get(path)
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            found.append(len(captured))
        return found

    listed("Linen coat", maker)
    before = counts()
    for number in range(4):
        piece = listed(f"Coat {number}", factories.maker(neighborhood="Venice"))
        publish_maker_page(piece.maker)
        listed(f"Hat {number}", maker)
        both(CollectionIndexPage, CollectionPage, f"more-{number}", intro="x", rule=f"maker={maker.slug}")

    assert counts() == before
    assert max(before) <= 30
