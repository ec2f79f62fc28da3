"""The plain questions of the self-check: what, where, which steps. What was typed is read again from plain data."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import ProductKind
from certification.rules import Claim, Criteria, StepKind
from certification.rules.evaluate import required_steps
from certification.texts import CLAIMS, STEPS
from makers.models import Operator, Workplace

from .pins import PinForm

MOST_PLACES = 10
ELSEWHERE = "elsewhere"


class WhatForm(forms.Form):
    title = forms.CharField(
        label=_("What do you make?"), max_length=200, help_text=_("One piece, such as “Denim work jacket”.")
    )
    kind = forms.ChoiceField(
        label=_("Which kind is it?"), choices=ProductKind.choices, widget=forms.RadioSelect,
        help_text=_("Decides which steps the criteria look at."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("In a few words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it is made of, what is special. You can do this later."),
    )  # fmt: skip
    shop = forms.CharField(label=_("Name of your business"), max_length=120, required=False)


class PlaceForm(PinForm):
    """One address at which steps happen."""

    registered = forms.BooleanField(
        label=_("There is a California garment registration"), required=False,
        help_text=_("Everyone who cuts, sews or finishes with employees, or for others, needs one."),
    )  # fmt: skip

    class Meta(PinForm.Meta):
        model = Workplace
        fields = [
            "name", "operated_by", "contractor_name", "line1", "city", "zip_code", "state", "register_account",
            "works_alone", "latitude", "longitude",
        ]  # fmt: skip
        widgets = {"operated_by": forms.RadioSelect}
        help_texts = PinForm.Meta.help_texts | {
            "name": _("Such as “Our workshop” or “Cutting room”."),
            "contractor_name": _("Only if a contractor runs it."),
            "register_account": _("On the City business tax certificate, such as 0003301266-0001-1, if it is at hand."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["operated_by"].choices = Operator.choices

    def clean(self):
        data = super().clean()
        if data.get("operated_by") == Operator.CONTRACTOR and not data.get("contractor_name"):
            self.add_error("contractor_name", _("Name the contractor that runs this workplace."))
        return data


class BasePlaceFormSet(forms.BaseFormSet):
    def places(self) -> list[Workplace]:
        """The filled-in addresses as unsaved workplaces."""
        kept = [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]
        return [form.instance for form in kept]

    def clean(self):
        if not any(self.errors) and not self.places():
            raise forms.ValidationError(_("Give at least one address at which something is done."))


PlaceFormSet = forms.formset_factory(
    PlaceForm, formset=BasePlaceFormSet, extra=0, min_num=1, can_delete=True, max_num=MOST_PLACES,
    absolute_max=MOST_PLACES + 2,
)  # fmt: skip


class StepsForm(forms.Form):
    """For each kind of step: where it is done, since when, with which share of the cost."""

    def __init__(self, *args, kind: str, places: list[Workplace], criteria: Criteria, **kwargs):
        super().__init__(*args, **kwargs)
        where = [("", _("Not done")), *((str(number), place.name) for number, place in enumerate(places))]
        where.append((ELSEWHERE, _("Elsewhere")))
        self.needed = list(dict.fromkeys(step for claim in Claim for step in required_steps(claim, kind, criteria)))
        for step in StepKind:
            self._add_step(step, where)

    def _add_step(self, step: StepKind, where) -> None:
        self.fields[f"where-{step}"] = forms.ChoiceField(label=_("Where"), choices=where, required=False)
        self.fields[f"place-{step}"] = forms.CharField(
            label=_("Place, if elsewhere"), max_length=200, required=False, help_text=_("Such as Vernon or Tijuana.")
        )
        self.fields[f"by-{step}"] = forms.CharField(
            label=_("Done by, if elsewhere"),
            max_length=200,
            required=False,
            help_text=_("Such as a mill."),
        )
        self.fields[f"since-{step}"] = forms.DateField(
            label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        self.fields[f"share-{step}"] = forms.DecimalField(
            label=_("Share of the cost, %"),
            min_value=0,
            max_value=100,
            max_digits=5,
            decimal_places=2,
            required=False,
        )

    def clean(self):
        data = super().clean()
        for step in StepKind:
            if data.get(f"where-{step}") == ELSEWHERE and not data.get(f"place-{step}"):
                self.add_error(f"place-{step}", _("Say where else this is done."))
            typed = any(data.get(f"{name}-{step}") for name in ("place", "by", "since", "share"))
            if typed and not data.get(f"where-{step}") and f"where-{step}" not in self.errors:
                self.add_error(f"where-{step}", _("Choose where this is done."))
        if not self.errors and not any(data.get(f"where-{step}") for step in StepKind):
            raise forms.ValidationError(_("Choose for at least one step where it is done."))
        return data

    def rows(self) -> list[tuple[str, list]]:
        """(name of the step, its fields) for the steps that claims on this kind rest on."""
        return [self._row(step) for step in self.needed]

    def more_rows(self) -> list[tuple[str, list]]:
        return [self._row(step) for step in StepKind if step not in self.needed]

    def more_open(self) -> bool:
        return any(field.value() for _label, fields in self.more_rows() for field in fields)

    def _row(self, step: StepKind):
        return str(STEPS[step]), [self[f"{name}-{step}"] for name in ("where", "share", "since", "place", "by")]

    def steps(self) -> list[dict]:
        """The steps that are done, in their usual order, as plain facts; `place` is a number of the list or None."""
        return [self._step(step) for step in StepKind if self.cleaned_data[f"where-{step}"]]

    def _step(self, step: StepKind) -> dict:
        data, where = self.cleaned_data, self.cleaned_data[f"where-{step}"]
        away = where == ELSEWHERE
        return {
            "kind": step.value,
            "place": None if away else int(where),
            "elsewhere_place": data[f"place-{step}"] if away else "",
            "elsewhere_by": data[f"by-{step}"] if away else "",
            "started_on": data[f"since-{step}"],
            "cost_share": data[f"share-{step}"] or Decimal(0),
        }


class GoOnForm(forms.Form):
    """Which claims the application is for."""

    claims = forms.MultipleChoiceField(
        label=_("What you claim"), choices=list(CLAIMS.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that you can show. You can change this until you hand the application in."),
    )  # fmt: skip
