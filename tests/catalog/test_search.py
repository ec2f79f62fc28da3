"""What people type: filters read out of words, synonyms, slips, makers and stories, suggestions, saved searches."""

import re
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from catalog.catalogue.models import Category
from catalog.catalogue.services import Variant
from catalog.search import params
from catalog.search.models import PageEntry, SavedSearch, Word
from catalog.search.saved import MOST_SAVED, save_search, tell_of_new
from catalog.search.synonyms import GROUPS, same_words
from catalog.search.understanding import understand
from makers.stories.models import (
    CollectionIndexPage,
    EventIndexPage,
    GuideIndexPage,
    MakerPage,
    NeighborhoodIndexPage,
)
from makers.stories.services import StoryText, publish_maker_page, publish_pages, publish_story
from marketplace.core import clock, outbox
from marketplace.core.words import stem
from tests import factories

pytestmark = pytest.mark.django_db


def titles(response):
    return [row.title for row in response.context["rows"]]


def women(slug):
    return Category.objects.get(depth=2, slug=slug, path__startswith=Category.objects.get(slug="women").path)


def sizes(*names, price="120.00", color="Navy", sample="#2b2f63"):
    return [Variant(price=Decimal(price), stock=3, size=name, color=color, color_hex=sample) for name in names]


@pytest.fixture
def shop(listed):
    """Two jackets in different places, and a dress."""
    boyle = factories.maker(name="Ana Quiroz", neighborhood="Boyle Heights")
    venice = factories.maker(name="Sea Coats", neighborhood="Venice")
    listed(
        title="Denim jacket", title_es="Chamarra de mezclilla", maker=boyle, variants=sizes("M", "L"),
        category=women("jackets"), description="Riveted.",
    )  # fmt: skip
    listed(
        title="Rain jacket", maker=venice, variants=sizes("S", price="220.00", color="Brick", sample="#c63a2f"),
        category=women("jackets"), description="Taped.",
    )  # fmt: skip
    listed(title="Linen dress", maker=boyle, variants=sizes("M"), category=women("dresses"), description="Loose.")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("jacket M under $150 Boyle Heights", "q=jacket&neighborhood=boyle-heights&price_max=150&size=M"),
        ("chamarra talla m menos de 150", "q=chamarra&price_max=150&size=M"),
        ("red jacket", "q=jacket&color=red"),
        ("chamarra roja", "q=chamarra&color=red"),
        ("jackets from venice", "q=jackets&neighborhood=venice"),
        ("Boyle Heights", "neighborhood=boyle-heights"),
        ("jacket over 200", "q=jacket&price_min=200"),
        ("jacket $100-$130", "q=jacket&price_min=100&price_max=130"),
        ("jacket $130 to $100", "q=jacket&price_min=100&price_max=130"),
        ("size M", "size=M"),
    ],
)
def test_words_that_name_a_filter_become_it(client, shop, words, address):
    response = client.get("/shop/", {"q": words})

    assert response.status_code == 302
    assert response["Location"] == f"/shop/?{address}"


@pytest.mark.parametrize(
    "words",
    ["jacket", "m", "red", '"Boyle Heights"', "jacket under 5", "jacket 32x30", "women's jacket", "jacket in Pasadena"],
)
def test_other_words_stay_words(shop, words):
    asked = params.Params(q=words, sort="relevance")

    assert understand(asked) == asked


def test_a_filter_that_would_find_nothing_is_not_read(client, shop):
    response = client.get("/shop/", {"q": "dress venice"})

    assert response.status_code == 200
    assert response.context["chips"] == [("dress venice", "/shop/")]


@pytest.mark.parametrize("words", ["tee", "T-shirt", "tshirts", "t shirt", "playera", "camiseta"])
def test_the_same_piece_by_any_of_its_names(client, listed, words):
    listed(title="Heavy cotton tee", category=women("tops"), description="Boxy.")
    listed(title="Linen shirt", category=women("dresses"), description="Collar.")

    assert titles(client.get("/shop/", {"q": words})) == ["Heavy cotton tee"]


def test_synonyms_are_said_both_ways():
    for group in GROUPS:
        words = [stem(word.strip().lower()) for word in group.split(",") if " " not in word.strip()]
        for word in words:
            assert all(word in same_words(other) for other in same_words(word)), word


