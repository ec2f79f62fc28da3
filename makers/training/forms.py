"""What makers, residents and coordinators type about training."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certification.texts import STEP_CHOICES
from makers.models import Maker

from . import rules
from .models import Applicant, Place
from .services.applicants import Person
from .services.placements import Start
from .words import Kind, Language, Partner

# Initials or a case number: no room for a name, an address or a social security number.
REFERENCE = re.compile(r"^(?=.{1,12}$)(?!.*\d{3}-?\d{2}-?\d{4})[A-Za-zÀ-ÿ0-9.\-/]+$")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlaceForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("Kind of place"), choices=Kind.choices, widget=forms.RadioSelect,
        help_text=_(
            "An apprenticeship is a paid job with a plan of learning. A pre-apprenticeship prepares for one. "
            "A training teaches people who already worked a new skill."
        ),
    )  # fmt: skip
    steps = forms.MultipleChoiceField(
        label=_("Production steps that people learn"), choices=STEP_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken at work"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Place
        fields = [
            "kind", "title", "title_es", "description", "description_es", "steps", "requirements", "requirements_es",
            "languages", "neighborhood", "places", "is_paid", "wage_from", "wage_to", "starts_on", "weeks",
            "hours_per_week", "closes_on",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "description_es": forms.Textarea(attrs={"rows": 6}),
            "requirements": forms.Textarea(attrs={"rows": 3}),
            "requirements_es": forms.Textarea(attrs={"rows": 3}),
            "starts_on": _day(),
            "closes_on": _day(),
        }
        help_texts = {
            "title": _("Such as “Pattern cutting for denim”."),
            "requirements": _("Only what the work needs. Leave it empty if people learn everything here."),
            "neighborhood": _("Where the work is, such as Boyle Heights."),
            "wage_from": _("In dollars. At least the City's minimum wage."),
            "wage_to": _("Only if it rises with what people have learned."),
            "hours_per_week": _("40 at most."),
            "closes_on": _("We close the place after this day."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["languages"] = [row.language for row in self.instance.languages.all()]

    def clean(self):
        """Every broken rule at once, at its field; the service asks the same rules again."""
        data = super().clean()
        facts = {name: data.get(name) for name in rules.Facts.__slots__}
        for name, text in rules.problems(rules.Facts(**facts)).items():
            if name not in self.errors:
                self.add_error(name, text)
        return data


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone who still waits for an answer reads this."),
        error_messages={"required": _("Say in a sentence why.")},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What the maker answers one person."""

    action = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("What you write to the person"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It goes out by e-mail. To invite, say where and when; to decline, say why."),
        error_messages={"required": _("Write the person a sentence or two.")},
    )  # fmt: skip

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = actions


class ApplyForm(forms.ModelForm):
    """A resident applies; `website` is a trap for programs that fill in everything."""

    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), choices=Language.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )  # fmt: skip
    sixteen = forms.ChoiceField(
        label=_("Are you 16 or older?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect,
        help_text=_(
            "We ask because California lets nobody become an apprentice before 16 (Labor Code 3077). "
            "We don't keep your birthday."
        ),
    )  # fmt: skip
    consent = forms.BooleanField(
        error_messages={"required": _("Without your consent the maker can't read your application.")}
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    class Meta:
        model = Applicant
        fields = ["name", "email", "phone", "area", "languages", "why", "sixteen", "consent"]
        labels = {
            "name": _("Your name"), "email": _("Your e-mail"), "phone": _("Your phone"),
            "area": _("Your ZIP code or neighborhood"), "why": _("Why this place?"),
        }  # fmt: skip
        help_texts = {
            "email": _("We send you a private link to follow your application."),
            "phone": _("Only if you would rather be called."),
            "area": _("So that the maker knows how far you travel."),
            "why": _("A few sentences are enough. No résumé needed."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
            "area": forms.TextInput(attrs={"autocomplete": "postal-code"}),
            "why": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args, place: Place, **kwargs):
        super().__init__(*args, **kwargs)
        words = _("I agree that %(maker)s reads this to answer me. If I start there, the program counts it.")
        self.fields["consent"].label = words % {"maker": place.maker.name}

    def clean_sixteen(self):
        answer = self.cleaned_data["sixteen"]
        if answer == "no":
            raise ValidationError(
                _("You can apply once you are 16. Until then your school's counselor knows what is open to you.")
            )
        return answer

    def person(self, language: str) -> Person:
        data = self.cleaned_data
        return Person(
            name=data["name"], email=data["email"], phone=data["phone"], area=data["area"],
            languages=tuple(data["languages"]), why=data["why"], language=language,
        )  # fmt: skip


class PlacementForm(forms.Form):
    """A start, recorded by a coordinator; `applicant` fixes maker and kind where the person applied through us."""

    maker = forms.ModelChoiceField(
        label=_("Maker"), queryset=Maker.objects.all(), to_field_name="slug", widget=forms.TextInput,
        help_text=_("The last part of the address of the maker's page, such as “sawtooth-denim”."),
        error_messages={"invalid_choice": _("There is no maker under this address.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect)
    reference = forms.RegexField(
        REFERENCE, label=_("Initials or case number"), max_length=12,
        help_text=_("Such as “M.R.” or “GW-2201”. No name: the record needs to tell people apart, nothing more."),
        error_messages={"invalid": _("Only initials or a case number, up to 12 signs and without spaces.")},
    )  # fmt: skip
    partner = forms.ChoiceField(label=_("Partner organization"), choices=[("", "—"), *Partner.choices])
    started_on = forms.DateField(label=_("Started on"), widget=_day())

    def __init__(self, *args, applicant: Applicant | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.applicant = applicant
        if applicant:
            for name in ("maker", "kind", "reference"):
                del self.fields[name]

    def start(self) -> Start:
        data = self.cleaned_data
        if self.applicant:
            place = self.applicant.place
            data = data | {"maker": place.maker, "kind": place.kind, "applicant": self.applicant}
        return Start(**{name: value for name, value in data.items() if name != "reason"})


class CorrectionForm(PlacementForm):
    reason = forms.CharField(
        label=_("What was wrong"), max_length=300, help_text=_("No names: this stays on record for good.")
    )


class EndForm(forms.Form):
    """How a placement went on: completed, ended early, or a record that was wrong."""

    action = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    day = forms.DateField(label=_("On"), widget=_day(), required=False)
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For an early end or a wrong record. No names: this stays on record for good."),
    )  # fmt: skip

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = actions
        if not {"complete", "end"} & {value for value, _label in actions}:
            del self.fields["day"]
            self.fields["reason"].required = True

    def clean(self):
        data = super().clean()
        action = data.get("action")
        if action in ("complete", "end") and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say on which day."))
        if action in ("end", "void") and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say in a sentence why."))
        return data
