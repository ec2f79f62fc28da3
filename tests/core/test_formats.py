"""Numbers and times in Spanish are those of Los Angeles, not those of Madrid."""

from datetime import datetime

from django.utils import formats, translation


def test_spanish_has_the_decimal_point_and_the_clock_of_los_angeles():
    with translation.override("es"):
        assert formats.localize(6.8) == "6.8"
        moment = datetime(2026, 11, 3, 13, 54)  # noqa: DTZ001 - only its digits matter
        assert formats.date_format(moment, "SHORT_DATETIME_FORMAT") == "3 nov 2026, 1:54 p.m."
        assert formats.date_format(moment, "DATE_FORMAT") == "3 de noviembre de 2026"
