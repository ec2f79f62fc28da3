"""Addresses of credentials, status lists and keys, and the page that says how to check one without us."""

import json
from functools import wraps
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from certification.models import Certificate
from certification.selectors import register_rows
from certification.words import PublicStatus

from . import documents, issuer, signing, status
from .keys import KeyMissing

SCRIPT = Path(__file__).with_name("verify_offline.py")
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
NO_KEY = "This site has no key to sign with, so it gives out no credentials yet. Please try again later.\n"
NOT_NOW = "Certificate {number} is {status}, so no credential is given out. Its public record: {record}\n"
KEPT_KEYS = "public, max-age=300"
KEPT_STATUS = f"public, max-age={60 - status.REMEMBERED}, must-revalidate"


def for_programs(view):
    """Open to programs on every site; 503 in plain words where there is no key, and nothing unsigned ever."""

    @wraps(view)
    @require_safe
    def answered(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except KeyMissing:
            response = _plain(NO_KEY, 503)
            response.headers["Retry-After"] = "3600"
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answered


@for_programs
def credential_json(request, number):
    """JSON with the proof inside (application/vc)."""
    return _credential(number, "json", _with_proof)


@for_programs
def credential_jwt(request, number):
    """VC-JWT (application/vc+jwt)."""
    return _credential(number, "jwt", _as_jwt)


@for_programs
def status_list(request, number):
    """A signed status list as VC-JWT."""
    if not status.exists(number):
        raise Http404
    document, claims = status.status_list(number)
    response = _jwt(signing.as_jwt(document, claims))
    response.headers["Cache-Control"] = KEPT_STATUS
    return response


@for_programs
def did_document(request):
    return _keys(issuer.did_document(), "application/did+json")


@for_programs
def jwks(request):
    return _keys(issuer.jwks(), "application/jwk-set+json")


@require_safe
def offline(request):
    """How anyone checks a credential without asking us, with a script that does."""
    context = {"script": SCRIPT.read_text("utf-8"), "site_section": "register"}
    return render(request, "credentials/offline.html", context)


def _credential(number: str, ending: str, secured) -> HttpResponse:
    """A credential for a certificate that is valid now; for others 409 (suspended) or 410 (ended)."""
    certificate = get_object_or_404(Certificate.objects.select_related("criteria"), number=number)
    row = register_rows([certificate])[0]
    if row.status != PublicStatus.VALID:
        record = documents.address("register:verify", number)
        text = NOT_NOW.format(number=number, status=row.status.value, record=record)
        response = _plain(text, 409 if row.status == PublicStatus.SUSPENDED else 410)
    else:
        response = secured(certificate)
        response.headers["Content-Disposition"] = f'attachment; filename="{number}.{ending}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def _with_proof(certificate: Certificate) -> HttpResponse:
    return _json(signing.with_proof(documents.credential(certificate)), "application/vc")


def _as_jwt(certificate: Certificate) -> HttpResponse:
    document = documents.credential(certificate)
    return _jwt(signing.as_jwt(document, documents.registered_claims(document, certificate)))


def _keys(document: dict, content_type: str) -> HttpResponse:
    response = _json(document, content_type)
    response.headers["Cache-Control"] = KEPT_KEYS
    return response


def _json(document: dict, content_type: str) -> HttpResponse:
    return HttpResponse(json.dumps(document, ensure_ascii=False, indent=2), content_type=content_type)


def _jwt(token: str) -> HttpResponse:
    return HttpResponse(token, content_type="application/vc+jwt")


def _plain(text: str, code: int) -> HttpResponse:
    return HttpResponse(text, status=code, content_type="text/plain; charset=utf-8")
