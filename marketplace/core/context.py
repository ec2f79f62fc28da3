"""What every template may use: legal entities, languages and addresses of this page."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

SECTIONS = {
    "shop": "shop",
    "makers": "makers",
    "stories": "stories",
    "collections": "shop",
    "neighborhoods": "makers",
    "register": "register",
    "verify": "register",
    "training": "training",
}


def home_address(language: str | None = None) -> str:
    """Where the shop begins, in this language or in the reader's."""
    return "/es/" if (language or get_language()) == "es" else "/"


def site(request):
    language = get_language() or settings.LANGUAGE_CODE
    other = "es" if language == "en" else "en"
    path = request.path_info
    here = path.removeprefix("/es/").lstrip("/").partition("/")[0]
    return {
        "mark_owner": settings.MARK_OWNER,
        "shop_operator": settings.SHOP_OPERATOR,
        "staff_email": settings.STAFF_EMAIL,
        "report_phone": settings.REPORT_PHONE,
        "site_description": settings.SITE_DESCRIPTION,
        "page_language": language,
        "other_language": other,
        "other_language_address": translate_url(request.get_full_path(), other),
        "home_address": home_address(language),
        "site_section": SECTIONS.get(here, ""),
        "canonical_address": settings.SITE_ADDRESS + path,
        "alternate_addresses": [
            (code, settings.SITE_ADDRESS + (path if code == language else translate_url(path, code)))
            for code, _ in settings.LANGUAGES
        ],
    }
