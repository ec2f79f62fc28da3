"""Addresses of a page in the other language."""

from django.conf import settings

from marketplace.core.context import home_address


def language_context(page) -> dict:
    """Where the language switch leads and what search engines are told: a page that is not translated yet
    leads to the nearest page above it that is."""
    addresses = {page.locale.language_code: page.get_url()}
    for translation in page.get_translations().live().select_related("locale"):
        addresses[translation.locale.language_code] = translation.get_url()
    other = "es" if page.locale.language_code == "en" else "en"
    return {
        "alternate_addresses": [(code, settings.SITE_ADDRESS + address) for code, address in addresses.items()],
        "other_language_address": addresses.get(other) or _address_above(page, other),
    }


def _address_above(page, language: str) -> str:
    for ancestor in page.get_ancestors().filter(depth__gte=2).order_by("-depth"):
        translation = ancestor.get_translations().live().filter(locale__language_code=language).first()
        if translation is not None:
            return translation.get_url()
    return home_address(language)
