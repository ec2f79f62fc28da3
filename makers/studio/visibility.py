"""What shoppers see of what makers type, and what stays between the maker and the program's staff: one list.

tests/makers/test_visibility.py compares it with what the public pages show.
"""

from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

PUBLIC = {
    "maker": frozenset({
        "name", "legal_name", "neighborhood", "about", "about_es", "picture", "return_days", "is_open",
    }),
    "workplace": frozenset({"name", "operated_by", "contractor_name", "city", "zip_code"}),
    "step": frozenset({"kind", "workplace", "elsewhere_place", "elsewhere_by"}),
    "product": frozenset({
        "title", "title_es", "description", "description_es", "kind", "origin_statement", "fibre_content", "care",
        "makers_note", "makers_note_es",
        "category", "shipping_profile", "weight_oz", "made_to_order_days",
    }),
    "notice": frozenset({"prop65", "cancer_chemical", "harm_chemical", "age_grade", "choking"}),
    "evidence": frozenset(),
}  # fmt: skip
BUYERS = {"maker": frozenset({"email"})}
SHOPPERS_SEE = _("Public: shoppers see this.")
STAFF_SEE = _("Private: only you and the program's staff see this.")

BUYERS_SEE = _("Private: buyers of your pieces find it in their letters; else only the program's staff see it.")


def who_sees(what: str, name: str) -> str:
    """The words for one field, lazily translated."""
    if name in PUBLIC[what]:
        return SHOPPERS_SEE
    return BUYERS_SEE if name in BUYERS.get(what, ()) else STAFF_SEE


def say_who_sees(form: BaseForm, what: str, *, leave: tuple[str, ...] = ()) -> None:
    """Add to the help of each field who sees it; `leave` names fields that are no facts."""
    for name, field in form.fields.items():
        if name in leave or field.widget.is_hidden:
            continue
        field.help_text = format_html('{} <span class="who-sees">{}</span>', field.help_text, who_sees(what, name))
