"""The page on which a maker writes what a piece measures, size by size."""

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from catalog.catalogue.models import Product
from catalog.catalogue.size_guides import Measure, SizeGuide, SizeMeasure
from catalog.catalogue.sizing import save_size_guide, sizes_of
from catalog.search.facets import size_order
from marketplace.core.formtools import add_service_error

from .access import studio
from .products import own_product, own_products

LEAST, MOST = Decimal("0.1"), Decimal(200)
USUAL = {
    "footwear": (Measure.FOOT,),
    "hat": (Measure.HEAD, Measure.HEIGHT),
    "bag": (Measure.WIDTH, Measure.HEIGHT, Measure.DEPTH),
    "jewellery": (Measure.WIDTH, Measure.LENGTH),
    "home_textile": (Measure.WIDTH, Measure.LENGTH),
}
GARMENT = (
    Measure.CHEST, Measure.WAIST, Measure.HIP, Measure.SHOULDER, Measure.SLEEVE, Measure.LENGTH, Measure.INSEAM,
)  # fmt: skip


class SizeGuideForm(forms.ModelForm):
    """One field per size and measure, named by their places in `sizes` and `measures`."""

    class Meta:
        model = SizeGuide
        fields = ["measured", "fit", "fit_es"]
        widgets = {"measured": forms.RadioSelect}

    def __init__(self, *args, sizes: list[str], measures: list[Measure], **kwargs):
        super().__init__(*args, **kwargs)
        self.sizes, self.measures = sizes, measures
        for name, (size, measure) in self._cells().items():
            self.fields[name] = forms.DecimalField(
                label=f"{size} · {measure.label}" if size else measure.label, required=False, min_value=LEAST,
                max_value=MOST, max_digits=5, decimal_places=2,
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            )  # fmt: skip

    def words(self):
        """The fields that are not cells."""
        return [self[name] for name in self.Meta.fields]

    def rows(self) -> list[tuple[str, list]]:
        """(size, its cells) in the order of the columns."""
        across = range(len(self.measures))
        return [(size, [self[f"cell-{row}-{column}"] for column in across]) for row, size in enumerate(self.sizes)]

    def numbers(self) -> dict[tuple[str, str], Decimal]:
        found = {place: self.cleaned_data[name] for name, place in self._cells().items()}
        return {(size, measure.value): inches for (size, measure), inches in found.items() if inches is not None}

    def _cells(self) -> dict[str, tuple[str, Measure]]:
        return {
            f"cell-{row}-{column}": (size, measure)
            for row, size in enumerate(self.sizes)
            for column, measure in enumerate(self.measures)
        }


class CopyForm(forms.Form):
    source = forms.ModelChoiceField(label=gettext_lazy("Take the numbers of"), queryset=Product.objects.none())

    def __init__(self, *args, pieces, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = pieces


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def size_guide(request, pk):
    """GET may name another piece of the maker in `source`: its numbers are filled in and nothing is saved yet."""
    product = own_product(request, pk)
    others = own_products(request).filter(size_guide__isnull=False).exclude(pk=pk).order_by("title")
    copy = CopyForm(request.GET if "source" in request.GET else None, pieces=others)
    source = copy.cleaned_data["source"] if copy.is_bound and copy.is_valid() else product
    form = _form(request.POST or None, product, source)
    if request.method == "POST" and form.is_valid() and _save(request, product, form):
        messages.success(request, _("Saved."))
        return redirect("studio:product", pk)
    context = {
        "product": product, "form": form, "copy": copy if others else None, "copied": source != product,
        "studio_section": "products",
    }  # fmt: skip
    return render(request, "studio/size_guide.html", context, status=422 if form.errors else 200)


def _form(data, product: Product, source: Product) -> SizeGuideForm:
    guide = SizeGuide.objects.filter(product=source).first()
    numbers = list(SizeMeasure.objects.filter(guide=guide)) if guide else []
    sizes = sorted(sizes_of(product), key=size_order)
    measures = _measures(product, {row.name for row in numbers})
    known = {(row.size, row.name): row.inches for row in numbers}
    initial = {
        f"cell-{row}-{column}": known.get((size, measure.value))
        for row, size in enumerate(sizes)
        for column, measure in enumerate(measures)
    }
    return SizeGuideForm(data, instance=guide, initial=initial, sizes=sizes, measures=measures)


def _measures(product: Product, known: set[str]) -> list[Measure]:
    """What is usual for the kind of piece, and what has a number already."""
    usual = USUAL.get(product.kind, GARMENT)
    return [measure for measure in Measure if measure in usual or measure.value in known]


def _save(request, product: Product, form: SizeGuideForm) -> bool:
    words = {name: form.cleaned_data[name] for name in form.Meta.fields}
    try:
        save_size_guide(user=request.user, product=product, numbers=form.numbers(), **words)
    except ValidationError as error:
        add_service_error(form, error)
        return False
    return True
