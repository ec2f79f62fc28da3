"""The form that closes an account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CloseForm(forms.Form):
    """Closing can't be taken back, so the address is typed once more."""

    email = forms.EmailField(
        label=_("Type your e-mail address to confirm"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )  # fmt: skip

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.own = email.lower()

    def clean_email(self):
        if self.cleaned_data["email"].lower() != self.own:
            raise forms.ValidationError(_("That is not the address of this account."))
        return self.cleaned_data["email"]
