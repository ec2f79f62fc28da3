"""`manage.py make_pictures`: make what public pictures lack, after sizes or qualities changed; again is free.

It stands with the stories because everybody else who stores a picture lies below them.
"""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from wagtail.images.models import Image

from catalog.catalogue.models import ProductImage
from catalog.search.pictures import make_picture
from makers.models import Maker
from makers.stories.pictures import keep_image
from marketplace.aftersale.models import ReviewPhoto
from marketplace.pictures.models import Picture
from marketplace.pictures.rendering import is_complete
from marketplace.pictures.services import forget, keep
from marketplace.pictures.shapes import Use


class Command(BaseCommand):
    help = "Write down pictures that are not known yet, make their renditions, forget those that nothing shows."

    def handle(self, **options):
        known = set(Picture.objects.values_list("name", flat=True))
        shown = set(_names())
        for name in sorted(known - shown):
            forget(name=name)
        missing = sorted(name for name in shown if not default_storage.exists(name))
        for name in missing:
            self.stderr.write(f"{name}: the file is missing")
        _keep_all(shown - known - set(missing))
        made = 0
        for row in Picture.objects.exclude(name__in=missing).order_by("pk").iterator():
            if not is_complete(row.key, use=Use(row.use), size=(row.width, row.height)):
                make_picture({"picture": row.name})
                made += 1
        self.stdout.write(f"{made} made, {len(shown)} shown, {len(known - shown)} forgotten, {len(missing)} missing")


def _names() -> Iterator[str]:
    for rows, field, _use in _sources():
        yield from rows.exclude(**{field: ""}).values_list(field, flat=True)
    yield from Image.objects.values_list("file", flat=True)


def _sources():
    return (
        (ProductImage.objects.order_by(), "original", Use.PIECE),
        (Maker.objects.all(), "picture", Use.MAKER),
        (ReviewPhoto.objects.order_by(), "file", Use.REVIEW),
    )


def _keep_all(names: set[str]) -> None:
    for rows, field, use in _sources():
        for name in rows.filter(**{f"{field}__in": names}).values_list(field, flat=True):
            keep(name=name, use=use)
    for image in Image.objects.filter(file__in=names):
        keep_image(image)
