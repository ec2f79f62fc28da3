"""Every string of the site has its Spanish, with the same placeholders (run after `make words` collected them)."""

import re
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils import translation

CATALOG = Path(__file__).resolve().parents[1] / "marketplace" / "locale" / "es" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def messages():
    with CATALOG.open("rb") as file:
        return [message for message in read_po(file, locale="es") if message.id]


def texts(value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def test_no_string_is_untranslated():
    missing = [message.id for message in messages() if message.fuzzy or not all(texts(message.string))]
    assert missing == []


def test_translations_keep_the_placeholders():
    wrong = []
    for message in messages():
        expected = set(PLACEHOLDER.findall(texts(message.id)[-1]))
        wrong += [text for text in texts(message.string) if not set(PLACEHOLDER.findall(text)) <= expected]
        wrong += [] if set(PLACEHOLDER.findall(texts(message.string)[-1])) == expected else [message.id]
    assert wrong == []


def test_no_library_changes_our_english():
    """Oscar's American catalog calls a voucher a coupon; what it would change stands in our own English catalog."""
    with translation.override("en"):
        changed = [
            text for message in messages() for text in texts(message.id)[:1] if translation.gettext(text) != text
        ]
    assert changed == []
