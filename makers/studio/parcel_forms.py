"""What makers type when they ship: pieces, carrier, tracking number, or a later day."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.fulfilment import carriers

CARRIERS = [*((name, name) for name in carriers.KNOWN), (carriers.OTHER, gettext_lazy("Another carrier"))]


class TrackingForm(forms.Form):
    carrier = forms.ChoiceField(label=gettext_lazy("Carrier"), choices=[("", "—"), *CARRIERS])
    other_carrier = forms.CharField(
        label=gettext_lazy("Name of another carrier"), max_length=40, required=False,
        help_text=gettext_lazy("Only if yours is not in the list."),
    )  # fmt: skip
    tracking_number = forms.CharField(
        label=gettext_lazy("Tracking number"), max_length=60,
        help_text=gettext_lazy("From the label. The shopper gets it by e-mail."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("carrier") == carriers.OTHER:
            if not data.get("other_carrier"):
                self.add_error("other_carrier", _("Say who carries the parcel."))
        elif data.get("tracking_number"):
            problem = carriers.problem(data.get("carrier", ""), data["tracking_number"])
            if problem:
                self.add_error("tracking_number", problem)
        return data

    def facts(self) -> dict[str, str]:
        data = self.cleaned_data
        carrier = data["other_carrier"] if data["carrier"] == carriers.OTHER else data["carrier"]
        return {"carrier": carrier, "tracking_number": data["tracking_number"]}


class PiecesMixin:
    """A number for each line that waits, filled in with the parcel that was planned next."""

    def add_pieces(self, counts) -> None:
        waiting = [count for count in counts if count.to_ship]
        planned = min((count.line.parcel_number for count in waiting), default=0)
        for count in waiting:
            line = count.line
            self.fields[f"pieces-{line.pk}"] = forms.IntegerField(
                label=" · ".join(word for word in (line.label, line.variant_words) if word), min_value=0,
                max_value=count.to_ship, required=False, initial=count.to_ship if line.parcel_number == planned else 0,
                help_text=_("%(number)d to ship, promised for parcel %(parcel)d.")
                % {"number": count.to_ship, "parcel": line.parcel_number},
            )  # fmt: skip
        self.lines = [count.line.pk for count in waiting]

    def pieces(self) -> dict[int, int] | None:
        """By line id; None, all that waits, where no numbers were asked."""
        if not any(f"pieces-{line}" in self.data for line in self.lines):
            return None
        return {line: self.cleaned_data.get(f"pieces-{line}") or 0 for line in self.lines}

    def piece_fields(self):
        return [self[f"pieces-{line}"] for line in self.lines]


class ParcelForm(PiecesMixin, TrackingForm):
    def __init__(self, *args, counts, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_pieces(counts)


class PickupForm(PiecesMixin, forms.Form):
    def __init__(self, *args, counts, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_pieces(counts)

    def facts(self) -> dict[str, str]:
        return {"carrier": "", "tracking_number": ""}


class LateForm(forms.Form):
    new_day = forms.DateField(
        label=gettext_lazy("New day"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day on which it will leave."),
    )  # fmt: skip
    unknown = forms.BooleanField(label=gettext_lazy("I can't say when"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The shopper reads this."),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if bool(data.get("new_day")) == bool(data.get("unknown")) and "new_day" not in self.errors:
            raise ValidationError(_("Give a new day, or say that you can't; not both."))
        return data
