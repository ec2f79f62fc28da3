"""Pages that were written in both languages at once, made known to the editor that shows them side by side."""

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


@transaction.atomic
def set_side_by_side(source: Page, translated: Page) -> bool:
    """Note each text of `translated` as the translation of the one at its place in `source`.

    Both have the same blocks in the same order; False, and nothing is noted, where they don't.
    """
    own = _texts(source)
    other = _texts(translated)
    if [kind for kind, _text in own] != [kind for kind, _text in other]:
        return False
    kept, _created = TranslationSource.update_or_create_from_instance(source)
    Translation.objects.update_or_create(source=kept, target_locale=translated.locale, defaults={"enabled": True})
    segments = StringSegment.objects.filter(source=kept).order_by("order")
    for segment, (_kind, text) in zip(segments, other, strict=True):
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id, locale=translated.locale, context_id=segment.context_id,
            defaults={"data": text},
        )  # fmt: skip
    return True


def _texts(page: Page) -> list[tuple[str, str]]:
    """(what field and block it stands in, text), in the order of the page; ids of blocks differ and are left out."""
    found = []
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            names = [part for part in segment.path.split(".") if "-" not in part]
            found.append((".".join(names), segment.string.data))
    return found
