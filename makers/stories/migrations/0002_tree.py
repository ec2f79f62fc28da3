"""The tree that the site starts with: home, makers and stories, in English and Spanish."""

import uuid

from django.db import migrations

HOME = {
    "en": (
        "LA Original",
        "From Los Angeles, and we checked",
        "Clothes, jewelry and things for the home from small workshops across the city. Each piece carries a"
        " certificate that says which steps happened here, and which did not.",
        "A workshop with a sawtooth roof under a jacaranda in bloom",
    ),
    "es": (
        "LA Original",
        "De Los Ángeles, y lo verificamos",
        "Ropa, joyería y cosas para el hogar de talleres pequeños de toda la ciudad. Cada pieza lleva un certificado"
        " que dice qué pasos se hicieron aquí y cuáles no.",
        "Un taller con techo en diente de sierra bajo una jacaranda en flor",
    ),
}
MAKERS = {
    "en": ("Makers", "The people behind the pieces, from Pacoima to San Pedro."),
    "es": ("Talleres", "Las personas detrás de las piezas, de Pacoima a San Pedro."),
}
STORIES = {
    "en": ("Stories", "How things are made here, told by those who make them."),
    "es": ("Historias", "Cómo se hacen las cosas aquí, contado por quienes las hacen."),
}


def make_tree(apps, schema_editor):
    """Historic models lack treebeard's methods, so paths are written out: four characters per level."""
    page_model = apps.get_model("wagtailcore", "Page")
    site_model = apps.get_model("wagtailcore", "Site")
    locale_model = apps.get_model("wagtailcore", "Locale")
    root = page_model.objects.get(depth=1)
    site_model.objects.all().delete()
    page_model.objects.filter(depth=2).delete()
    keys = [uuid.uuid4() for _ in range(3)]
    homes = {}
    for number, code in enumerate(("en", "es"), start=1):
        locale, _created = locale_model.objects.get_or_create(language_code=code)
        homes[code] = _language(apps, root, locale, code, number, keys)
    root.numchild = 2
    root.save(update_fields=["numchild"])
    site_model.objects.create(
        hostname="localhost", site_name="LA Original", root_page_id=homes["en"].pk, is_default_site=True
    )


def _language(apps, root, locale, code, number, keys):
    title, headline, text, alt = HOME[code]
    slug = "home" if code == "en" else f"home-{code}"
    path, url_path = f"{root.path}{number:04d}", f"/{slug}/"
    common = {"locale": locale, "live": True}
    home = _page(
        apps, "HomePage", title=title, slug=slug, path=path, depth=2, numchild=2, url_path=url_path,
        translation_key=keys[0], hero_title=headline, hero_text=text, picture_alt=alt, **common,
    )  # fmt: skip
    for place, (model, texts, child) in enumerate(
        (("MakerIndexPage", MAKERS, "makers"), ("StoryIndexPage", STORIES, "stories")), start=1
    ):
        child_title, intro = texts[code]
        _page(
            apps, model, title=child_title, slug=child, path=f"{path}{place:04d}", depth=3, numchild=0,
            url_path=f"{url_path}{child}/", translation_key=keys[place], intro=intro, show_in_menus=True, **common,
        )  # fmt: skip
    return home


def _page(apps, model, **fields):
    content_type_model = apps.get_model("contenttypes", "ContentType")
    content_type, _created = content_type_model.objects.get_or_create(app_label="stories", model=model.lower())
    return apps.get_model("stories", model).objects.create(
        content_type=content_type, draft_title=fields["title"], **fields
    )


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0001_pages"),
        ("wagtailcore", "0054_initial_locale"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_tree, migrations.RunPython.noop)]