@pytest.mark.parametrize(("typed", "used"), [("jaket", "jacket"), ("dennim", "denim"), ("Quirroz", "quiroz")])
def test_a_slip_is_read_as_the_nearest_word(client, shop, typed, used):
    response = client.get("/shop/", {"q": typed})

    assert "Denim jacket" in titles(response)
    assert response.context["found"].corrected == ((typed.lower(), used),)
    assert used in response.text


def test_words_far_from_any_find_nothing(client, shop):
    assert titles(client.get("/shop/", {"q": "xylophone"})) == []


def test_where_no_piece_has_all_words_those_with_some_are_shown(client, shop):
    response = client.get("/shop/", {"q": "linen riveted"})

    assert set(titles(response)) == {"Linen dress", "Denim jacket"}
    assert response.context["found"].some


def test_several_values_of_a_filter_widen_the_list(client, shop):
    assert set(titles(client.get("/shop/?size=S&size=M"))) == {"Denim jacket", "Rain jacket", "Linen dress"}
    assert titles(client.get("/shop/?size=S&size=L&color=blue")) == ["Denim jacket"]
    response = client.get("/shop/?neighborhood=venice&neighborhood=boyle-heights&category=women/jackets")
    assert set(titles(response)) == {"Denim jacket", "Rain jacket"}
    assert ("Venice", "/shop/?category=women%2Fjackets&neighborhood=boyle-heights") in response.context["chips"]


def test_budgets_and_availability_are_counted(client, shop, listed):
    listed(title="Made for you", made_to_order_days=10, price="40.00")

    response = client.get("/shop/")
    facets = response.context["facets"]()
    found = {facet.name: {str(option.label): option.count for option in facet.options} for facet in facets}

    assert found["price"] == {"Up to $50": 1, "Up to $100": 1, "Up to $150": 3, "Up to $250": 4}
    assert found["ready"] == {"In stock": 4, "Made to order": 1}
    assert titles(client.get("/shop/?made_to_order=1")) == ["Made for you"]


def test_an_empty_list_says_which_filter_to_leave(client, shop):
    response = client.get("/shop/?size=S&neighborhood=boyle-heights")

    ways = [(str(label), number, address) for label, number, address in response.context["ways"]]
    assert ways == [
        ("From all of Los Angeles", 1, "/shop/?size=S"), ("In any size", 2, "/shop/?neighborhood=boyle-heights"),
    ]  # fmt: skip


@pytest.fixture
def pages(shop):
    from makers.models import Maker

    for maker in Maker.objects.all():
        publish_maker_page(maker)
    texts = {
        "en": StoryText("Cut from one cloth", "How denim is cut.", [("text", "<p>Selvedge looms</p>")]),
        "es": StoryText("De una tela", "Cómo se corta la mezclilla.", [("text", "<p>Telares</p>")]),
    }
    return publish_story(slug="one-cloth", texts=texts)


def test_makers_and_stories_are_found_in_the_readers_language(client, pages):
    found = client.get("/shop/", {"q": "selvedge"}).context["pages"]
    assert [row.title for row in found.stories] == ["Cut from one cloth"]
    assert client.get("/es/shop/", {"q": "telares"}).context["pages"].stories[0].get_absolute_url().startswith("/es/")
    assert not client.get("/es/shop/", {"q": "selvedge"}).context["pages"]
    assert [row.title for row in client.get("/shop/", {"q": "quiroz"}).context["pages"].makers] == ["Ana Quiroz"]


def test_a_word_of_a_page_is_no_slip_of_a_word_of_a_piece(client, pages):
    texts = {"en": StoryText("Denis cuts", "Denis at the table.", [("text", "<p>Shears</p>")])}
    publish_story(slug="denis", texts=texts)

    found = client.get("/shop/", {"q": "denis"}).context
    assert found["found"].corrected == ()
    assert [row.title for row in found["pages"].stories] == ["Denis cuts"]


def test_one_command_indexes_what_was_there_before(client, pages):
    Word.objects.all().delete()
    PageEntry.objects.all().delete()

    for _ in range(2):
        call_command("index_shop", stdout=StringIO())

    assert Word.objects.filter(word="selvedge").exists()
    assert client.get("/shop/", {"q": "selvedge"}).context["pages"].stories
    assert "Denim jacket" in titles(client.get("/shop/", {"q": "denim"}))


def test_options_of_a_filter_have_ids_of_their_own(client, listed):
    for name in ("معطف", "قميص"):
        listed(maker=factories.maker(name=name))

    html = client.get("/shop/").text
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert not any(" " in item for item in ids)


