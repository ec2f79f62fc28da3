"""Writes about public pictures: known at the upload, rendered by the worker, forgotten with what they showed."""

import uuid
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from marketplace.core import outbox

from .models import Picture
from .rendering import render, size_of
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


@transaction.atomic
def forget(*, name: str) -> None:
    """Take a picture away and, a day later, its file and renditions; whoever showed it no longer does."""
    row = Picture.objects.select_for_update().filter(name=name).first()
    if row is not None:
        row.delete()
    _drop_later({"name": name, "key": row.key if row else ""})


def drop(payload: dict) -> None:
    """Handles `pictures.drop`: delete the file and the renditions that no picture has any more."""
    key, name = payload.get("key"), payload.get("name")
    if name and not Picture.objects.filter(name=name).exists():
        default_storage.delete(name)
    if not key or Picture.objects.filter(key=key).exists() or not default_storage.exists(folder(key)):
        return
    _folders, names = default_storage.listdir(folder(key))
    for rendition in names:
        default_storage.delete(f"{folder(key)}/{rendition}")
    default_storage.delete(folder(key))


def _drop_later(payload: dict) -> None:
    outbox.post(topic="pictures.drop", key=f"drop:{uuid.uuid4().hex}", payload=payload, after=KEPT_AFTER_CHANGE)
