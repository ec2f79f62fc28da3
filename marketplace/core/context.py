"""What every template may use: names of the legal entities, the other language's address of this page."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language


def site(request):
    language = get_language() or settings.LANGUAGE_CODE
    other = "es" if language == "en" else "en"
    return {
        "mark_owner": settings.MARK_OWNER,
        "shop_operator": settings.SHOP_OPERATOR,
        "site_description": settings.SITE_DESCRIPTION,
        "page_language": language,
        "other_language": other,
        "other_language_address": translate_url(request.get_full_path(), other),
    }
