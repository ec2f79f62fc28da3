import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("order", "0025_planned_parcels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="line",
            name="first_promised_on",
            field=models.DateField(help_text="The day promised when it was sold.", null=True),
        ),
        migrations.CreateModel(
            name="TrackingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("carrier", models.CharField(max_length=40)),
                ("tracking_number", models.CharField(max_length=60)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="order.parcel"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DelayNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("old_day", models.DateField(help_text="The day that can't be kept.")),
                ("new_day", models.DateField(help_text="Empty: the maker can't say.", null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("is_further", models.BooleanField(help_text="Whether these pieces were delayed before.")),
                (
                    "answer_by",
                    models.DateField(help_text="No yes until then cancels; empty: silence agrees.", null=True),
                ),
                ("sent_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "No answer"), ("agreed", "Agreed to wait"), ("canceled", "Canceled")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(help_text="When its pieces were canceled.", null=True)),
                ("lines", models.ManyToManyField(related_name="delay_notices", to="order.line")),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delay_notices", to="order.makerorder"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("part", "number"), name="delay_notices_are_numbered")],
            },
        ),
    ]
