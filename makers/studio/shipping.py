"""How a maker ships: profiles of what a parcel costs, and local pickup."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from makers.models import ShippingKind, ShippingProfile, Workplace
from makers.shipping import MOST_STEPS, make_default, retire_profile, save_profile, set_pickup
from marketplace.core.formtools import add_service_error
from marketplace.core.money import from_cents, to_cents

from .access import studio

FORM_METHODS = ["GET", "HEAD", "POST"]
MOST = 9999


class ProfileForm(forms.ModelForm):
    cents = forms.DecimalField(
        label=gettext_lazy("What the carrier costs, $"), min_value=0, max_value=MOST, decimal_places=2, required=False,
        help_text=gettext_lazy("For each parcel, where the price is the same for every one. Not more than you pay."),
    )  # fmt: skip
    handling_cents = forms.DecimalField(
        label=gettext_lazy("Packing, $"), min_value=0, max_value=MOST, decimal_places=2, required=False,
        help_text=gettext_lazy("On top, for each parcel, stated apart. California taxes it."),
    )  # fmt: skip
    free_above_cents = forms.DecimalField(
        label=gettext_lazy("Free from, $"), min_value=0, max_value=99_999, decimal_places=2, required=False,
        help_text=gettext_lazy("From this sum of your pieces in one order. Empty: never free."),
    )  # fmt: skip

    class Meta:
        model = ShippingProfile
        fields = ["name", "kind", "cents", "handling_cents", "free_above_cents", "dispatch_days"]
        help_texts = {
            "name": gettext_lazy("Only you see it, such as “Coats”."),
            "dispatch_days": gettext_lazy("From the order to the day the parcel leaves. That day is a promise."),
        }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("cents", "handling_cents", "free_above_cents"):
            value = getattr(self.instance, name)
            self.initial[name] = None if value is None else from_cents(value)

    def clean_handling_cents(self):
        value = self.cleaned_data["handling_cents"]
        return 0 if value is None else to_cents(value)

    def clean_free_above_cents(self):
        value = self.cleaned_data["free_above_cents"]
        return None if value is None else to_cents(value)

    def clean_cents(self):
        value = self.cleaned_data["cents"]
        return None if value is None else to_cents(value)

    def clean(self):
        data = super().clean()
        if data.get("kind") == ShippingKind.FLAT and "cents" in data and data["cents"] is None:
            self.add_error("cents", _("Say what a parcel costs; 0 if it is always free."))
        data["cents"] = data.get("cents") or 0
        return data

    def _post_clean(self):
        """The service writes and checks the profile; the form only reads."""


class StepForm(forms.Form):
    up_to_oz = forms.IntegerField(label=gettext_lazy("Up to, ounces"), min_value=1, max_value=2400, required=False)
    price = forms.DecimalField(
        label=gettext_lazy("Costs, $"), min_value=0, max_value=MOST, decimal_places=2, required=False
    )

    def clean(self):
        data = super().clean()
        missing = [name for name in ("up_to_oz", "price") if data.get(name) is None and name not in self.errors]
        if len(missing) == 1:
            self.add_error(missing[0], _("Fill in both, or leave both empty."))
        return data


class BaseStepFormSet(forms.BaseFormSet):
    def clean(self):
        weights = [form.cleaned_data.get("up_to_oz") for form in self.forms if form.is_valid()]
        weights = [weight for weight in weights if weight]
        if len(set(weights)) < len(weights):
            raise ValidationError(_("Two rows have the same weight."))

    def steps(self) -> dict[int, int]:
        rows = [form.cleaned_data for form in self.forms]
        return {row["up_to_oz"]: to_cents(row["price"]) for row in rows if row.get("up_to_oz")}


StepFormSet = forms.formset_factory(
    StepForm, formset=BaseStepFormSet, extra=4, max_num=MOST_STEPS, absolute_max=MOST_STEPS
)


class PickupForm(forms.Form):
    pickup_workplace = forms.ModelChoiceField(
        label=gettext_lazy("Where shoppers pick up"), queryset=Workplace.objects.none(), required=False,
        empty_label=gettext_lazy("No pickup"),
        help_text=gettext_lazy(
            "Shoppers see the neighborhood, and the address once they paid. Sales tax is that of this address."
        ),
    )  # fmt: skip

    def __init__(self, *args, maker, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pickup_workplace"].queryset = Workplace.objects.filter(maker=maker)


@studio
@require_http_methods(FORM_METHODS)
def index(request):
    """The profiles, and pickup."""
    place = request.maker.pickup_place
    form = PickupForm(request.POST or None, maker=request.maker, initial={"pickup_workplace": place})
    if request.method == "POST" and form.is_valid():
        try:
            set_pickup(user=request.user, maker=request.maker, workplace=form.cleaned_data["pickup_workplace"])
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("studio:shipping")
    profiles = request.maker.shipping_profiles.filter(is_active=True).prefetch_related("steps")
    context = {"form": form, "profiles": profiles, "studio_section": "shipping"}
    return render(request, "studio/shipping.html", context, status=422 if form.errors else 200)


@studio
@require_http_methods(FORM_METHODS)
def profile(request, pk=None):
    """Add or change a profile."""
    found = _own(request, pk) if pk else None
    form = ProfileForm(request.POST or None, instance=found or ShippingProfile(maker=request.maker))
    before = [{"up_to_oz": step.up_to_oz, "price": from_cents(step.cents)} for step in found.steps.all()] if pk else []
    steps = StepFormSet(request.POST or None, prefix="step", initial=before)
    if request.method == "POST" and form.is_valid() and steps.is_valid() and _save(request, found, form, steps):
        messages.success(request, _("Saved."))
        return redirect("studio:shipping")
    context = {"form": form, "steps": steps, "profile": found, "studio_section": "shipping"}
    wrong = request.method == "POST"
    return render(request, "studio/shipping_profile.html", context, status=422 if wrong else 200)


@studio
@require_POST
def default(request, pk):
    return _done(request, lambda: make_default(user=request.user, profile=_own(request, pk)))


@studio
@require_POST
def retire(request, pk):
    return _done(request, lambda: retire_profile(user=request.user, profile=_own(request, pk)))


def _own(request, pk: int) -> ShippingProfile:
    return get_object_or_404(
        ShippingProfile.objects.select_related("maker"), pk=pk, maker=request.maker, is_active=True
    )


def _save(request, found, form: ProfileForm, steps) -> bool:
    """Call the service; its refusal is shown in the form."""
    try:
        save_profile(user=request.user, maker=request.maker, profile=found, steps=steps.steps(), **form.cleaned_data)
    except ValidationError as error:
        add_service_error(form, error)
        return False
    return True


def _done(request, write):
    """Call the service; its refusal is a message beside the profiles."""
    try:
        write()
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved."))
    return redirect("studio:shipping")
