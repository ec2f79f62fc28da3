"""Forms of the grid of all variants, and of counting one by its code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product
from catalog.catalogue.stock import LONGEST_CODE, Cell, Change, cell_of

from .forms import price_field, stock_field

CELLS = ("price", "stock", "on_sale")


class RowForm(forms.Form):
    """One variant: what is wanted, and what the person saw."""

    price = price_field()
    stock = stock_field()
    on_sale = forms.BooleanField(label=_("On sale"), required=False)
    seen_price = forms.DecimalField(widget=forms.HiddenInput)
    seen_stock = forms.IntegerField(widget=forms.HiddenInput)
    seen_on_sale = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, variant: Product):
        self.variant = variant
        self.record = next(record for record in variant.stockrecords.all() if record.price is not None)
        now = cell_of(variant, self.record)
        initial = {name: getattr(now, name) for name in CELLS} | {f"seen_{name}": getattr(now, name) for name in CELLS}
        super().__init__(data, prefix=f"v{variant.pk}", initial=initial)
        for name in CELLS:
            label = f"{self.fields[name].label}: {variant.parent.label} {variant.variant_words}"
            self.fields[name].widget.attrs["aria-label"] = label

    def change(self) -> Change:
        data = self.cleaned_data
        return Change(
            self.variant.pk, Cell(*(data[f"seen_{name}"] for name in CELLS)), Cell(*(data[name] for name in CELLS))
        )


class FillForm(forms.Form):
    """One value for all rows that are shown."""

    price = price_field(required=False)
    stock = stock_field(required=False)


class CodeForm(forms.Form):
    LOOK, MORE, FEWER = "look", "more", "fewer"

    code = forms.CharField(
        label=_("Number or barcode"), max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "enterkeyhint": "go"}),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=_("What a scan does"), required=False, widget=forms.RadioSelect, initial=LOOK,
        choices=[(LOOK, _("Show the piece")), (MORE, _("One more")), (FEWER, _("One fewer"))],
    )  # fmt: skip


class CountForm(forms.Form):
    number = stock_field()


class GiveCodeForm(forms.Form):
    variant = forms.ModelChoiceField(label=_("Which one is it?"), queryset=Product.objects.none())

    def __init__(self, *args, variants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["variant"].queryset = variants
        self.fields["variant"].label_from_instance = lambda item: f"{item.parent.label} · {item.variant_words}"
