"""Writes about public pictures: known at the upload, rendered by the worker, forgotten with what they showed."""

import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from marketplace.core import outbox

from . import drawing
from .models import Picture, SharePicture
from .rendering import key_of, render, size_of
from .shapes import MIDDLE, Size, Use, folder

KEPT_AFTER_CHANGE = timedelta(days=1)  # pages in caches still name the renditions of before


@transaction.atomic
def keep(*, name: str, use: Use, focal: Size = MIDDLE) -> Picture:
    """Write down a picture whose file is stored and what crops are made around, and have it made; again is free.

    After a new focal point (per mille from left and top) the crops of before are shown until the new ones are there.
    """
    row = Picture.objects.select_for_update().filter(name=name).first()
    if row is None:
        with default_storage.open(name, "rb") as file:
            width, height = size_of(file)
        row = Picture.objects.create(name=name, use=use, width=width, height=height, focal_x=focal[0], focal_y=focal[1])
    elif row.focal == focal:
        return row
    else:
        row.focal_x, row.focal_y = focal
        row.save(update_fields=["focal_x", "focal_y"])
    order_making(row)
    return row


def order_making(row: Picture) -> None:
    """Have the worker make the renditions of a picture."""
    outbox.post(topic="pictures.make", key=f"picture:{row.pk}:{uuid.uuid4().hex}", payload={"picture": row.name})


def make(name: str) -> Picture | None:
    """Make the renditions and write their key down; None for a picture that was forgotten meanwhile.

    Whoever moves the focal point meanwhile ordered another making, and this one writes nothing.
    """
    row = Picture.objects.filter(name=name).first()
    if row is None:
        return None
    with default_storage.open(name, "rb") as file:
        made = render(file.read(), use=Use(row.use), focal=row.focal)
    found = Picture.objects.filter(pk=row.pk, focal_x=row.focal_x, focal_y=row.focal_y)
    with transaction.atomic():
        written = found.update(key=made.key, width=made.width, height=made.height, blur=made.blur)
        if written and row.key not in ("", made.key):
            _drop_later({"key": row.key})
    return Picture.objects.filter(pk=row.pk).first()


def draw_share(*, owner: str, name: str, words: drawing.Words) -> bool:
    """Draw what other sites show of the owner, unless it is there; whether anything was made or written down."""
    row = Picture.objects.filter(name=name).first()
    if row is None:
        return False
    with default_storage.open(name, "rb") as file:
        data = file.read()
    key = drawing.drawn_key(key_of(data, row.focal), words)
    made = not default_storage.exists(drawing.drawn_name(key))
    if made:
        default_storage.save(drawing.drawn_name(key), ContentFile(drawing.draw(data, focal=row.focal, words=words)))
    return _note_share(owner, row, key) or made


@transaction.atomic
def _note_share(owner: str, picture: Picture, key: str) -> bool:
    before = SharePicture.objects.select_for_update().filter(owner=owner).first()
    if before is not None and (before.picture_id, before.key) == (picture.pk, key):
        return False
    SharePicture.objects.update_or_create(owner=owner, defaults={"picture": picture, "key": key})
    if before is not None and before.key != key:
        _drop_later({"key": before.key})
    return True


@transaction.atomic
def forget_share(*, owner: str) -> bool:
    """Take away what was drawn for an owner that shows no picture any more; whether there was something."""
    row = SharePicture.objects.select_for_update().filter(owner=owner).first()
    if row is None:
        return False
    row.delete()
    _drop_later({"key": row.key})
    return True


@transaction.atomic
def forget(*, name: str) -> None:
    """Take a picture away and, a day later, its file and renditions; whoever showed it no longer does."""
    row = Picture.objects.select_for_update().filter(name=name).first()
    if row is not None:
        for key in row.shares.order_by("pk").values_list("key", flat=True):
            _drop_later({"key": key})
        row.delete()
    _drop_later({"name": name, "key": row.key if row else ""})


def drop(payload: dict) -> None:
    """Handles `pictures.drop`: delete the file and the renditions that no picture has any more."""
    key, name = payload.get("key"), payload.get("name")
    if name and not Picture.objects.filter(name=name).exists():
        default_storage.delete(name)
    if not key or _is_shown(key) or not default_storage.exists(folder(key)):
        return
    _folders, names = default_storage.listdir(folder(key))
    for rendition in names:
        default_storage.delete(f"{folder(key)}/{rendition}")
    default_storage.delete(folder(key))


def _is_shown(key: str) -> bool:
    return Picture.objects.filter(key=key).exists() or SharePicture.objects.filter(key=key).exists()


def _drop_later(payload: dict) -> None:
    outbox.post(topic="pictures.drop", key=f"drop:{uuid.uuid4().hex}", payload=payload, after=KEPT_AFTER_CHANGE)
