"""A maker's addresses."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification.cases import place_of_facts
from certification.facts import workplace_facts
from certification.models import RegisterEntry
from certification.programme import current_area
from makers.models import Workplace
from makers.services import drop_draft, save_workplace
from marketplace.core.formtools import add_service_error

from .access import studio
from .autosave import is_autosave
from .drafts import draft_for, kept_now
from .forms import WorkplaceForm


@studio
@require_safe
def index(request):
    places = list(request.maker.workplaces.all())
    entries = RegisterEntry.objects.in_bulk({place.register_account for place in places})
    area = current_area()
    rows = [
        {"workplace": place, "place": place_of_facts(workplace_facts(place), entries.get(place.register_account), area)}
        for place in places
    ]
    return render(request, "studio/workplaces.html", {"rows": rows, "studio_section": "workplaces"})


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk=None):
    workplace = get_object_or_404(Workplace, pk=pk, maker=request.maker) if pk else Workplace(maker=request.maker)
    name = f"workplace:{pk or 'new'}"
    if is_autosave(request):
        return kept_now(request, request.maker, name)
    form = WorkplaceForm(draft_for(request, request.maker, name), instance=workplace)
    if request.method == "POST" and form.is_valid():
        try:
            save_workplace(user=request.user, workplace=form.instance)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            drop_draft(user=request.user, maker=request.maker, form=name)
            messages.success(request, _("Saved."))
            return redirect("studio:workplaces")
    typed = request.method != "POST" and form.is_bound
    context = {
        "form": form,
        "workplace": workplace,
        "draft": name if typed else "",
        "place": _place_of(Workplace.objects.get(pk=pk)) if pk else None,
        "studio_section": "workplaces",
    }
    return render(request, "studio/workplace.html", context, status=422 if form.errors and not typed else 200)


def _place_of(workplace: Workplace):
    """The verdict for one saved workplace."""
    entry = RegisterEntry.objects.filter(pk=workplace.register_account).first()
    return place_of_facts(workplace_facts(workplace), entry, current_area())
