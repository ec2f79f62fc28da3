"""Handing out private evidence: to those who may see it, as an attachment, cached nowhere."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from certification.models import Evidence
from certification.services.evidence import readable_evidence


@require_safe
@login_required
def evidence_file(request, key):
    try:
        evidence = readable_evidence(user=request.user, key=key)
        content = (evidence.shown or evidence.file).open("rb")
    except (Evidence.DoesNotExist, FileNotFoundError) as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=evidence.original_name,
        content_type="image/jpeg" if evidence.shown else evidence.content_type,
    )
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
