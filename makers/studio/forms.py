"""What makers type in the studio."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Category, Product
from catalog.catalogue.notices import NOTICE_FIELDS, ProductNotice
from certification.files import ACCEPT
from certification.models import ProductionStep
from certification.texts import CLAIMS, STEPS
from certification.words import EvidenceKind
from makers.models import Maker, Role, ShippingProfile, Workplace
from marketplace.core import uploads
from marketplace.duties.fee_example import points_of_today
from marketplace.terms.versions import Kind, in_force

from .pins import PinForm
from .visibility import say_who_sees

HEX = r"^#[0-9a-fA-F]{6}$"


class SignUpForm(forms.ModelForm):
    """A new business; `terms` is the version of the terms that was shown beside it, `accepts` the owner's yes."""

    terms = forms.IntegerField(widget=forms.HiddenInput)
    accepts = forms.BooleanField(
        label=_("I accept the terms for makers, and the fee that is shown here"),
        error_messages={"required": _("Without your yes to the terms there is no studio. Read them, then accept.")},
    )

    class Meta:
        model = Maker
        fields = ["name", "legal_name", "neighborhood", "email", "language"]
        help_texts = {
            "name": _("The name that shoppers see."),
            "legal_name": _("As on your City business tax certificate."),
            "neighborhood": _("Such as Boyle Heights or Downtown."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["terms"].initial = in_force(Kind.MAKERS).number
        say_who_sees(self, "maker", leave=("terms", "accepts"))

    def clean_terms(self):
        """A text that came into force meanwhile is read first."""
        if self.cleaned_data["terms"] != in_force(Kind.MAKERS).number:
            raise ValidationError(_("The terms changed while you read them. Read the new ones, then accept."))
        return self.cleaned_data["terms"]

    @property
    def details(self) -> dict:
        """What a sign-up takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "accepts"}
        return data | {"fee_points": points_of_today()}


class SettingsForm(forms.ModelForm):
    class Meta:
        model = Maker
        fields = [
            "name", "neighborhood", "about", "about_es", "picture", "email", "phone", "language",
            "return_days", "is_open",
        ]  # fmt: skip
        labels = {"is_open": _("The shop is open"), "picture": _("Picture of your workshop")}
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4}),
            "about_es": forms.Textarea(attrs={"rows": 4}),
            "picture": forms.FileInput(attrs={"accept": uploads.ACCEPT_PICTURES}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_who_sees(self, "maker")

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if "picture" in self.changed_data and picture:
            uploads.check_size(picture)
            uploads.picture_type(picture)
        return picture


class MemberForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The person needs an account here under this address.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.STAFF)


class WorkplaceForm(PinForm):
    class Meta(PinForm.Meta):
        fields = [
            "name", "operated_by", "contractor_name", "line1", "line2", "city", "state", "zip_code",
            "register_account", "garment_registration", "works_alone", "latitude", "longitude",
        ]  # fmt: skip
        help_texts = PinForm.Meta.help_texts | {
            "name": _("Such as “Our workshop” or “Cutting room”."),
            "contractor_name": _("Only if a contractor runs it."),
            "register_account": _("From your City business tax certificate, such as 0003301266-0001-1."),
            "garment_registration": _(
                "California asks it of everyone who cuts, sews or finishes garments with employees or by contract."
            ),
            "works_alone": _("Then no garment registration is needed here."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_who_sees(self, "workplace", leave=("near",))

    def clean(self):
        data = super().clean()
        if data.get("operated_by") == "contractor" and not data.get("contractor_name"):
            self.add_error("contractor_name", _("Name the contractor that runs this workplace."))
        return data


FACTS = ("category", "kind", "origin_statement", "fibre_content", "care")


class ProductForm(forms.ModelForm):
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none())

    class Meta:
        model = Product
        fields = [
            "title", "title_es", "description", "description_es", "makers_note", "makers_note_es", "kind",
            "origin_statement", "fibre_content", "care", "shipping_profile", "weight_oz", "made_to_order_days",
        ]  # fmt: skip
        labels = {
            "title": _("Name of the piece"),
            "title_es": _("Name in Spanish"),
            "description": _("Description"),
            "fibre_content": _("Fiber content"),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "description_es": forms.Textarea(attrs={"rows": 5}),
            "makers_note": forms.Textarea(attrs={"rows": 3}),
            "makers_note_es": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "fibre_content": _("Each fiber with its percentage, such as cotton 98, elastane 2."),
            "origin_statement": _("Federal law asks it of every textile: where it was made, and of what."),
            "kind": _("Decides which steps the criteria look at."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.browsable().order_by("path")
        self.fields["category"].label_from_instance = lambda item: f"{'– ' * (item.depth - 1)}{item.label}"
        for name in ("title", "kind", "origin_statement", "fibre_content", "description"):
            self.fields[name].required = True
        self.fields["made_to_order_days"].required = False
        profiles = ShippingProfile.objects.filter(maker=self.instance.maker_id, is_active=True)
        self.fields["shipping_profile"].queryset = profiles
        self.fields["shipping_profile"].empty_label = _("The default one")
        say_who_sees(self, "product")

    def sections(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """(id, heading, fields) in the order in which the editor shows them; every field is in one of them."""
        return [
            ("words", _("Words"), [self[name] for name in ("title", "title_es", "description", "description_es")]),
            ("facts", _("What it is"), [self[name] for name in FACTS]),
            ("parcel", _("Shipping"), [self[name] for name in ("shipping_profile", "weight_oz", "made_to_order_days")]),
            ("note", _("Your own word"), [self[name] for name in ("makers_note", "makers_note_es")]),
        ]

    def clean_made_to_order_days(self):
        """Left empty, the piece is ready."""
        return self.cleaned_data["made_to_order_days"] or 0


class NoticeForm(forms.ModelForm):
    """Warnings, age and certificate of a piece, where its maker says they apply."""

    class Meta:
        model = ProductNotice
        fields = NOTICE_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_who_sees(self, "notice")


class DescribeForm(forms.ModelForm):
    """A piece for the label alone, without price and stock."""

    class Meta:
        model = Product
        fields = ["title", "title_es", "kind", "description", "description_es"]
        labels = ProductForm.Meta.labels
        widgets = ProductForm.Meta.widgets
        help_texts = {"kind": ProductForm.Meta.help_texts["kind"]}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "kind", "description"):
            self.fields[name].required = True
        say_who_sees(self, "product", leave=("claims",))


def price_field(**options) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"inputmode": "decimal"})
    limits = {"min_value": 1, "max_value": 100_000, "decimal_places": 2}
    return forms.DecimalField(label=_("Price, $"), widget=widget, **(limits | options))


def stock_field(**options) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=_("In stock"), min_value=0, max_value=100_000, widget=widget, **options)


class VariantForm(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    size = forms.CharField(label=_("Size"), max_length=24, required=False)
    color = forms.CharField(label=_("Color"), max_length=40, required=False)
    # A browser's color field is never empty: black is what an untouched row sends.
    color_hex = forms.RegexField(
        HEX,
        label=_("Sample"),
        required=False,
        initial="#000000",
        widget=forms.TextInput(attrs={"type": "color"}),
        error_messages={"invalid": _("A color sample looks like #2b2f63.")},
    )
    price = price_field()
    stock = stock_field()
    seen_stock = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if not data.get("color"):
            data["color_hex"] = ""
        return data


class BaseVariantFormSet(forms.BaseFormSet):
    def rows(self) -> list[dict]:
        """The filled-in rows that are not to be removed."""
        return [row for row in self.cleaned_data if row and not row.get("DELETE")]


VariantFormSet = forms.formset_factory(
    VariantForm, formset=BaseVariantFormSet, extra=1, can_delete=True, max_num=200, absolute_max=220, min_num=1
)


class ClaimsForm(forms.Form):
    claims = forms.MultipleChoiceField(
        label=_("What you claim"), choices=list(CLAIMS.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that you can show. You can change this until you hand the application in."),
    )  # fmt: skip


class AssistedForm(DescribeForm):
    """What staff type who file for a maker: the piece, and what is claimed of it."""

    claims = ClaimsForm.base_fields["claims"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "claims"])


class StepForm(forms.ModelForm):
    class Meta:
        model = ProductionStep
        fields = ["kind", "workplace", "elsewhere_place", "elsewhere_by", "started_on", "cost_share"]
        widgets = {
            "kind": forms.Select(choices=[("", "—"), *((kind.value, label) for kind, label in STEPS.items())]),
            "started_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, maker, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["workplace"].queryset = Workplace.objects.filter(maker=maker)
        self.fields["workplace"].empty_label = _("Elsewhere")
        say_who_sees(self, "step")

    def clean(self):
        data = super().clean()
        if data.get("workplace") and data.get("elsewhere_place"):
            raise ValidationError(_("Choose one of your workplaces, or name a place elsewhere; not both."))
        if not data.get("workplace") and not data.get("elsewhere_place"):
            self.add_error("elsewhere_place", _("Choose a workplace, or say where else this is done."))
        return data


class BaseStepFormSet(forms.BaseModelFormSet):
    def steps(self) -> list[ProductionStep]:
        """The steps to keep, in the order that their numbers give."""
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in kept if not self._should_delete_form(form)]
        return [form.instance for form in sorted(kept, key=self._number)]

    def cards(self) -> list[StepForm]:
        """The forms as the page shows them: by number, new ones last."""
        return sorted(self.forms, key=lambda form: (form["ORDER"].value() in (None, ""), self._typed_number(form)))

    def _number(self, form) -> tuple[bool, int]:
        number = form.cleaned_data.get("ORDER")
        return number is None, number or 0

    def _typed_number(self, form) -> int:
        value = str(form["ORDER"].value() or "")
        return int(value) if value.isdecimal() else 0

    def get_ordering_widget(self):
        return forms.HiddenInput


StepFormSet = forms.modelformset_factory(
    ProductionStep, form=StepForm, formset=BaseStepFormSet, extra=1, can_delete=True, can_order=True, max_num=40,
    absolute_max=60,
)  # fmt: skip


class EvidenceForm(forms.Form):
    """One file, chosen or photographed, for one step or workplace of an application."""

    about = forms.ChoiceField(label=_("What it shows"), widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What it is"))
    file = forms.FileField(
        label=_("File"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=_("A picture or a PDF, 15 MB at most."),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Take a photo"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip

    def __init__(self, *args, targets: dict[str, dict], **kwargs):
        """`targets` is what a file can be about: step-12 or workplace-7 to the keyword of the service."""
        super().__init__(*args, **kwargs)
        self.targets = targets
        self.fields["about"].choices = [(key, key) for key in targets]
        self.fields["kind"].choices = [item for item in EvidenceKind.choices if item[0] != EvidenceKind.SITE_VISIT]
        say_who_sees(self, "evidence", leave=("about",))

    def clean(self):
        data = super().clean()
        data["target"] = self.targets.get(data.get("about"), {})
        data["file"] = data.get("file") or data.get("photo")
        if not data["file"] and not {"file", "photo"} & set(self.errors):
            self.add_error("file", _("Choose a file or take a photo."))
        return data

    def targets_known(self) -> bool:
        """Whether the posted form belongs to one of the cards."""
        return self.data.get("about") in self.targets


class LineForm(forms.Form):
    """Which other pieces are made the same way."""

    products = forms.ModelMultipleChoiceField(
        label=_("Pieces made the same way"), queryset=Product.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The same kind, the same steps at the same places. One certificate covers them all."),
    )  # fmt: skip

    def __init__(self, *args, products: list[Product], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["products"].queryset = Product.objects.filter(pk__in=[item.pk for item in products])
        self.fields["products"].label_from_instance = lambda item: item.label
