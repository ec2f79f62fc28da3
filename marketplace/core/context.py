"""What every template may use: legal entities, languages and addresses of this page, the bag's count."""

from functools import lru_cache

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Sum
from django.urls import translate_url
from django.utils.translation import get_language
from oscar.core.loading import get_model

SECTIONS = {"shop": "shop", "makers": "makers", "stories": "stories", "register": "register", "verify": "register"}


def site(request):
    language = get_language() or settings.LANGUAGE_CODE
    other = "es" if language == "en" else "en"
    path = request.path_info
    here = path.removeprefix("/es/").lstrip("/").partition("/")[0]
    return {
        "mark_owner": settings.MARK_OWNER,
        "shop_operator": settings.SHOP_OPERATOR,
        "staff_email": settings.STAFF_EMAIL,
        "site_description": settings.SITE_DESCRIPTION,
        "page_language": language,
        "other_language": other,
        "other_language_address": translate_url(request.get_full_path(), other),
        "home_address": "/es/" if language == "es" else "/",
        "site_section": SECTIONS.get(here, ""),
        "canonical_address": settings.SITE_ADDRESS + path,
        "alternate_addresses": [
            (code, settings.SITE_ADDRESS + (path if code == language else translate_url(path, code)))
            for code, _ in settings.LANGUAGES
        ],
        "bag_count": lru_cache(maxsize=1)(lambda: bag_count(request)),
    }


def bag_count(request) -> int:
    """Pieces in this person's open basket: no query without a basket cookie or a session, and never a write."""
    lines = get_model("basket", "Line").objects.filter(basket__status="Open")
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return _pieces(lines.filter(basket__owner=user))
    basket_id = _basket_of_cookie(request)
    return _pieces(lines.filter(basket=basket_id, basket__owner=None)) if basket_id else 0


def _basket_of_cookie(request) -> int | None:
    """The basket that Oscar's signed cookie names; a forged cookie names none."""
    cookie = request.COOKIES.get(settings.OSCAR_BASKET_COOKIE_OPEN)
    if not cookie:
        return None
    try:
        value = Signer().unsign(cookie)
    except BadSignature:
        return None
    return int(value) if value.isdecimal() else None


def _pieces(lines) -> int:
    return lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0
