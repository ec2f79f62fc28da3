"""`/_components/`: every part of the design on one page, drawn by the templates and styles that the site uses."""

from decimal import Decimal

from django import forms
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from catalog.search.selectors import cards, for_sale, newest

COLORS = (
    "paper", "well", "line", "edge", "ink", "ink-2", "bloom", "bloom-wash", "sign", "sign-wash", "sign-ink",
    "warn-wash", "warn-ink", "stop", "stop-wash", "sun",
)  # fmt: skip
STEPS = ("-5", "-4", "-3", "-2", "-1", "-0", "--1")
ICONS = (
    "search", "bag", "account", "menu", "truck", "pin", "check", "ended", "close", "document", "gift", "share",
    "previous", "next", "plus", "heart",
)  # fmt: skip


class SampleForm(forms.Form):
    """A field of each kind; the first is refused."""

    email = forms.EmailField(label="E-mail", help_text="For the receipt and the tracking number.")
    size = forms.ChoiceField(label="Size", choices=[("s", "S"), ("m", "M")])
    claims = forms.MultipleChoiceField(
        label="Claims", choices=[("designed", "Designed"), ("assembled", "Assembled")], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    gift = forms.BooleanField(label="This is a present", required=False)
    words = forms.CharField(label="A note", required=False, widget=forms.Textarea(attrs={"rows": 3}))


@require_safe
def components(request):
    context = {
        "colors": COLORS, "type_steps": STEPS, "icons": ICONS, "price": (Decimal(148), Decimal(268)),
        "swatches": [("Navy", "#2b2f63"), ("Olive", "#5c5f3a"), ("Rust", "#a8492a")],
        "rows": cards(newest(for_sale()), 4), "form": SampleForm({"email": "sam@", "size": "m"}),
    }  # fmt: skip
    return TemplateResponse(request, "components_page.html", context)
