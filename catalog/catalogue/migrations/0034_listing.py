import django.db.models.deletion
from django.db import migrations, models


SEARCH_TABLE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE catalogue_listing_words USING fts5(title, names, body, tokenize='unicode61', prefix='2 3')",
    ),
    "postgresql": (
        "CREATE TABLE catalogue_listing_words (product_id bigint PRIMARY KEY, document tsvector NOT NULL)",
        "CREATE INDEX catalogue_listing_words_document ON catalogue_listing_words USING gin (document)",
    ),
}


def make_search_table(apps, schema_editor):
    """The words of each listing, kept in step by catalog.search.fulltext."""
    for statement in SEARCH_TABLE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_search_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE catalogue_listing_words")


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0033_marketplace"),
        ("makers", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="listing",
                        serialize=False,
                        to="catalogue.product",
                    ),
                ),
                ("title", models.CharField(max_length=255)),
                ("title_es", models.CharField(blank=True, max_length=255)),
                ("slug", models.CharField(max_length=255)),
                ("maker_name", models.CharField(max_length=120)),
                ("maker_slug", models.CharField(max_length=140)),
                ("neighborhood", models.CharField(max_length=80)),
                ("neighborhood_slug", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=16)),
                ("price", models.DecimalField(decimal_places=2, max_digits=12)),
                ("price_max", models.DecimalField(decimal_places=2, max_digits=12)),
                ("in_stock", models.PositiveIntegerField(default=0)),
                ("picture", models.CharField(blank=True, max_length=255)),
                ("picture_alt", models.CharField(blank=True, max_length=255)),
                (
                    "pictures",
                    models.JSONField(default=list, help_text="Addresses, sizes, words and color of each picture."),
                ),
                ("swatches", models.JSONField(default=list, help_text="Name and sample of each color.")),
                ("listed_at", models.DateTimeField()),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="listings", to="makers.maker"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListingFacet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("category", "Category"),
                            ("color", "Color"),
                            ("size", "Size"),
                            ("variant", "Size in a color"),
                        ],
                        max_length=8,
                    ),
                ),
                ("value", models.CharField(max_length=120)),
                ("in_stock", models.BooleanField(default=False)),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facets", to="catalogue.listing"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["-listed_at", "-product"], name="listing_newest"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["price", "-product"], name="listing_price"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["neighborhood_slug", "-listed_at"], name="listing_neighborhood"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["maker_slug", "-listed_at"], name="listing_maker"),
        ),
        migrations.AddConstraint(
            model_name="listingfacet",
            constraint=models.UniqueConstraint(fields=("name", "value", "listing"), name="one_facet_row_per_value"),
        ),
        migrations.RunPython(make_search_table, drop_search_table),
    ]
