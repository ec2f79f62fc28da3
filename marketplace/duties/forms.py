"""What makers, staff and reporters type about duties."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import ListingReport, SellerAnswer
from .sellers import FACTS
from .words import LONGEST_TEXT, ReportKind


class SellerForm(forms.ModelForm):
    """Who the business is; what Stripe has is not asked again."""

    class Meta:
        model = SellerAnswer
        fields = FACTS


class WordsForm(forms.Form):
    """A decision in words."""

    words = forms.CharField(
        label=_("In your words"), max_length=LONGEST_TEXT,
        error_messages={"required": _("Say it in words; they are kept, and whom it concerns reads them.")},
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT}),
    )  # fmt: skip


class AcceptForm(forms.Form):
    """A yes to the version of the terms that was shown."""

    terms = forms.IntegerField(widget=forms.HiddenInput)
    accepts = forms.BooleanField(
        label=_("I accept the terms for makers, and the fee that is shown here"),
        error_messages={"required": _("Tick the box to accept the terms.")},
    )


class ReportForm(forms.ModelForm):
    """What somebody says of a listing."""

    kind = forms.ChoiceField(label=_("What is wrong"), choices=ReportKind.choices, widget=forms.RadioSelect)
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    class Meta:
        model = ListingReport
        fields = ["text", "name", "email"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_TEXT}),
        }
        help_texts = {
            "text": _("What you saw and where; how you know."),
            "email": _("We tell you what came of it. The maker does not see it, and it is erased a year later."),
        }

    @property
    def is_from_a_machine(self) -> bool:
        """People do not see the field that machines fill in."""
        return bool(self.cleaned_data["website"])
