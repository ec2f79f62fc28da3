"""The form of the contact page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    order = forms.CharField(
        label=_("Order number"), max_length=40, required=False, help_text=_("If it is about one, such as LA-7KQ2-93FX.")
    )
    text = forms.CharField(label=_("Your question"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
