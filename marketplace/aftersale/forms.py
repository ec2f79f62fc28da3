"""Forms that shopper and maker share: how many pieces of which line."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalog.order.models import Line
from marketplace.core.uploads import ACCEPT_PICTURES, check_size, picture_type

from .words import ASKED_REASONS, LONGEST_TEXT, MOST_PHOTOS


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


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several pictures at once; gives a list, each file looked at before anything is kept."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Photos"), required=False,
            help_text=format_lazy(_("Up to {most} JPEG, PNG or WebP pictures."), most=MOST_PHOTOS),
            widget=ManyFiles(attrs={"accept": ACCEPT_PICTURES}), **kwargs,
        )  # fmt: skip

    def clean(self, data, initial=None):
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MOST_PHOTOS:
            raise ValidationError(_("At most %(most)s pictures.") % {"most": MOST_PHOTOS})
        found = [super(PhotosField, self).clean(file, initial) for file in files]
        for file in found:
            check_size(file)
            picture_type(file)
        return found


class ReturnForm(PiecesForm):
    """How many of which line, why, in words and pictures."""

    text = text_field(_("What is wrong"), required=False, help_text=_("The maker reads it."))
    photos = PhotosField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for line, _most, _first in self.rows:
            self.fields[f"reason-{line.pk}"] = forms.ChoiceField(
                label=_("Why do you return it?"), choices=[("", "—"), *ASKED_REASONS], required=False
            )

    @property
    def number_fields(self):
        names = [f"{kind}-{line.pk}" for line, _most, _first in self.rows for kind in ("line", "reason")]
        return [self[name] for name in names]

    @property
    def other_fields(self):
        return [self["text"], self["photos"]]

    def clean(self):
        for line, _most, _first in self.rows:
            if self.cleaned_data.get(f"line-{line.pk}") and not self.cleaned_data.get(f"reason-{line.pk}"):
                self.add_error(f"reason-{line.pk}", _("Choose the reason."))
        return self.cleaned_data

    def reasons(self) -> dict[int, tuple[int, str]]:
        """Line id -> how many and why."""
        return {pk: (quantity, self.cleaned_data[f"reason-{pk}"]) for pk, quantity in self.pieces().items()}


class MessageForm(forms.Form):
    text = text_field(_("Your message"), missing=_("Write your message."))


class EscalateForm(forms.Form):
    objection = text_field(_("What should the marketplace know?"), missing=_("Say what the marketplace should know."))


class AnswerForm(forms.Form):
    """The maker's answer to a return."""

    answer = text_field(
        _("Your answer"), missing=_("Write your answer; the shopper reads it."),
        help_text=_("If you accept: the address for the pieces and who pays the way. If you decline: why."),
    )  # fmt: skip


class ReceiveForm(forms.Form):
    put_back = forms.BooleanField(label=_("Put the pieces on sale again"), required=False)


class DecideForm(forms.Form):
    words = text_field(_("Reasons"), missing=_("Give the reasons; shopper and maker read them."))


class RefundForm(PiecesForm):
    """A maker gives pieces, a part of a price or everything back."""

    what = forms.ChoiceField(
        label=_("What do you refund?"), widget=forms.RadioSelect, initial="pieces",
        choices=[
            ("pieces", _("Some pieces")), ("price", _("A part of a price; the shopper keeps the piece")),
            ("whole", _("Everything that is left of this order, with shipping")),
        ],
        error_messages={"required": _("Choose what you refund.")},
    )  # fmt: skip
    priced = forms.ChoiceField(label=_("For which piece, if it is a part of a price"), required=False)
    amount = forms.DecimalField(
        label=_("How much of its price, before tax"), required=False, max_digits=8, decimal_places=2,
        help_text=_("In dollars, such as 12.50. The tax on it goes back too."),
        error_messages={"invalid": _("Enter an amount such as 12.50.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The shopper reads this in the e-mail."),
        error_messages={"required": _("Say in a sentence why.")},
    )  # fmt: skip

    def __init__(self, *args, lines: Sequence[Line], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["priced"].choices = [(str(line.pk), line.label) for line in lines]
        self.order_fields(["what"])

    def clean(self):
        without = not self.cleaned_data.get("amount") and "amount" not in self.errors
        if self.cleaned_data.get("what") == "price" and without:
            self.add_error("amount", _("Enter an amount such as 12.50."))
        return self.cleaned_data


class CancelForm(PiecesForm):
    reason = forms.CharField(
        label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The maker reads it."),
    )  # fmt: skip


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is hidden"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is hidden.")},
    )  # fmt: skip


class ReviewForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("How is it?"), coerce=int, widget=forms.RadioSelect,
        choices=[
            (5, _("5 stars: I love it")), (4, _("4 stars: good")), (3, _("3 stars: fine")), (2, _("2 stars: not good")),
            (1, _("1 star: bad")),
        ],
        error_messages={"required": _("Choose one to five stars.")},
    )  # fmt: skip
    text = text_field(
        _("In your words"), required=False, help_text=_("Public, with your first name and the initial of your last.")
    )
    photos = PhotosField()


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is wrong with it.")},
    )  # fmt: skip


class AnswerReviewForm(forms.Form):
    answer = text_field(
        _("Your answer"), missing=_("Write your answer."), help_text=_("Public, below the review; once and for good.")
    )
