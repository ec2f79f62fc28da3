"""Forms of the bookkeepers' desk."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from makers.models import Maker
from marketplace.core import clock
from marketplace.fulfilment.disputes import LONGEST_TEXT
from marketplace.payments.form_fields import DayField, DollarsField, PercentField

from .words import ACCOUNTS, EVIDENCE

MOST_MAKERS = 20


def makers_named(words: str):
    """Makers whose name holds `words`, by name."""
    return Maker.objects.filter(Q(name__icontains=words) | Q(slug=words.lower())).order_by("name", "pk")


class DayForm(forms.Form):
    day = DayField(label=gettext_lazy("To the end of"), required=False)


class EntryForm(forms.Form):
    """Which entries to look for; all that is filled in must fit."""

    q = forms.CharField(
        label=gettext_lazy("Order, source or Stripe's id"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    account = forms.ChoiceField(
        label=gettext_lazy("Account"), required=False,
        choices=[("", gettext_lazy("All")), *((key, account.name) for key, account in ACCOUNTS.items())],
    )  # fmt: skip
    maker = forms.CharField(label=gettext_lazy("Maker"), required=False, max_length=80)
    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("Through"), required=False)

    def clean_maker(self) -> list[int] | None:
        words = self.cleaned_data["maker"]
        if not words:
            return None
        found = list(makers_named(words).values_list("pk", flat=True)[: MOST_MAKERS + 1])
        if not found:
            raise ValidationError(_("We know no maker of that name."))
        if len(found) > MOST_MAKERS:
            raise ValidationError(_("Many makers are called that. Write more of the name."))
        return found


class ExplainForm(forms.Form):
    reference = forms.CharField(max_length=64, widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("What this was"), max_length=120,
        error_messages={"required": gettext_lazy("Say what this was, for those who ask later.")},
    )  # fmt: skip


class EvidenceForm(forms.Form):
    """What the bank is told: the text fields of Stripe's evidence, each may stay empty."""

    sure = forms.BooleanField(
        label=gettext_lazy("I have read it. It goes to the bank as it stands and can't be changed afterwards."),
        error_messages={"required": gettext_lazy("Read it once more and confirm: it can be sent only once.")},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in EVIDENCE.items():
            rows = {"uncategorized_text": 12, "product_description": 3}.get(name)
            widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
            self.fields[name] = forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=widget)
        self.order_fields([*EVIDENCE, "sure"])

    def evidence(self) -> dict[str, str]:
        """What `fulfilment.answer` takes; call it on a valid form."""
        return {name: self.cleaned_data[name] for name in EVIDENCE}


class ChargeForm(forms.Form):
    """How much of a lost dispute a maker bears."""

    cents = DollarsField(
        label=gettext_lazy("Amount"), error_messages={"required": gettext_lazy("Enter an amount such as 12.50.")}
    )
    why = forms.CharField(
        label=gettext_lazy("Why the maker bears it"), max_length=150, help_text=gettext_lazy("The maker reads it."),
        error_messages={"required": gettext_lazy("Say why the maker bears it; the maker reads it.")},
    )  # fmt: skip


class FeeForm(forms.Form):
    """A fee from a day on; the fields have the names that `fees.set_fee` gives its refusals."""

    basis_points = PercentField(
        label=gettext_lazy("Percent of the goods"), most=50,
        error_messages={"required": gettext_lazy("Enter a percentage such as 12.5.")},
    )  # fmt: skip
    from_day = DayField(
        label=gettext_lazy("From"), initial=clock.today,
        help_text=gettext_lazy("Today or later; what was sold keeps its fee."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Why"), max_length=200, help_text=gettext_lazy("Only staff read it."),
        error_messages={"required": gettext_lazy("Say why, for those who ask later.")},
    )  # fmt: skip
