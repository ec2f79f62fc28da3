"""The form of a new voucher, for the marketplace's desk and a maker's studio; its data goes to `vouchers.create`.

`vouchers.create(user=…, maker=…, **form.cleaned_data)`: percent become basis points, dollars cents, Los Angeles days
moments; the last day is included. The fields have the names that `create` gives its refusals.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock

from .form_fields import DayField, DollarsField, PercentField


class VoucherForm(forms.Form):
    """A code and what it takes off, from which day until which."""

    code = forms.CharField(
        label=_("Code"), max_length=32, help_text=_("4 to 32 letters, digits and hyphens, such as SPRING-10."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Choose the code that people type.")},
    )  # fmt: skip
    basis_points = PercentField(
        label=_("Percent off"), required=False, help_text=_("Either this or an amount, such as 10 for 10 %.")
    )
    amount_cents = DollarsField(
        label=_("Dollars off"), required=False, help_text=_("Off the pieces together, never more than they cost.")
    )
    least_cents = DollarsField(
        label=_("Only for pieces worth at least"), required=False, help_text=_("In dollars, before shipping and tax.")
    )
    starts_at = DayField(label=_("First day"), initial=clock.today)
    ends_at = DayField(
        label=_("Last day"), required=False, help_text=_("The code ends at midnight in Los Angeles. Empty: no end.")
    )
    most_uses = forms.IntegerField(
        label=_("How often it may be used"), required=False, min_value=1, max_value=1_000_000,
        help_text=_("By all shoppers together; each shopper can use it once. Empty: no limit."),
        error_messages={"invalid": _("Enter a whole number, such as 100.")},
    )  # fmt: skip

    def clean_least_cents(self):
        return self.cleaned_data["least_cents"] or 0

    def clean_starts_at(self):
        return clock.start_of(self.cleaned_data["starts_at"])

    def clean_ends_at(self):
        last = self.cleaned_data["ends_at"]
        return clock.end_of(last) if last else None
