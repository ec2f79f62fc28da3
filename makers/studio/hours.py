"""Weekly hours of the place of pickup, and the days on which nothing leaves."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from makers.hours import add_closure, remove_closure, save_hours
from makers.models import Closure, Weekday
from marketplace.core import clock
from marketplace.core.formtools import add_service_error

from .access import studio

TIME = {"type": "time"}
DAY = {"type": "date"}


class DayForm(forms.Form):
    """Both times, or neither: then it is closed."""

    opens = forms.TimeField(label=gettext_lazy("Opens"), required=False, widget=forms.TimeInput(TIME, "%H:%M"))
    closes = forms.TimeField(label=gettext_lazy("Closes"), required=False, widget=forms.TimeInput(TIME, "%H:%M"))

    def __init__(self, *args, weekday: Weekday, **kwargs):
        super().__init__(*args, prefix=f"day{weekday}", **kwargs)
        self.weekday = weekday
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{weekday.label}: {field.label}"

    def clean(self):
        data = super().clean()
        opens, closes = data.get("opens"), data.get("closes")
        if self.errors:
            return data
        if (opens is None) != (closes is None):
            raise ValidationError(_("Say when it opens and when it closes, or leave both empty."))
        if opens is not None and opens >= closes:
            raise ValidationError(_("A place opens before it closes."))
        return data


class ClosureForm(forms.ModelForm):
    class Meta:
        model = Closure
        fields = ["first_day", "last_day", "note", "note_es"]
        widgets = {name: forms.DateInput(DAY, "%Y-%m-%d") for name in ("first_day", "last_day")}


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request):
    """The form of the week; the one for closed days posts to `close`."""
    place = request.maker.pickup_place
    days = _days(request, place)
    if request.method == "POST" and place is not None:
        valid = [day.is_valid() for day in days]
        if all(valid):
            wanted = {
                int(day.weekday): (day.cleaned_data["opens"], day.cleaned_data["closes"])
                for day in days if day.cleaned_data["opens"]
            }  # fmt: skip
            save_hours(user=request.user, workplace=place, hours=wanted)
            messages.success(request, _("Saved."))
            return redirect("studio:hours")
    return _show(request, days=days)


@studio
@require_POST
def close(request):
    form = ClosureForm(request.POST)
    if form.is_valid():
        try:
            add_closure(user=request.user, maker=request.maker, **form.cleaned_data)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Saved. What is ordered from now on is promised for later."))
            return redirect("studio:hours")
    return _show(request, form=form)


@studio
@require_POST
def reopen(request, pk):
    remove_closure(user=request.user, maker=request.maker, closure_id=pk)
    return redirect("studio:hours")


def _days(request, place) -> list[DayForm]:
    if place is None:
        return []
    known = {row.weekday: {"opens": row.opens, "closes": row.closes} for row in place.hours.all()}
    data = request.POST if request.method == "POST" and request.resolver_match.url_name == "hours" else None
    return [DayForm(data, weekday=day, initial=known.get(int(day), {})) for day in Weekday]


def _show(request, *, days: list[DayForm] | None = None, form: ClosureForm | None = None):
    place = request.maker.pickup_place
    days = _days(request, place) if days is None else days
    context = {
        "place": place, "days": days, "form": form or ClosureForm(),
        "closures": request.maker.closures.filter(last_day__gte=clock.today()), "studio_section": "shipping",
    }  # fmt: skip
    wrong = (form and form.errors) or any(day.errors for day in days)
    return render(request, "studio/hours.html", context | {"wrong": wrong}, status=422 if wrong else 200)
