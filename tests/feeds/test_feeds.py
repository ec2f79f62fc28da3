"""What machines read of the shop: only what may be sold and claimed, escaped, in the reader's language."""

import csv
import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from catalog.catalogue.services import Variant
from catalog.search.listing import refresh_listing
from makers.stories.services import StoryText, publish_maker_page, publish_story
from marketplace.core import clock
from marketplace.feeds import offers as feed_offers
from tests import factories

pytestmark = pytest.mark.django_db
G = "{http://base.google.com/ns/1.0}"


def listed(**details):
    piece = factories.certified_product(details.pop("maker", None), **details)
    refresh_listing(piece.pk)
    return piece


def body(response) -> str:
    return b"".join(response.streaming_content).decode()


def google(client) -> list[dict]:
    tree = ElementTree.fromstring(body(client.get("/feeds/google-merchant.xml")))
    return [{field.tag.removeprefix(G): field.text for field in item} for item in tree.iter("item")]


def meta(client) -> list[dict]:
    return list(csv.DictReader(StringIO(body(client.get("/feeds/meta-catalog.csv")))))


def data_of(response) -> dict[str, dict]:
    soup = BeautifulSoup(response.content, "html.parser")
    blocks = [json.loads(script.string) for script in soup.find_all("script", type="application/ld+json")]
    return {block["@type"]: block for block in blocks}


def test_each_variant_is_an_item_of_its_piece(client):
    variants = [
        Variant(price=Decimal("40.00"), stock=3, size="M", color="Navy", color_hex="#2b2f63"),
        Variant(price=Decimal("45.00"), stock=0, size="L", color="Navy", color_hex="#2b2f63"),
    ]
    piece = listed(title="Tee & more", variants=variants)

    items = google(client)

    assert [(item["size"], item["price"], item["availability"]) for item in items] == [
        ("M", "40.00 USD", "in_stock"), ("L", "45.00 USD", "out_of_stock"),
    ]  # fmt: skip
    assert {item["item_group_id"] for item in items} == {str(piece.pk)}
    assert items[0]["title"] == "Tee & more"
    assert items[0]["link"].endswith(piece.get_absolute_url())
    assert [row["price"] for row in meta(client)] == ["40.00 USD", "45.00 USD"]


def test_feeds_are_english_whoever_asks(client):
    piece = listed(title="Coat", title_es="Abrigo")
    response = client.get("/feeds/google-merchant.xml", headers={"Accept-Language": "es"})
    with translation.override("es"):
        text = body(response)
    with translation.override("en"):
        assert f"{piece.get_absolute_url()}</g:link>" in text
    assert "/es/shop/" not in text
    assert "Goods designed" in text


def ended(piece):
    piece.certificates.update(valid_from=clock.today() - timedelta(9), valid_until=clock.today() - timedelta(1))


def closed(piece):
    type(piece.maker).objects.filter(pk=piece.maker_id).update(is_open=False)


def changed(piece):
    piece.production_steps.filter(kind="sewing").update(workplace=None, elsewhere_place="Tijuana")


@pytest.mark.parametrize("spoil", [ended, closed, changed])
def test_what_may_not_be_sold_or_claimed_is_in_no_feed(client, spoil):
    piece, stays = listed(title="Gone"), listed(title="Stays")
    spoil(piece)

    assert {item["title"] for item in google(client)} == {stays.title}
    assert {row["title"] for row in meta(client)} == {stays.title}
    assert "offers" not in data_of(client.get(piece.get_absolute_url()))["Product"] or spoil is closed
    if spoil is not closed:
        assert "hasCertification" not in data_of(client.get(piece.get_absolute_url()))["Product"]


def test_words_of_people_can_do_no_harm(client):
    listed(title="=cmd|' /C calc'!A0", description="</script><script>alert(1)</script> & \x0b")

    assert meta(client)[0]["title"].startswith("'=")
    assert google(client)[0]["title"].startswith("=cmd")
    page = client.get(google(client)[0]["link"].replace("http://127.0.0.1:8000", ""))
    assert "<script>alert" not in page.text
    assert data_of(page)["Product"]["name"].startswith("=cmd")


def test_chunks_follow_without_gap_or_repeat(client, monkeypatch):
    monkeypatch.setattr(feed_offers, "CHUNK", 3)
    maker = factories.maker()
    pieces = [factories.product(maker, title=f"Piece {number}") for number in range(10)]
    factories.certify_in_bulk(pieces)
    for piece in pieces:
        refresh_listing(piece.pk)

    titles = [item["title"] for item in google(client)]

    assert sorted(titles) == sorted(piece.title for piece in pieces)


@pytest.mark.parametrize(("origin", "country"), [("usa", "US"), ("both", None), ("imported", None)])
def test_a_country_is_named_only_where_it_may_be(client, origin, country):
    piece = listed(origin_statement=origin)

    assert data_of(client.get(piece.get_absolute_url()))["Product"].get("countryOfOrigin") == country


def test_a_piece_says_what_its_page_says(client):
    piece = listed(title="Coat", price="90.00")

    found = data_of(client.get(piece.get_absolute_url()))

    product = found["Product"]
    assert product["offers"]["price"] == "90.00"
    assert product["offers"]["availability"] == "https://schema.org/InStock"
    assert product["hasCertification"]["certificationIdentification"] == piece.certificates.get().number
    steps = [step["name"] for step in found["BreadcrumbList"]["itemListElement"]]
    assert steps[0] == "Shop"
    assert steps[-1] == "Coat"
    page = client.get(piece.get_absolute_url()).text
    assert 'property="og:title" content="Coat"' in page


def test_home_maker_and_story_describe_themselves(client):
    maker = factories.maker(name="Ana Quiroz")
    publish_maker_page(maker)
    texts = {"en": StoryText("Cut from one cloth", "How denim is cut.", [("text", "<p>Looms</p>")])}
    (story,) = publish_story(slug="one-cloth", texts=texts, maker=maker)

    assert data_of(client.get("/"))["WebSite"]["name"] == "LA Original"
    assert data_of(client.get(maker.get_absolute_url()))["Organization"]["name"] == "Ana Quiroz"
    assert data_of(client.get(story.get_url()))["Article"]["about"]["name"] == "Ana Quiroz"


def test_stories_as_rss_in_each_language(client):
    texts = {
        "en": StoryText("Cut from one cloth", "How denim is cut.", [("text", "<p>Looms</p>")]),
        "es": StoryText("De una tela", "Cómo se corta.", [("text", "<p>Telares</p>")]),
    }
    publish_story(slug="one-cloth", texts=texts)

    english = ElementTree.fromstring(client.get("/feeds/stories.en.xml").content)
    spanish = ElementTree.fromstring(client.get("/feeds/stories.es.xml").content)

    assert [item.findtext("title") for item in english.iter("item")] == ["Cut from one cloth"]
    assert [item.findtext("title") for item in spanish.iter("item")] == ["De una tela"]
    assert "/es/stories/" in spanish.find(".//item/link").text
    assert client.get("/feeds/stories.de.xml").status_code == 404


def test_a_renamed_piece_and_story_lead_on(client, django_capture_on_commit_callbacks):
    piece = listed(title="Coat")
    old = piece.get_absolute_url()
    type(piece).objects.filter(pk=piece.pk).update(slug="overcoat")
    assert client.get(old)["Location"].startswith("/shop/overcoat-")

    texts = {"en": StoryText("One", "Two.", [("text", "<p>Three</p>")])}
    (story,) = publish_story(slug="one", texts=texts)
    old = story.get_url()
    story.slug = "another"
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"].endswith("/stories/another/")
