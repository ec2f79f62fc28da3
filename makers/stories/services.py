"""Writes about stories: a maker's page in every language, stories and their pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from wagtail.images.models import Image
from wagtail.models import Locale, Page

from makers.models import Maker
from marketplace.core.uploads import clean_picture

from .indexing import index_page
from .models import Cover, MakerIndexPage, MakerPage, StoryIndexPage, StoryPage
from .models.base import ListPage
from .pictures import keep_image
from .translating import set_side_by_side


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story in one language; `body` is a list of (block name, value) as StreamField takes it."""

    title: str
    summary: str
    body: list
    picture_alt: str = ""
    standfirst: str = ""
    cover: str = Cover.UNDER


@transaction.atomic
def publish_maker_page(maker: Maker) -> list[MakerPage]:
    """The maker's page in every language, made at sign-up and kept in step with its name; stories are kept."""
    pages = []
    for locale in _locales():
        page = MakerPage.objects.filter(maker=maker, locale=locale).first()
        if page is None:
            index = MakerIndexPage.objects.get(locale=locale)
            page = _add(index, MakerPage(title=maker.name, slug=maker.slug, maker=maker, locale=locale), pages)
        elif (page.title, page.slug) != (maker.name, maker.slug):
            page.title, page.slug = maker.name, maker.slug
            page.save_revision().publish()
        else:
            index_page(page)  # its words and neighborhood are the maker's
        pages.append(page)
    _set_side_by_side(pages)
    return pages


@transaction.atomic
def publish_story(
    *, slug: str, texts: Mapping[str, StoryText], picture: Image | None = None, maker: Maker | None = None
) -> list[StoryPage]:
    """A story in the languages of `texts` (by code), each a translation of the others."""
    pages = {
        code: StoryPage(
            title=text.title, slug=slug, summary=text.summary, standfirst=text.standfirst, cover=text.cover,
            body=text.body, picture=picture, picture_alt=text.picture_alt, maker=maker,
        )
        for code, text in texts.items()
    }  # fmt: skip
    return publish_pages(below=StoryIndexPage, pages=pages)


@transaction.atomic
def publish_pages(*, below: type[ListPage], pages: Mapping[str, Page]) -> list:
    """A page in the languages of `pages` (by code), each a translation of the others, below its language's list."""
    published: list[Page] = []
    for locale in _locales():
        page = pages.get(locale.language_code)
        if page is None:
            continue
        page.locale = locale
        published.append(_add(below.objects.get(locale=locale), page, published))
    _set_side_by_side(published)
    return published


@transaction.atomic
def add_picture(*, data: bytes, name: str, title: str) -> Image:
    """A picture for the CMS, made anew from a file's bytes. Raises ValidationError."""
    clean = clean_picture(ContentFile(data, name=name))
    clean.name = f"{PurePath(name).stem}.jpg"
    image = Image.objects.create(title=title[:255], file=clean)
    keep_image(image)
    return image


@transaction.atomic
def set_maker_picture(*, maker: Maker, picture: Image, alt: Mapping[str, str]) -> None:
    """The picture on the maker's page in every language; `alt` by language code."""
    found = {page.locale_id: page for page in MakerPage.objects.filter(maker=maker).select_related("locale")}
    pages = [found[locale.pk] for locale in _locales() if locale.pk in found]
    for page in pages:
        page.picture, page.picture_alt = picture, alt.get(page.locale.language_code, "")
        page.save_revision().publish()
    _set_side_by_side(pages)


def publish_due() -> None:
    """Publish and take down what editors set a time for; Wagtail's own command does it."""
    call_command("publish_scheduled", verbosity=0)


def _set_side_by_side(pages: list) -> None:
    """The first is what the others are translations of."""
    for page in pages[1:]:
        set_side_by_side(pages[0], page)


def _locales() -> list[Locale]:
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(Locale.objects.filter(language_code__in=codes), key=lambda locale: codes.index(locale.language_code))


def _add(parent, page: Page, translations: list) -> Page:
    """Publish below `parent`, whose row is locked because its number of children changes."""
    type(parent).objects.select_for_update().get(pk=parent.pk)
    if translations:
        page.translation_key = translations[0].translation_key
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
