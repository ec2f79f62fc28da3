"""The API as a whole: where its parts hang, what every answer carries, and how it says no (RFC 9457)."""

import hashlib
from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError

from . import makers, pieces, register

# An ended certificate is to be seen everywhere within 60 seconds.
CACHE_CONTROL = "public, max-age=30, must-revalidate"
PROBLEM = "application/problem+json"
DESCRIPTION = (
    "Open data of the LA Original program: every certificate with its status as of now, the makers, and the certified"
    " pieces on sale. Read only, no key. Lists are pages: ask again with `after` set to `next` until it is null."
)


class Api(NinjaAPI):
    """Every answer is open to other sites, cacheable for a moment, and has an ETag."""

    def create_response(self, request, data, *, status=None, temporal_response=None):
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        if response.status_code != HTTPStatus.OK:
            return open_to_all(response)
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        response["Cache-Control"] = CACHE_CONTROL
        # A 304 keeps ETag and Cache-Control of the whole answer.
        return open_to_all(get_conditional_response(request, etag=etag, response=response))


def open_to_all(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _opened(view):
    @require_safe
    @wraps(view)
    def opened(*args, **kwargs):
        return open_to_all(view(*args, **kwargs))

    return opened


api = Api(
    title="LA Original", version="1", description=DESCRIPTION, docs_url=None, urls_namespace="api",
    docs_decorator=_opened,
)  # fmt: skip
api.add_router("/register", register.router)
api.add_router("/makers", makers.router)
api.add_router("/products", pieces.router)
elsewhere = Router()
api.add_router("", elsewhere)  # the last one, since its address fits everything


@elsewhere.get("/{path:rest}", include_in_schema=False, url_name="nothing")
def nothing(request: HttpRequest, rest: str):
    raise Http404


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    detail = "Nothing is at this address. The addresses are in /api/v1/openapi.json."
    return _problem(request, HTTPStatus.NOT_FOUND, detail)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"name": str(item["loc"][-1]), "detail": item["msg"]} for item in error.errors]
    names = ", ".join(sorted({fault["name"] for fault in faults}))
    detail = f"Change or leave out: {names}. `errors` says for each what is expected."
    return _problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=faults)


def _problem(request: HttpRequest, status: HTTPStatus, detail: str, **more) -> HttpResponse:
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, **more}
    response = api.create_response(request, body, status=status.value)
    response["Content-Type"] = PROBLEM
    return response
