"""Lists of collections, guides, neighborhoods and events below each home page, in English and Spanish."""

import uuid

from django.db import migrations

STEPLEN = 4
LISTS = (
    ("CollectionIndexPage", "collections", {
        "en": ("Collections", "Pieces that belong together, put together by hand."),
        "es": ("Colecciones", "Piezas que van juntas, elegidas a mano."),
    }),
    ("GuideIndexPage", "guides", {
        "en": ("Guides", "What the label means, and how to read it."),
        "es": ("Guías", "Qué significa la etiqueta y cómo leerla."),
    }),
    ("NeighborhoodIndexPage", "neighborhoods", {
        "en": ("Neighborhoods", "Who works where, and what they make there."),
        "es": ("Barrios", "Quién trabaja dónde y qué hace ahí."),
    }),
    ("EventIndexPage", "events", {
        "en": ("Events", "Open workshops, markets and talks across the city."),
        "es": ("Eventos", "Talleres abiertos, mercados y pláticas por toda la ciudad."),
    }),
)


def make_lists(apps, schema_editor):
    """Historic models lack treebeard's methods, so paths are written out: four characters per level."""
    keys = [uuid.uuid4() for _list in LISTS]
    for home in apps.get_model("stories", "HomePage").objects.select_related("locale").order_by("path"):
        _below(apps, home, keys)


def _below(apps, home, keys):
    page_model = apps.get_model("wagtailcore", "Page")
    code = home.locale.language_code
    if code not in ("en", "es"):
        return
    below = page_model.objects.filter(path__startswith=home.path, depth=home.depth + 1)
    taken = set(below.values_list("slug", flat=True))
    last = below.order_by("-path").values_list("path", flat=True).first()
    place = int(last[-STEPLEN:], 36) if last else 0
    for key, (name, slug, texts) in zip(keys, LISTS, strict=True):
        if slug in taken:
            continue
        place += 1
        title, intro = texts[code]
        model = apps.get_model("stories", name)
        content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="stories", model=name.lower()
        )
        model.objects.create(
            title=title, draft_title=title, slug=slug, intro=intro, path=f"{home.path}{_base36(place)}",
            depth=home.depth + 1, numchild=0, url_path=f"{home.url_path}{slug}/", translation_key=key,
            locale=home.locale, live=True, content_type=content_type,
        )
    page_model.objects.filter(pk=home.pk).update(
        numchild=page_model.objects.filter(path__startswith=home.path, depth=home.depth + 1).count()
    )


def _base36(number):
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text.rjust(STEPLEN, "0")


class Migration(migrations.Migration):
    dependencies = [("stories", "0003_more_pages")]
    operations = [migrations.RunPython(make_lists, migrations.RunPython.noop)]
