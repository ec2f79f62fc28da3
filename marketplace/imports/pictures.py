"""Pictures that a file names are fetched after its pieces, one at a time for each import."""

import time
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation

from catalog.catalogue import pictures as catalogue
from catalog.search.listing import refresh_after_commit
from marketplace.core import clock, fetch, outbox

from .models import SourcePicture

SLOW_SECONDS = 1
REST = timedelta(seconds=10)


def send_for_pictures(batch_id: int, *, after: timedelta = timedelta()) -> None:
    """Queue the next picture that waits; each one queues the one after it, so that nothing else waits for all."""
    waiting = SourcePicture.objects.filter(batch=batch_id, tried_at=None).order_by("pk").first()
    if waiting is not None:
        key = f"import-picture-{waiting.pk}-{waiting.tries}"
        outbox.post(topic="imports.picture", key=key, payload={"picture": waiting.pk}, after=after)


def fetch_picture(payload: dict) -> None:
    """Outbox handler: have one picture and go on with the next. No transaction is held while the server answers."""
    pictures = SourcePicture.objects.select_related("product__maker", "batch__user")
    picture = pictures.filter(pk=payload["picture"]).first()
    if picture is None or picture.batch is None:
        return
    started = time.monotonic()
    if picture.tried_at is None:
        content, error = _content(picture)
        with translation.override(picture.product.maker.language):
            _keep(picture, content, error)
    # A slow server does not keep the worker from everything else.
    is_slow = time.monotonic() - started > SLOW_SECONDS
    send_for_pictures(picture.batch_id, after=REST if is_slow else timedelta())


def _content(picture: SourcePicture) -> tuple[bytes, str]:
    """The bytes, or the code of what went wrong."""
    try:
        return fetch.get(picture.address), ""
    except fetch.FetchRefused as error:
        return b"", error.code


@transaction.atomic
def _keep(picture: SourcePicture, content: bytes, error: str) -> None:
    """`error` is a code of `words.PICTURE_ERRORS`, or what the service said."""
    picture.error = error or _add(picture, content)
    picture.tries += 1
    picture.tried_at = clock.now()
    picture.save(update_fields=["error", "image", "tries", "tried_at"])
    refresh_after_commit([picture.product])


def _add(picture: SourcePicture, content: bytes) -> str:
    """Give the piece its picture; else why not."""
    try:
        with transaction.atomic():
            if picture.batch.user is None:
                raise PermissionDenied
            picture.image = catalogue.add_picture(
                user=picture.batch.user, product=picture.product, upload=SimpleUploadedFile("picture", content),
                alt=picture.alt, color=_color_there(picture),
            )  # fmt: skip
    except ValidationError as refusal:
        return " ".join(refusal.messages)[:300]
    except PermissionDenied:
        return "no_member"
    return ""


def _color_there(picture: SourcePicture) -> str:
    """The color it shows while the piece has that color, else none."""
    there = picture.product.children.filter(is_public=True, color=picture.color).exists()
    return picture.color if there else ""
