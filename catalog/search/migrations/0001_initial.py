import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


PAGE_WORDS = {
    "sqlite": ("CREATE VIRTUAL TABLE search_page_words USING fts5(title, names, body, tokenize='unicode61', prefix='2 3')",),
    "postgresql": (
        "CREATE TABLE search_page_words (page_id bigint PRIMARY KEY, document tsvector NOT NULL)",
        "CREATE INDEX search_page_words_document ON search_page_words USING gin (document)",
    ),
}


def make_page_words(apps, schema_editor):
    """The words of each page, kept in step by catalog.search.fulltext."""
    for statement in PAGE_WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_page_words(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_page_words")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('makers', '0008_selling_stopped'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('stem', models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='PageEntry',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kind', models.CharField(choices=[('maker', 'Maker'), ('story', 'Story')], max_length=8)),
                ('language', models.CharField(max_length=8)),
                ('title', models.CharField(max_length=255)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('maker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='makers.maker')),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('query', models.CharField(help_text='The part of the address after the question mark.', max_length=600)),
                ('language', models.CharField(max_length=8)),
                ('tell', models.BooleanField(default=False, verbose_name='write to me when something new fits')),
                ('told_until', models.DateTimeField(help_text='Pieces listed later are new.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'query'), name='one_saved_search_per_query')],
            },
        ),
        migrations.RunPython(make_page_words, drop_page_words),
    ]
