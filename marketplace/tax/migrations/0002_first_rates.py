"""The rates that come with the software, and rows that the database keeps.

Before 2026 the County's own rate stands for its cities too (9.5 % since October 1, 2017, 9.75 % since April 1, 2025).
"""

import csv
import hashlib
from datetime import date
from pathlib import Path

from django.db import migrations

from marketplace.core.append_only import append_only_trigger

FILE = Path(__file__).resolve().parents[1] / "data" / "los_angeles_county_2026-01-01.csv"
CITIES_FROM = date(2026, 1, 1)
LOS_ANGELES, COUNTY = "los angeles", "Los Angeles County"


def load(apps, schema_editor):
    text = FILE.read_text(encoding="utf-8")
    lines = [row for row in csv.DictReader(text.splitlines()[1:]) if row["Type"] == "City"]
    first = {"state": "CA", "from_day": CITIES_FROM, "is_provisional": True, "loaded_by": None}
    rate_load = apps.get_model("tax", "RateLoad").objects.create(
        **first, file_name=FILE.name, digest=hashlib.sha256(text.encode()).hexdigest(), rows=len(lines) + 1,
        added=len(lines) + 3, ended=1,
    )  # fmt: skip
    rate = apps.get_model("tax", "TaxRate")
    shared = {"load": rate_load, "state": "CA"}
    rate.objects.bulk_create(
        [
            rate(**shared, place="California", ppm=72_500, from_day=date(2017, 1, 1)),
            rate(
                **shared, county=LOS_ANGELES, place=COUNTY, ppm=95_000, from_day=date(2017, 10, 1),
                until=date(2025, 3, 31),
            ),
            rate(**shared, county=LOS_ANGELES, place=COUNTY, ppm=97_500, from_day=date(2025, 4, 1)),
            *(
                rate(
                    **shared, county=LOS_ANGELES, city=_key(row["Location"]), place=row["Location"],
                    ppm=round(float(row["Rate"]) * 1_000_000), from_day=CITIES_FROM,
                )
                for row in lines
            ),
        ]
    )  # fmt: skip
    apps.get_model("tax", "TableState").objects.create(pk=1)


def _key(location):
    return location.casefold().replace("ñ", "n").removeprefix("city of ")


class Migration(migrations.Migration):
    dependencies = [("tax", "0001_tax")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        append_only_trigger("tax_taxrecord"),
        append_only_trigger("tax_rateload"),
    ]
