"""Handing out private files: to those who may see them, as an attachment, cached nowhere."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from certification.files import PDF
from certification.letters import decision_pdf
from certification.models import Application, Evidence
from certification.pdf_pages import Unreadable, page_picture
from certification.permissions import may_view
from certification.services.evidence import readable_evidence


@require_safe
@login_required
def evidence_file(request, key):
    """A PDF as it came; of a picture the copy without metadata."""
    evidence, content = _open(request, key)
    kind = "image/jpeg" if evidence.shown else evidence.content_type
    response = FileResponse(content, as_attachment=True, filename=evidence.original_name, content_type=kind)
    return _private(response)


@require_safe
@login_required
def evidence_page(request, key, number):
    """One page of a PDF as a picture."""
    evidence, content = _open(request, key)
    if evidence.content_type != PDF:
        raise Http404
    try:
        picture = page_picture(content.read(), number)
    except Unreadable as error:
        raise Http404 from error
    return _private(HttpResponse(picture, content_type="image/jpeg"))


@require_safe
@login_required
def decision_letter(request, pk):
    """The letter with the decision and its reasons, for the maker and the staff."""
    application = get_object_or_404(Application.objects.select_related("maker", "criteria"), pk=pk)
    if not may_view(request.user, application) or application.decided_at is None:
        raise Http404
    response = HttpResponse(decision_pdf(application), content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{application}.pdf"'
    return _private(response)


def _open(request, key):
    try:
        evidence = readable_evidence(user=request.user, key=key)
        return evidence, (evidence.shown or evidence.file).open("rb")
    except (Evidence.DoesNotExist, FileNotFoundError) as error:
        raise Http404 from error


def _private(response):
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
