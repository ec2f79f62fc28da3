"""Forms of the tax desk."""

from datetime import date

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.checkout.states import STATES
from marketplace.core import clock

from .files import PublishedRate
from .rates import HOME_STATE

SALT = "tax.load"
ONE_DAY = 24 * 3600
LAST_DAY = date(2999, 12, 31)


def _day(label, help_text="") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the day."), "invalid": gettext_lazy("Write the day as 2026-04-01."),
        },
    )  # fmt: skip


def _state(choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=choices,
        error_messages={"required": gettext_lazy("Choose the state.")},
    )


def _note(label, help_text) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why.")},
    )  # fmt: skip


class AddressForm(forms.Form):
    """Which rate holds there?"""

    city = forms.CharField(label=gettext_lazy("City, as typed"), max_length=80, required=False)
    zip_code = forms.RegexField(
        r"^[0-9]{5}(-[0-9]{4})?$", label=gettext_lazy("ZIP code"), max_length=10,
        error_messages={
            "required": gettext_lazy("Enter the ZIP code, such as 90014."),
            "invalid": gettext_lazy("Enter the ZIP code, such as 90014."),
        },
    )  # fmt: skip
    state = _state(STATES)
    day = _day(gettext_lazy("Day"))

    def clean_day(self):
        return _within(self.cleaned_data["day"])


def _within(day: date) -> date:
    if not date(2000, 1, 1) <= day <= LAST_DAY:
        raise ValidationError(_("Choose a day of this century."))
    return day


class LoadForm(forms.Form):
    """A published file and the day from which it holds."""

    file = forms.FileField(
        label=gettext_lazy("Published file"),
        help_text=gettext_lazy(
            "XLSX or CSV, up to 2 MB, with the columns Location, Rate, County and Type. Nothing changes before you "
            "have seen what would."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
    )  # fmt: skip
    state = _state([(HOME_STATE, "California"), *[row for row in STATES if row[0] != HOME_STATE]])
    from_day = _day(gettext_lazy("In force from"), gettext_lazy("As the file says; rates change with the quarter."))

    def clean_from_day(self):
        return _within(self.cleaned_data["from_day"])


class ApplyForm(forms.Form):
    """The rates that were looked at, signed for the person who did."""

    looked_at = forms.CharField(widget=forms.HiddenInput, strip=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_looked_at(self):
        try:
            found = signing.loads(self.cleaned_data["looked_at"], salt=_salt(self.user), max_age=ONE_DAY)
        except signing.BadSignature as error:
            raise ValidationError(_("What you looked at is too old. Choose the file again.")) from error
        state, from_day, name, rows = found
        return state, date.fromisoformat(from_day), name, [PublishedRate(*row) for row in rows]


def seal(user, *, state: str, from_day: date, name: str, places: list[PublishedRate]) -> str:
    """What was looked at, for the button that takes it over."""
    rows = [[place.county, place.city, place.place, place.code, place.ppm] for place in places]
    return signing.dumps([state, from_day.isoformat(), name, rows], salt=_salt(user), compress=True)


def _salt(user) -> str:
    return f"{SALT}.{user.pk}"


class ObligationForm(forms.Form):
    """Collect in another state from a day on."""

    state = _state([("", "—"), *[row for row in STATES if row[0] != HOME_STATE]])
    from_day = _day(gettext_lazy("Collect from"))
    taxes_shipping = forms.BooleanField(label=gettext_lazy("The state taxes carrier shipping too"), required=False)
    note = _note(
        gettext_lazy("Why"), gettext_lazy("For example the threshold that was passed, and the permit's number.")
    )

    def clean_from_day(self):
        return _within(self.cleaned_data["from_day"])


class EndForm(forms.Form):
    """Collect in a state no more."""

    until = _day(gettext_lazy("Last day"))
    note = _note(gettext_lazy("Why"), gettext_lazy("For example the day on which the permit was closed."))

    def clean_until(self):
        return _within(self.cleaned_data["until"])


def today_initial() -> dict:
    return {"state": HOME_STATE, "day": clock.today()}
