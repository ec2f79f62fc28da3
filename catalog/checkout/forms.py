"""Who orders and where it goes."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from marketplace.tax.rates import place_of_zip

from .states import NAMES, STATES

ZIP = re.compile(r"\d{5}(-\d{4})?", re.ASCII)


def _text(label, autocomplete: str, *, length: int, missing="") -> forms.CharField:
    """A line of text; `missing` says what to do where it was left empty, without it the line is optional."""
    return forms.CharField(
        label=label,
        max_length=length,
        required=bool(missing),
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": missing} if missing else None,
    )


class AddressForm(forms.Form):
    """One column, few fields. For a signed-in shopper the e-mail address is known already."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254,
        help_text=gettext_lazy("For the receipt and the tracking number."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address such as name@example.com."),
        },
    )  # fmt: skip
    name = _text(gettext_lazy("Full name"), "name", length=120, missing=gettext_lazy("Enter your full name."))
    line1 = _text(
        gettext_lazy("Street address"), "address-line1", length=200,
        missing=gettext_lazy("Enter the street and number."),
    )  # fmt: skip
    line2 = _text(gettext_lazy("Apartment, unit or floor"), "address-line2", length=100)
    city = _text(gettext_lazy("City"), "address-level2", length=80, missing=gettext_lazy("Enter the city."))
    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", "—"), *STATES],
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
        error_messages={"required": gettext_lazy("Choose the state.")},
    )  # fmt: skip
    zip_code = _text(
        gettext_lazy("ZIP code"), "postal-code", length=10, missing=gettext_lazy("Enter the ZIP code, such as 90014.")
    )
    phone = PhoneNumberField(
        label=gettext_lazy("Phone"), region="US", required=False,
        help_text=gettext_lazy("Only used by the carrier if a parcel can't be delivered."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        error_messages={"invalid": gettext_lazy("Enter a phone number such as (213) 555-0123, or leave it empty.")},
    )  # fmt: skip

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        if user is not None and user.is_authenticated:
            del self.fields["email"]

    def clean_zip_code(self):
        zip_code = self.cleaned_data["zip_code"]
        if not ZIP.fullmatch(zip_code):
            raise ValidationError(_("A ZIP code has five digits, such as 90014."))
        return zip_code

    def clean_phone(self):
        phone = self.cleaned_data.get("phone")
        return phone.as_e164 if phone else ""

    def clean(self):
        """A ZIP code of another state is a slip in one of the two."""
        state, zip_code = self.cleaned_data.get("state"), self.cleaned_data.get("zip_code")
        known, _county = place_of_zip(zip_code or "")
        if state and known and known != state:
            self.add_error(
                "zip_code",
                _("%(zip)s is in %(state)s. Check the ZIP code and the state.")
                % {"zip": zip_code, "state": NAMES.get(known, known)},
            )
        return self.cleaned_data


class GiftForm(forms.Form):
    """A present: the maker puts the note in the parcel and leaves the prices out."""

    is_gift = forms.BooleanField(
        label=gettext_lazy("This is a present: leave the prices out of the parcel"), required=False
    )
    gift_note = forms.CharField(
        label=gettext_lazy("A note for the parcel"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Up to 300 characters. The makers read it."),
    )  # fmt: skip
