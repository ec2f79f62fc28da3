"""What a maker gives for an import: the file, then what it could not say of each piece."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Category, Origin, Product, ProductKind

_FIELDS = ("kind", "category", "origin_statement", "fibre_content", "care")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("The CSV file as Shopify, Etsy or Square exports it, 50 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )  # fmt: skip


class MissingForm(forms.Form):
    """What a listing needs and no file says. Nothing is required until the piece is to be published."""

    kind = forms.ChoiceField(label=_("Kind of product"), choices=[("", "—"), *ProductKind.choices], required=False)
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none(), required=False)
    origin_statement = forms.ChoiceField(
        label=_("Origin of the textile"), choices=[("", "—"), *Origin.choices], required=False
    )
    fibre_content = forms.CharField(label=_("Fiber content"), max_length=200, required=False)
    care = forms.CharField(label=_("Care"), max_length=200, required=False)

    def __init__(self, *args, categories: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.browsable()
        self.fields["category"].widget.choices = [("", "—"), *categories]


class CommonForm(MissingForm):
    """The same for all pieces of the page; what a piece says itself comes first."""

    publish = forms.BooleanField(label=_("Publish all pieces of this page"), required=False)


class DraftForm(MissingForm):
    """One draft of `product`; what is left empty is taken from `common`."""

    publish = forms.BooleanField(label=_("Publish this piece"), required=False)
    discard = forms.BooleanField(label=_("Throw this draft away"), required=False)

    def __init__(self, *args, product: Product, **kwargs):
        self.product = product
        initial = {name: getattr(product, name) for name in _FIELDS if name != "category"}
        if product.kind == ProductKind.OTHER:  # nothing in the file told
            initial["kind"] = ""
        initial["category"] = next((item.pk for item in product.categories.all()), None)
        super().__init__(*args, initial=initial, **kwargs)

    def fill(self, common: CommonForm) -> None:
        """Take what is empty from the form for all, and ask for what a published piece needs."""
        for name in _FIELDS:
            self.cleaned_data[name] = self.cleaned_data.get(name) or common.cleaned_data.get(name) or ""
        if self.cleaned_data["publish"] and self.cleaned_data["discard"]:
            self.add_error("discard", _("Publish it or throw it away, not both."))
            return
        self.cleaned_data["publish"] |= common.cleaned_data["publish"] and not self.cleaned_data["discard"]
        if not self.cleaned_data["publish"]:
            return
        for name in ("kind", "category", "origin_statement", "fibre_content"):
            if not self.cleaned_data[name] and name not in self.errors:
                self.add_error(name, _("A published piece needs this."))

    @property
    def texts(self) -> dict[str, str]:
        """What was said, for the services; what was left empty stays as it is."""
        names = [name for name in _FIELDS if name != "category"]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}

    @property
    def hints(self) -> list[str]:
        """What the file said that may help: the type there, and materials."""
        said = [row.last.get(name, "") for row in self.product.sources.all() for name in ("type", "materials")]
        return [words for words in dict.fromkeys(said) if words]

    @property
    def missing(self) -> list[str]:
        """What still has to be said of the piece, as it is stored."""
        names = ("kind", "category", "origin_statement", "fibre_content")
        return [str(self.fields[name].label) for name in names if not self.initial[name]]


def category_choices() -> list[tuple[int, str]]:
    """All public categories, the lower ones indented."""
    rows = Category.objects.browsable().order_by("path")
    return [(row.pk, f"{'– ' * (row.depth - 1)}{row.label}") for row in rows]
