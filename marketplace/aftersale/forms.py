"""Forms that shopper and maker share: how many pieces of which line."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.order.models import Line

from .words import LONGEST_TEXT


def text_field(label, *, required=True, rows=4, help_text="", missing=None, most=LONGEST_TEXT) -> forms.CharField:
    """A box for words; `missing` says what to do where it was left empty."""
    return forms.CharField(
        label=label, required=required, max_length=most, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or _("Write in a sentence or two.")},
    )  # fmt: skip


class PiecesForm(forms.Form):
    """A number for each line that has pieces to choose from; `rows` are (line, most, chosen at first)."""

    def __init__(self, *args, rows: Sequence[tuple[Line, int, int]], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        last = list(self.fields)
        for line, most, first in rows:
            self.fields[f"line-{line.pk}"] = self._number(line, most, first)
        self.order_fields([name for name in self.fields if name not in last] + last)

    @staticmethod
    def _number(line: Line, most: int, first: int) -> forms.IntegerField:
        words = f"{line.label} ({line.variant_words})" if line.variant else line.label
        return forms.IntegerField(
            label=words, min_value=0, max_value=most, initial=first, help_text=_("Up to %(most)s.") % {"most": most},
            error_messages={
                "required": _("Enter a number; 0 leaves it out."), "invalid": _("Enter a whole number, such as 1."),
                "max_value": _("At most %(limit_value)s."), "min_value": _("0 or more."),
            },
        )  # fmt: skip

    @property
    def number_fields(self):
        """The bound fields of the lines, above everything else."""
        return [self[f"line-{line.pk}"] for line, _most, _first in self.rows]

    @property
    def other_fields(self):
        names = {f"line-{line.pk}" for line, _most, _first in self.rows}
        return [field for field in self if field.name not in names]

    def pieces(self) -> dict[int, int]:
        """Line id -> how many, lines left out aside; call it on a valid form."""
        found = {line.pk: self.cleaned_data[f"line-{line.pk}"] for line, _most, _first in self.rows}
        return {pk: quantity for pk, quantity in found.items() if quantity}


class CancelForm(PiecesForm):
    reason = forms.CharField(
        label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The maker reads it."),
    )  # fmt: skip
