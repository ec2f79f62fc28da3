"""What staff type at the shop's desk."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.catalogue.models import Category


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Order number, e-mail or name"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    status = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", pgettext_lazy("filter", "All")), *settings.OSCAR_ORDER_STATUS_NAMES.items()],
    )  # fmt: skip


class ParentField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.label


class CategoryForm(forms.Form):
    name = forms.CharField(label=_("Name in English"), max_length=80)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=80)


class NewCategoryForm(CategoryForm):
    parent = ParentField(
        label=_("Below"), required=False, queryset=Category.objects.none(), empty_label=_("First level"),
        help_text=_("It can't be moved later: its address holds this place."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Category.objects.filter(depth=1).order_by("path")


class ChangeCategoryForm(CategoryForm):
    is_public = forms.BooleanField(
        label=_("Shown in the shop"), required=False,
        help_text=_("Hidden, it is in no list and no form; its pieces stay on sale."),
    )  # fmt: skip
