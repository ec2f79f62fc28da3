import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("makers", "0002_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="MakerIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("intro", models.TextField(blank=True, max_length=600, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "list of makers",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("intro", models.TextField(blank=True, max_length=600, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "list of stories",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("hero_title", models.CharField(max_length=120, verbose_name="headline")),
                ("hero_text", models.TextField(blank=True, max_length=400, verbose_name="text below it")),
                ("picture_alt", models.CharField(blank=True, max_length=200, verbose_name="what the picture shows")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "home page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="MakerPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("picture_alt", models.CharField(blank=True, max_length=200, verbose_name="what the picture shows")),
                (
                    "story",
                    wagtail.fields.StreamField(
                        [("text", 0), ("quote", 3), ("picture", 8), ("process", 14), ("pieces", 18)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["h2", "h3", "bold", "italic", "link", "ol", "ul"],
                                    "label": "Text",
                                    "template": "stories/blocks/text.html",
                                },
                            ),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "Quote"}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 120, "required": False},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("who", 2)]], {}),
                            4: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For people who can't see the picture.",
                                    "label": "What it shows",
                                    "max_length": 200,
                                },
                            ),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            7: ("wagtail.blocks.BooleanBlock", (), {"label": "Wider than the text", "required": False}),
                            8: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 4), ("alt", 5), ("caption", 6), ("wide", 7)]],
                                {},
                            ),
                            9: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                            10: ("wagtail.blocks.CharBlock", (), {"label": "Step", "max_length": 80}),
                            11: ("wagtail.blocks.TextBlock", (), {"label": "What happens"}),
                            12: ("wagtail.blocks.StructBlock", [[("name", 10), ("text", 11)]], {}),
                            13: ("wagtail.blocks.ListBlock", (12,), {"label": "Steps", "min_num": 1}),
                            14: ("wagtail.blocks.StructBlock", [[("title", 9), ("steps", 13)]], {}),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "max_length": 120, "required": False},
                            ),
                            16: ("makers.stories.blocks.PieceChooserBlock", (), {"label": "Piece"}),
                            17: ("wagtail.blocks.ListBlock", (16,), {"label": "Pieces", "max_num": 12, "min_num": 1}),
                            18: ("wagtail.blocks.StructBlock", [[("title", 15), ("products", 17)]], {}),
                        },
                        verbose_name="story",
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="makers.maker",
                        verbose_name="maker",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "maker's page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        help_text="One or two sentences for lists.", max_length=300, verbose_name="summary"
                    ),
                ),
                ("picture_alt", models.CharField(blank=True, max_length=200, verbose_name="what the picture shows")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("text", 0), ("quote", 3), ("picture", 8), ("process", 14), ("pieces", 18)],
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["h2", "h3", "bold", "italic", "link", "ol", "ul"],
                                    "label": "Text",
                                    "template": "stories/blocks/text.html",
                                },
                            ),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "Quote"}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 120, "required": False},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("who", 2)]], {}),
                            4: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For people who can't see the picture.",
                                    "label": "What it shows",
                                    "max_length": 200,
                                },
                            ),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            7: ("wagtail.blocks.BooleanBlock", (), {"label": "Wider than the text", "required": False}),
                            8: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 4), ("alt", 5), ("caption", 6), ("wide", 7)]],
                                {},
                            ),
                            9: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                            10: ("wagtail.blocks.CharBlock", (), {"label": "Step", "max_length": 80}),
                            11: ("wagtail.blocks.TextBlock", (), {"label": "What happens"}),
                            12: ("wagtail.blocks.StructBlock", [[("name", 10), ("text", 11)]], {}),
                            13: ("wagtail.blocks.ListBlock", (12,), {"label": "Steps", "min_num": 1}),
                            14: ("wagtail.blocks.StructBlock", [[("title", 9), ("steps", 13)]], {}),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "max_length": 120, "required": False},
                            ),
                            16: ("makers.stories.blocks.PieceChooserBlock", (), {"label": "Piece"}),
                            17: ("wagtail.blocks.ListBlock", (16,), {"label": "Pieces", "max_num": 12, "min_num": 1}),
                            18: ("wagtail.blocks.StructBlock", [[("title", 15), ("products", 17)]], {}),
                        },
                        verbose_name="story",
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whom the story is about.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stories",
                        to="makers.maker",
                        verbose_name="maker",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "story",
                "verbose_name_plural": "stories",
            },
            bases=("wagtailcore.page",),
        ),
    ]
