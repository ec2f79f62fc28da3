"""The fashion categories that the shop starts with; their slugs are part of public addresses."""

from django.db import migrations

TREE = (
    ("women", "Women", "Mujer", (
        ("dresses", "Dresses", "Vestidos"), ("tops", "Tops and shirts", "Blusas y playeras"),
        ("knitwear", "Knitwear", "Tejidos"), ("jackets", "Jackets and coats", "Chamarras y abrigos"),
        ("jeans", "Jeans", "Jeans"), ("pants", "Pants", "Pantalones"), ("skirts", "Skirts", "Faldas"),
    )),
    ("men", "Men", "Hombre", (
        ("shirts", "Shirts", "Camisas"), ("tees", "Tees and sweatshirts", "Playeras y sudaderas"),
        ("knitwear", "Knitwear", "Tejidos"), ("jackets", "Jackets and coats", "Chamarras y abrigos"),
        ("jeans", "Jeans", "Jeans"), ("pants", "Pants", "Pantalones"),
    )),
    ("kids", "Kids", "Niños", (
        ("tops", "Tops", "Playeras"), ("overalls", "Overalls and sets", "Overoles y conjuntos"),
        ("dresses", "Dresses", "Vestidos"),
    )),
    ("accessories", "Accessories", "Accesorios", (
        ("hats", "Hats and caps", "Gorras y sombreros"), ("scarves", "Scarves", "Bufandas"),
        ("belts", "Belts", "Cinturones"), ("aprons", "Aprons", "Mandiles"),
    )),
    ("jewelry", "Jewelry", "Joyería", (
        ("earrings", "Earrings", "Aretes"), ("necklaces", "Necklaces", "Collares"), ("rings", "Rings", "Anillos"),
    )),
    ("bags", "Bags", "Bolsas", (
        ("totes", "Totes", "Bolsas de mano"), ("crossbody", "Crossbody bags", "Bolsas cruzadas"),
        ("backpacks", "Backpacks", "Mochilas"),
    )),
    ("shoes", "Shoes", "Zapatos", (
        ("sneakers", "Sneakers", "Tenis"), ("boots", "Boots", "Botas"), ("sandals", "Sandals", "Sandalias"),
    )),
    ("home", "Home", "Hogar", (
        ("blankets", "Blankets", "Cobijas"), ("cushions", "Cushions", "Cojines"),
        ("kitchen", "Kitchen and table", "Cocina y mesa"),
    )),
)  # fmt: skip


def make_categories(apps, schema_editor):
    """Historic models lack treebeard's methods, so paths are written out: four characters per level."""
    category = apps.get_model("catalogue", "Category")
    if category.objects.exists():
        return
    for row, (slug, name, name_es, children) in enumerate(TREE, start=1):
        path = f"{row:04d}"
        category.objects.create(slug=slug, name=name, name_es=name_es, path=path, depth=1, numchild=len(children))
        for leaf, (child_slug, child_name, child_es) in enumerate(children, start=1):
            category.objects.create(
                slug=child_slug, name=child_name, name_es=child_es, path=f"{path}{leaf:04d}", depth=2, numchild=0
            )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0034_listing")]
    operations = [migrations.RunPython(make_categories, migrations.RunPython.noop)]
