"""Criteria versions: drafted as data, compared with the one in force, with the certificates a change would affect."""

import json
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.doing import do
from certification.impact import affected, changes, rules
from certification.models import CriteriaVersion
from certification.programme import criteria_in_force
from certification.services import criteria as service
from certification.words import CriteriaStatus, Perm

from .access import desk


class DraftForm(forms.Form):
    in_force_from = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("A day to come. Applications handed in from then on are judged by it."),
    )  # fmt: skip
    summary = forms.CharField(
        label=gettext_lazy("What changes, in English"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    summary_es = forms.CharField(
        label=gettext_lazy("What changes, in Spanish"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    rules = forms.CharField(
        label=gettext_lazy("Rules, as data"), widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=gettext_lazy("Essential steps per kind of product, steps that never qualify, the share of the cost."),
    )  # fmt: skip

    def clean_rules(self):
        try:
            rules = json.loads(self.cleaned_data["rules"])
        except ValueError as error:
            raise ValidationError(_("This is not JSON: %(why)s"), params={"why": str(error)}) from error
        if not isinstance(rules, dict):
            raise ValidationError(_("The rules are one JSON object."))
        return rules


@desk
@require_safe
def index(request):
    context = {
        "rows": CriteriaVersion.objects.select_related("drafted_by", "published_by"),
        "may_write": request.user.has_perm(Perm.CRITERIA), "desk_section": "criteria",
    }  # fmt: skip
    return render(request, "review/criteria.html", context)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, number=None):
    """A new draft, begun from the version in force, or a draft to go on with."""
    if not request.user.has_perm(Perm.CRITERIA):
        raise Http404
    draft = get_object_or_404(CriteriaVersion, number=number, status=CriteriaStatus.DRAFT) if number else None
    base = draft or criteria_in_force()
    initial = {"rules": json.dumps(base.rules, indent=2, ensure_ascii=False)}
    if draft:
        initial |= {name: getattr(draft, name) for name in ("in_force_from", "summary", "summary_es")}
    form = DraftForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = partial(service.save_draft, user=request.user, draft=draft, **form.cleaned_data)
        if do(request, form, act, _("The draft is saved.")):
            saved = draft or CriteriaVersion.objects.order_by("-number").first()
            return redirect("review:criteria_version", saved.number)
    context = {"form": form, "draft": draft, "desk_section": "criteria"}
    return render(request, "review/criteria_edit.html", context, status=422 if form.errors else 200)


@desk
@require_safe
def version(request, number):
    return _show(request, get_object_or_404(CriteriaVersion, number=number), forms.Form())


@desk
@require_POST
def publish(request, number):
    draft = get_object_or_404(CriteriaVersion, number=number)
    form = forms.Form(request.POST)
    act = partial(service.publish, user=request.user, draft=draft)
    if form.is_valid() and do(request, form, act, _("Published.")):
        return redirect("review:criteria_version", number)
    return _show(request, draft, form)


def _show(request, item: CriteriaVersion, form):
    before = CriteriaVersion.objects.filter(number__lt=item.number, status=CriteriaStatus.PUBLISHED).first()
    is_draft = item.status == CriteriaStatus.DRAFT
    context = {
        "version": item, "before": before, "form": form, "is_draft": is_draft,
        "changes": changes(before.criteria, item.criteria) if before else [], "rules": rules(item.criteria),
        "affected": affected(item.criteria) if is_draft else None,
        "may_write": request.user.has_perm(Perm.CRITERIA),
        "may_publish": is_draft and request.user.has_perm(Perm.CRITERIA) and item.drafted_by_id != request.user.pk,
        "desk_section": "criteria",
    }  # fmt: skip
    return render(request, "review/criteria_version.html", context, status=422 if form.errors else 200)
