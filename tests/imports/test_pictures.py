"""Pictures that a file names: fetched one by one, reported where they fail, tried again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.catalogue.models import Product, ProductImage
from catalog.catalogue.pictures import MOST_PICTURES, remove_picture
from marketplace.core import fetch, outbox
from marketplace.core.models import OutboxMessage
from marketplace.imports import pictures
from marketplace.imports.models import SourcePicture
from marketplace.imports.services import apply_import, retry_pictures
from tests import factories

from .files import bring, dry_run, outcomes, piece, said, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(db):
    return factories.maker()


@pytest.fixture
def web(monkeypatch):
    """Answers by address: bytes, or the code of a refusal; a picture of its own for all others."""
    answers = {}

    def get(address):
        found = answers.get(address)
        if isinstance(found, str):
            raise fetch.FetchRefused(found)
        return found or factories.photo().read()

    monkeypatch.setattr(fetch, "get", get)
    return answers


def with_pictures(*names: str) -> bytes:
    rows = [piece(**{"Image Src": f"https://x.example/{names[0]}", "Image Position": "1", "Image Alt Text": "Front"})]
    for number, name in enumerate(names[1:], 2):
        rows.append({"Handle": "tote", "Image Src": f"https://x.example/{name}", "Image Position": str(number)})
    return sheet(*rows, columns=tuple(rows[0]))


def deliver():
    while outbox.deliver():
        pass


def captions(maker) -> list[str]:
    images = ProductImage.objects.filter(product__maker=maker).order_by("display_order")
    return list(images.values_list("caption", flat=True))


def test_pictures_come_in_their_order_with_their_words(maker, web):
    bring(maker, with_pictures("a.jpg", "b.jpg"))
    deliver()
    assert captions(maker) == ["Front", "Tote"]


def test_only_one_picture_waits_in_the_outbox_at_a_time(maker, web):
    batch = dry_run(maker, with_pictures(*[f"{n}.jpg" for n in range(5)]))
    apply_import(user=factories.owner_of(maker), batch=batch)
    outbox.deliver(limit=1)
    assert OutboxMessage.objects.filter(topic="imports.picture", done_at=None).count() == 1


@pytest.mark.parametrize(
    "code", ["not_public", "unreachable", "too_slow", "too_large", "redirects", "answer", "address"]
)
def test_a_picture_that_fails_is_said_by_row_and_tried_again(maker, web, code):
    web["https://x.example/b.jpg"] = code
    batch = bring(maker, with_pictures("a.jpg", "b.jpg", "c.jpg"))
    deliver()
    failed = SourcePicture.objects.exclude(error="").get()
    assert (failed.error, failed.row) == (code, 3)
    assert len(captions(maker)) == 2
    client = Client()
    client.force_login(factories.owner_of(maker))
    page = client.get(f"/studio/import/{batch.pk}/").content.decode()
    assert "Pictures that are not here" in page
    assert "https://x.example/b.jpg" in page
    web.clear()
    assert client.post(f"/studio/import/{batch.pk}/pictures/").status_code == 302
    deliver()
    assert not SourcePicture.objects.exclude(error="").exists()
    assert len(captions(maker)) == 3


@pytest.mark.parametrize(
    "content",
    [b"<html><script>alert(1)</script></html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"GIF89a",
     b"\xff\xd8\xff\xe0broken"],
)  # fmt: skip
def test_what_is_no_picture_is_kept_out(maker, web, content):
    web["https://x.example/a.jpg"] = content or b" "
    bring(maker, with_pictures("a.jpg"))
    deliver()
    assert SourcePicture.objects.get().error
    assert not ProductImage.objects.exists()


def test_the_same_file_fetches_nothing_again_not_even_what_was_removed_here(maker, web):
    content = with_pictures("a.jpg", "b.jpg")
    bring(maker, content)
    deliver()
    product = Product.objects.get(maker=maker)
    image = ProductImage.objects.filter(product=product).first()
    remove_picture(user=factories.owner_of(maker), product=product, picture_id=image.pk)
    assert outcomes(bring(maker, content)) == {"Tote": "same"}
    deliver()
    assert len(captions(maker)) == 1


def test_a_new_address_is_a_new_picture(maker, web):
    bring(maker, with_pictures("a.jpg"))
    batch = bring(maker, with_pictures("a.jpg", "b.jpg"))
    deliver()
    assert outcomes(batch) == {"Tote": "changed"}
    assert len(captions(maker)) == 2


def test_more_pictures_than_fit_are_left_out_with_a_warning(maker, web):
    batch = dry_run(maker, with_pictures(*[f"{n}.jpg" for n in range(MOST_PICTURES + 2)]))
    assert ("too_many_pictures", MOST_PICTURES + 2) in said(batch)
    assert len(batch.pieces.get().content["pictures"]) == MOST_PICTURES


def test_a_worker_that_dies_between_answer_and_row_fetches_again_once(maker, web, monkeypatch):
    real = pictures._keep
    monkeypatch.setattr(pictures, "_keep", lambda *_args: (_ for _ in ()).throw(MemoryError))
    bring(maker, with_pictures("a.jpg"))
    assert not ProductImage.objects.exists()
    monkeypatch.setattr(pictures, "_keep", real)
    message = OutboxMessage.objects.get(topic="imports.picture", done_at=None)
    outbox.hurry(message.pk)
    deliver()
    pictures.fetch_picture(message.payload)
    assert ProductImage.objects.count() == 1


def test_pictures_of_another_maker_are_not_tried_again(maker, web):
    web["https://x.example/a.jpg"] = "unreachable"
    batch = bring(maker, with_pictures("a.jpg"))
    deliver()
    with pytest.raises(PermissionDenied):
        retry_pictures(user=factories.owner_of(factories.maker()), batch=batch)


def test_no_picture_is_fetched_before_the_dry_run_is_applied(maker, monkeypatch):
    monkeypatch.setattr(fetch, "get", lambda address: pytest.fail("fetched"))
    client = Client()
    client.force_login(factories.owner_of(maker))
    client.post("/studio/import/", {"file": SimpleUploadedFile("a.csv", with_pictures("a.jpg"))})
    deliver()
    assert not SourcePicture.objects.exists()