def test_what_is_taken_back_or_closed_is_not_found(client, pages):
    pages[0].unpublish()
    page = MakerPage.objects.get(maker__name="Ana Quiroz", locale__language_code="en")
    type(page.maker).objects.filter(pk=page.maker_id).update(is_open=False)

    assert not client.get("/shop/", {"q": "selvedge"}).context["pages"]
    assert not client.get("/shop/", {"q": "quiroz"}).context["pages"]


def test_a_renamed_maker_is_found_by_its_new_name_only(client, pages):
    maker = MakerPage.objects.filter(maker__name="Ana Quiroz").first().maker
    maker.name = maker.legal_name = "Casa Zafiro"
    maker.save()
    publish_maker_page(maker)

    assert [row.title for row in client.get("/shop/", {"q": "zafiro"}).context["pages"].makers] == ["Casa Zafiro"]
    assert PageEntry.objects.filter(title="Ana Quiroz").count() == 0


def test_what_staff_write_beside_stories_is_found_too(client, shop):
    """A guide, a collection, a neighborhood and an event; the event until it is over, each in its own language."""
    now = clock.now()
    made = {
        GuideIndexPage: ("Indigo, explained", {"summary": "How indigo is dyed.", "body": []}),
        CollectionIndexPage: ("Indigo for work", {"intro": "Everything in indigo.", "rule": "in_stock=1"}),
        NeighborhoodIndexPage: ("Indigo of Boyle Heights", {"intro": "Vats.", "neighborhood": "Boyle Heights"}),
        EventIndexPage: (
            "Open indigo vat",
            {
                "summary": "Dye with us.", "place": "Ana's workshop", "address": "2500 East 4th Street",
                "starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=2),
            },
        ),
    }  # fmt: skip
    for below, (title, fields) in made.items():
        (model,) = below.allowed_subpage_models()
        publish_pages(below=below, pages={"en": model(title=title, slug="indigo", **fields)})

    titles_of = {title for title, _fields in made.values()}
    entries = PageEntry.objects.filter(title__in=titles_of)
    assert {(row.kind, row.title) for row in entries} == {
        ("guide", "Indigo, explained"), ("collection", "Indigo for work"),
        ("neighborhood", "Indigo of Boyle Heights"), ("event", "Open indigo vat"),
    }  # fmt: skip
    for word, title in (
        ("explained", "Indigo, explained"), ("everything", "Indigo for work"), ("vats", "Indigo of Boyle Heights"),
        ("workshop", "Open indigo vat"),
    ):  # fmt: skip
        assert title in [row.title for row in client.get("/shop/", {"q": word}).context["pages"].stories], word
    assert "Guide" in client.get("/shop/suggest/", {"q": "explained"}).text
    assert not client.get("/es/shop/", {"q": "explained"}).context["pages"].stories
    PageEntry.objects.filter(kind="event").update(until=now)
    assert not client.get("/shop/", {"q": "workshop"}).context["pages"].stories


def test_suggestions_while_typing(client, pages):
    text = client.get("/shop/suggest/", {"q": "den"}).text
    assert "Denim jacket" in text
    assert "Cut from one cloth" in text
    assert 'href="/shop/?neighborhood=boyle-heights"' in client.get("/shop/suggest/", {"q": "boyle"}).text
    assert "jackets" in client.get("/shop/suggest/", {"q": "jack"}).text.lower()


@pytest.mark.parametrize("words", ["", "a", "\x00", "<script>alert(1)</script>", "%", '"', "*" * 500])
def test_suggestions_for_nothing_and_for_nonsense(client, shop, words):
    response = client.get("/shop/suggest/", {"q": words})

    assert response.status_code == 200
    assert "<script>" not in response.text


def test_words_are_learned_once(shop, listed):
    before = Word.objects.count()
    listed(title="Denim jacket", description="Riveted.")
    assert Word.objects.filter(word="denim").count() == 1
    assert Word.objects.count() <= before + 2


# saved searches


def asked(query):
    return params.parse(QueryDict(query))


