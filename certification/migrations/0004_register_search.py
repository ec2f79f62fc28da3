from django.db import migrations, models

SEARCH_TABLE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE certification_certificate_words USING fts5(words, marks, tokenize='unicode61', prefix='2 3')",
    ),
    "postgresql": (
        "CREATE TABLE certification_certificate_words (certificate_id bigint PRIMARY KEY, document tsvector NOT NULL)",
        "CREATE INDEX certification_certificate_words_document ON certification_certificate_words USING gin (document)",
    ),
}


def make_search_table(apps, schema_editor):
    """The words of each certificate, written once by certification.fulltext."""
    for statement in SEARCH_TABLE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_search_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE certification_certificate_words")


class Migration(migrations.Migration):
    dependencies = [("certification", "0003_register_matching")]

    operations = [
        migrations.CreateModel(
            name="TouchedProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product_id", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["status", "-id"], name="certificate_newest"),
        ),
        migrations.RunPython(make_search_table, drop_search_table),
    ]
