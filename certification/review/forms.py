"""What staff type at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product
from certification.permissions import GROUPS
from certification.texts import CLAIMS, STEP_CHOICES
from certification.words import PanelRole, Reason, Recommendation
from marketplace.core.uploads import ACCEPT_PICTURES
from marketplace.users.models import User

LONG = {"rows": 4, "maxlength": 4000}
SANCTION = [item for item in Reason.choices if item[0] != Reason.GIVEN_BACK]
REFUSAL = [item for item in SANCTION if item[0] not in (Reason.CHANGED, Reason.MISUSE)]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reasons in words"), max_length=4000, widget=forms.Textarea(attrs=LONG))


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Question to the maker"), max_length=4000, widget=forms.Textarea(attrs=LONG),
        help_text=_("The maker can change steps and add evidence, and hands the application in again."),
    )  # fmt: skip


class ConflictForm(forms.Form):
    reason = forms.CharField(label=_("What ties you to this maker"), max_length=500)


class ClaimsForm(ReasonForm):
    """The claims of one application, to choose from."""

    claims = forms.MultipleChoiceField(label=_("Claims"), required=False, widget=forms.CheckboxSelectMultiple)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons for what is not granted"), choices=REFUSAL, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, claims, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["claims"].choices = [(claim, CLAIMS[claim]) for claim in claims]
        self.order_fields(["recommendation", "decision", "claims", "reasons", "reason"])


class RecommendForm(ClaimsForm):
    recommendation = forms.ChoiceField(
        label=_("Recommendation"), choices=Recommendation.choices, widget=forms.RadioSelect
    )


class DecideForm(ClaimsForm):
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("grant", _("Grant")), ("refuse", _("Refuse")), ("return", _("Return to evaluation"))],
    )  # fmt: skip


_YES_NO = [("", _("Not looked at")), ("yes", _("Yes")), ("no", _("No"))]


def _answer(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


class WorkplaceForm(forms.Form):
    inside = forms.TypedChoiceField(
        label=_("In the City of Los Angeles"), choices=_YES_NO, coerce=_answer, empty_value=None, required=False
    )
    record_accepted = forms.TypedChoiceField(
        label=_("Business record accepted"), choices=_YES_NO, coerce=_answer, empty_value=None, required=False
    )
    reason = forms.CharField(label=_("What you saw, and where"), max_length=4000)


class JudgeForm(forms.Form):
    accept = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes")
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class SanctionForm(ReasonForm):
    action = forms.ChoiceField(label=_("Action"), widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), choices=SANCTION, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("At least one for a suspension or a withdrawal."),
    )  # fmt: skip

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(action.value, action.label) for action in actions]
        self.fields["reason"].help_text = _("The register shows this.")
        self.order_fields(["action", "reasons", "reason"])


class FileForm(forms.Form):
    """Staff start an application for a maker's product."""

    product = forms.ModelChoiceField(
        label=_("Product number"), queryset=Product.objects.filter(maker__isnull=False),
        widget=forms.NumberInput, help_text=_("The number at the end of the product's address."),
        error_messages={"invalid_choice": _("There is no product with this number.")},
    )  # fmt: skip
    claims = forms.MultipleChoiceField(
        label=_("Claims"), choices=list(CLAIMS.items()), widget=forms.CheckboxSelectMultiple
    )


class ActionForm(forms.Form):
    """What may be done with an appeal, a complaint or a check now, with words for it."""

    action = forms.ChoiceField(label=_("Action"), widget=forms.RadioSelect)
    text = forms.CharField(required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 8000}))

    def __init__(self, *args, actions, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(action.value, action.label) for action in actions]
        if len(actions) == 1:
            self.fields["action"].initial = actions[0].value
        self.fields["text"].label = label


class DrawForm(forms.Form):
    seed = forms.CharField(
        label=_("Seed"), max_length=200,
        help_text=_("A public value that nobody here can choose, known only after the population below was fixed."),
    )  # fmt: skip
    seed_source = forms.CharField(
        label=_("Where anyone can look it up"), max_length=300,
        help_text=_("Such as: California Lottery, SuperLotto Plus, draw of November 25, 2026."),
    )  # fmt: skip


class MessageForm(forms.Form):
    text = forms.CharField(label=_("Message to the maker"), max_length=4000, widget=forms.Textarea(attrs=LONG))


class AssignForm(forms.Form):
    assignee = forms.ModelChoiceField(
        label=_("Looked after by"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = case_workers()


class VisitForm(forms.Form):
    """A visit to plan; the workplaces are those of the case."""

    workplace_id = forms.TypedChoiceField(label=_("Workplace"), coerce=int)
    visitor = forms.ModelChoiceField(label=_("Visitor"), queryset=User.objects.none())
    planned_for = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        places = {
            step["workplace"]: step["workplace_name"] for step in case.facts.get("steps", ()) if "workplace" in step
        }
        self.fields["workplace_id"].choices = list(places.items())
        self.fields["visitor"].queryset = case_workers()


class VisitReportForm(forms.Form):
    visited_on = forms.DateField(
        label=_("Visited on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    steps_seen = forms.MultipleChoiceField(
        label=_("Steps seen being done"), choices=STEP_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    report = forms.CharField(label=_("Report"), max_length=20000, widget=forms.Textarea(attrs={"rows": 8}))


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"), help_text=_("Where it was taken is read, and removed from what is shown."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT_PICTURES, "capture": "environment"}),
    )  # fmt: skip


class PanelForm(forms.Form):
    """Someone from outside for one case; only while nobody of the staff can do it."""

    email = forms.EmailField(
        label=_("E-mail of the member"),
        help_text=_("A staff account without any group; manage.py create_staff makes it."),
    )
    role = forms.ChoiceField(label=_("What the member does"), choices=PanelRole.choices)
    reason = forms.CharField(label=_("Why nobody of the staff can do it"), max_length=2000)

    def clean_email(self):
        member = User.objects.filter(email__iexact=self.cleaned_data["email"], is_staff=True, is_active=True).first()
        if member is None:
            raise forms.ValidationError(_("There is no staff account with this address."))
        self.cleaned_data["member"] = member
        return self.cleaned_data["email"]


def case_workers():
    """Everyone who works on cases, by name."""
    return User.objects.filter(is_staff=True, is_active=True, groups__name__in=GROUPS).distinct().order_by("name", "pk")


class FalseClaimForm(forms.Form):
    reason = forms.CharField(
        label=_("What was false, in plain words"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        help_text=_("The buyers read it as it stands, in English or Spanish as you write it."),
        error_messages={"required": _("Say in plain words what was false; the buyers read it.")},
    )  # fmt: skip
