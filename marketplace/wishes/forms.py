"""The form of those who wait for a sold out variant."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product


class VariantField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.variant_words or obj.label


class AlertForm(forms.Form):
    variant = VariantField(queryset=Product.objects.none(), label=_("Which one"), empty_label=None)
    email = forms.EmailField(label=_("E-mail"), help_text=_("One letter when it is back, and nothing else."))

    def __init__(self, data=None, *, variants, email=""):
        super().__init__(data, initial={"email": email})
        self.fields["variant"].queryset = variants
        self.fields["email"].widget.attrs["autocomplete"] = "email"
