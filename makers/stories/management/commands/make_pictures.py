"""`manage.py make_pictures`: make what public pictures lack, after sizes or qualities changed; again is free.

It stands with the stories because everybody else who stores a picture lies below them.
"""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from wagtail.images.models import Image

from catalog.catalogue.models import Listing, ProductImage
from catalog.search.pictures import draw_piece, make_picture
from catalog.search.share_pictures import LANGUAGES, owner_of
from makers.models import Maker
from makers.stories.models import StoryPage
from makers.stories.pictures import keep_image
from makers.stories.share_pictures import draw_story
from marketplace.aftersale.models import ReviewPhoto
from marketplace.pictures.models import Picture, SharePicture
from marketplace.pictures.rendering import is_complete
from marketplace.pictures.services import forget, forget_share, keep
from marketplace.pictures.shapes import Use


class Command(BaseCommand):
    help = "Write down pictures not known yet, make their renditions, draw what other sites show, forget the rest."

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
        drawn = _draw(set(missing))
        counts = f"{made} made, {len(shown)} shown, {len(known - shown)} forgotten, {len(missing)} missing"
        self.stdout.write(f"{counts}, {drawn} drawn")


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


def _draw(missing: set[str]) -> int:
    """Draw what other sites lack of pieces and stories, and forget what was drawn for others; how many changed."""
    pieces = dict(Listing.objects.order_by("pk").values_list("pk", "pictures"))
    stories = dict(StoryPage.objects.live().order_by("pk").values_list("pk", "picture__file"))
    owners = {owner_of(pk, language) for pk in pieces for language in LANGUAGES}
    owners |= {StoryPage.share_owner(pk) for pk in stories}
    for owner in list(SharePicture.objects.order_by("pk").values_list("owner", flat=True)):
        if owner not in owners:
            forget_share(owner=owner)
    drawn = [draw_piece({"product": pk}) for pk, shown in pieces.items() if shown and shown[0]["name"] not in missing]
    return sum([*drawn, *(draw_story({"page": pk}) for pk, name in stories.items() if name not in missing)])
