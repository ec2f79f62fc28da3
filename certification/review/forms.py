"""What staff type at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product
from certification.texts import CLAIMS
from certification.words import Reason, Recommendation

LONG = {"rows": 4, "maxlength": 4000}


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
        label=_("Reasons for what is not granted"), choices=Reason.choices, required=False,
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
        label=_("Reasons"), choices=[item for item in Reason.choices if item[0] != Reason.GIVEN_BACK], required=False,
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