def test_a_search_is_saved_told_about_once_and_forgotten(client, shop, listed):
    shopper = factories.person()
    client.force_login(shopper)

    client.post("/account/searches/save/", {"query": "size=M&sort=price", "tell": "1"})
    saved = SavedSearch.objects.get()
    assert (saved.user, saved.query, saved.tell) == (shopper, "size=M&sort=price", True)
    tell_of_new()
    outbox.deliver()
    assert not mail.outbox

    SavedSearch.objects.update(told_until=clock.now() - timedelta(days=1))
    listed(title="New coat", variants=sizes("M"))
    listed(title="Small coat", variants=sizes("S"))
    for _ in range(2):
        tell_of_new()
        outbox.deliver()
    letters = [letter for letter in mail.outbox if letter.to == [shopper.email]]
    assert len(letters) == 1
    assert "New coat" in letters[0].body
    assert "Small coat" not in letters[0].body
    assert "/account/letters/" in letters[0].body

    page = client.get("/account/searches/")
    assert "Size M" in page.text
    client.post(f"/account/searches/{saved.pk}/remove/")
    assert not SavedSearch.objects.exists()


def test_the_reader_of_a_letter_ends_it_without_signing_in(client, shop, listed):
    """A visit alone ends nothing; the reader's press does, and so does the mail program's button (RFC 8058)."""
    for how in ("person", "program"):
        saved = save_search(user=factories.person(), asked=asked("size=M"), language="es", tell=True)
        SavedSearch.objects.filter(pk=saved.pk).update(told_until=clock.now() - timedelta(days=1))
        listed(title=f"Coat for a {how}", variants=sizes("M"))
        tell_of_new()
        outbox.deliver()
        letter = mail.outbox[-1]
        address = letter.extra_headers["List-Unsubscribe"].strip("<>")
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in letter.body
        path = address.removeprefix(settings.SITE_ADDRESS)
        page = client.get(path)
        saved.refresh_from_db()
        assert saved.tell
        assert "¿Dejar de recibir estas cartas?" in page.text
        stranger = Client(enforce_csrf_checks=True)
        answer = stranger.post(path, {"List-Unsubscribe": "One-Click"}) if how == "program" else client.post(path)
        assert answer.status_code == 200
        saved.refresh_from_db()
        assert not saved.tell
    before = len(mail.outbox)
    SavedSearch.objects.update(told_until=clock.now() - timedelta(days=1))
    tell_of_new()
    outbox.deliver()
    assert len(mail.outbox) == before


@pytest.mark.parametrize("token", ["1", "1:x", "x", "1:" + "a" * 43])
def test_a_made_up_address_ends_no_letters(client, shop, token):
    saved = save_search(user=factories.person(), asked=asked("size=M"), language="en", tell=True)
    path = f"/account/searches/stop/{token.replace('1', str(saved.pk), 1)}/"
    assert {client.get(path).status_code, client.post(path).status_code} == {404}
    saved.refresh_from_db()
    assert saved.tell


def test_nobody_removes_anothers_search(client, shop):
    saved = save_search(user=factories.person(), asked=asked("size=M"), language="en", tell=False)
    client.force_login(factories.person())
    assert client.post(f"/account/searches/{saved.pk}/remove/").status_code == 404
    assert SavedSearch.objects.filter(pk=saved.pk).exists()


def test_an_empty_search_and_too_many_are_refused(shop):
    shopper = factories.person()
    with pytest.raises(ValidationError):
        save_search(user=shopper, asked=asked(""), language="en", tell=False)
    for number in range(MOST_SAVED):
        save_search(user=shopper, asked=asked(f"price_max={number + 1}"), language="en", tell=False)
    save_search(user=shopper, asked=asked("price_max=1"), language="es", tell=True)
    with pytest.raises(ValidationError):
        save_search(user=shopper, asked=asked("size=M"), language="en", tell=False)
    assert SavedSearch.objects.filter(user=shopper).count() == MOST_SAVED


def test_a_search_for_a_maker_that_left_does_not_tell_of_everything(shop, listed):
    save_search(user=factories.person(), asked=asked("maker=sea-coats"), language="en", tell=True)
    SavedSearch.objects.update(query="maker=left-the-city", told_until=clock.now() - timedelta(days=1))
    listed(title="New coat")
    tell_of_new()
    outbox.deliver()
    assert not mail.outbox


def test_no_letter_for_a_search_that_was_removed_meanwhile(shop, listed):
    saved = save_search(user=factories.person(), asked=asked("size=M"), language="en", tell=True)
    SavedSearch.objects.update(told_until=clock.now() - timedelta(days=1))
    tell_of_new()
    saved.delete()
    outbox.deliver()
    assert not mail.outbox
