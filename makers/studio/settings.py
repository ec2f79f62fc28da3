"""How a maker presents itself and ships."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.search.listing import refresh_maker
from certification.selectors import valid_certificates
from makers.services import edit_maker
from makers.stories.services import publish_maker_page
from marketplace.core import uploads
from marketplace.core.formtools import add_service_error

from .access import studio
from .forms import SettingsForm


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request):
    form = SettingsForm(request.POST or None, request.FILES or None, instance=request.maker)
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        if _save(request, form, changes):
            messages.success(request, _("Saved."))
            return redirect("studio:settings")
    context = {
        "form": form,
        "certified": valid_certificates().filter(maker=request.maker).exists(),
        "studio_section": "settings",
    }
    return render(request, "studio/settings.html", context, status=422 if form.errors else 200)


def _save(request, form: SettingsForm, changes: dict) -> bool:
    """Call the service; its refusal is shown in the form."""
    try:
        if changes.get("picture"):
            changes["picture"] = _clean(changes["picture"])
        edit_maker(user=request.user, maker=request.maker, **changes)
    except ValidationError as error:
        add_service_error(form, error)
        return False
    refresh_maker(request.maker.pk)
    publish_maker_page(request.maker)
    return True


def _clean(upload):
    try:
        content = uploads.clean_picture(upload)
    except ValidationError as error:
        raise ValidationError({"picture": error.messages}) from error
    content.name = "maker.jpg"
    return content
