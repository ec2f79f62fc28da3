"""Reporting a badge: anyone says what does not fit, and reads on a private page what came of it."""

from django import forms
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from certification.letters import send_complaint
from certification.models import Certificate, Complaint
from certification.selectors import register_rows
from certification.services.complaints import report_badge
from marketplace.core.formtools import add_service_error
from marketplace.core.limits import passed_limit

PER_HOUR = 10


class ReportForm(forms.Form):
    text = forms.CharField(
        label=_("What you saw"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6, "maxlength": 8000}),
        help_text=_("Such as another country on the label, or a workshop that is not where the register says."),
    )  # fmt: skip
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Your e-mail"), required=False,
        help_text=_("We tell you what came of it. The maker does not see it, and it is erased a year later."),
    )  # fmt: skip
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    @property
    def is_from_a_machine(self) -> bool:
        """People do not see the field that machines fill in."""
        return bool(self.cleaned_data["website"])


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, number):
    """The form about one certificate; ended ones can be reported too, where the mark is still shown."""
    certificate = get_object_or_404(Certificate, number=number)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_machine:
            return redirect("register:verify", number)
        if passed_limit(request, "report", most=PER_HOUR, seconds=3600):
            form.add_error(None, _("Many reports came from your network in the last hour. Try again later."))
            return _form_page(request, certificate, form)
        data = {name: form.cleaned_data[name] for name in ("text", "name", "email")}
        try:
            with transaction.atomic():
                complaint = report_badge(certificate=certificate, **data)
                send_complaint(complaint)
        except forms.ValidationError as error:
            add_service_error(form, error)
        else:
            return redirect("register:report", complaint.key)
    return _form_page(request, certificate, form)


def _form_page(request, certificate: Certificate, form: ReportForm):
    context = {"form": form, "certificate": certificate, "site_section": "register"}
    return render(request, "register/report_badge.html", context, status=422 if form.errors else 200)


@require_safe
def outcome(request, key):
    """The reporter's own page; only who knows the address gets here."""
    complaint = get_object_or_404(Complaint.objects.select_related("certificate"), key=key)
    context = {
        "complaint": complaint, "certificate": complaint.certificate,
        "record": register_rows([complaint.certificate])[0], "site_section": "register",
    }  # fmt: skip
    response = render(request, "register/report.html", context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
