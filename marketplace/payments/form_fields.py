"""Form fields for money, shares and days: people write dollars, percent and Los Angeles days, services take numbers."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import to_cents

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)


class PercentField(forms.DecimalField):
    """A percentage with up to two places; gives basis points, or None where it was left empty."""

    default_error_messages = {
        "invalid": _("Enter a percentage such as 12.5."),
        "max_decimal_places": _("Enter a percentage such as 12.5, with two places at most."),
    }

    def __init__(self, *, most: int = 100, **options):
        super().__init__(min_value=0, max_value=most, decimal_places=2, **options)

    def clean(self, value):
        percent = super().clean(value)
        return None if percent is None else to_cents(percent)


class DollarsField(forms.DecimalField):
    """An amount in dollars; gives cents, or None where it was left empty."""

    default_error_messages = {
        "invalid": _("Enter an amount such as 12.50."),
        "max_decimal_places": _("Enter an amount such as 12.50."),
    }

    def __init__(self, **options):
        super().__init__(min_value=0, max_value=100_000, decimal_places=2, **options)

    def clean(self, value):
        amount = super().clean(value)
        return None if amount is None else to_cents(amount)


class DayField(forms.DateField):
    """A Los Angeles day of this century or a later one."""

    default_error_messages = {
        "required": _("Choose the day."), "invalid": _("Write the day as 2026-04-01."),
        "far": _("Choose a day between 2000 and 2999."),
    }  # fmt: skip

    def __init__(self, **options):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def clean(self, value):
        day = super().clean(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(self.error_messages["far"], code="far")
        return day
