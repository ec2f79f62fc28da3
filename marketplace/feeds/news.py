"""News of stories as RSS, in each language."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from makers.stories.models import StoryPage

SHOWN = 30


class Stories(Feed):
    """The newest stories of the language in the address."""

    def get_object(self, request, language):
        if language not in dict(settings.LANGUAGES):
            raise Http404
        return language

    def __call__(self, request, language):
        with translation.override(language):
            return super().__call__(request, language=language)

    def title(self, language):
        return _("Stories of LA Original")

    def description(self, language):
        return _("Who makes things in Los Angeles, and how.")

    def link(self, language):
        return "/es/stories/" if language == "es" else "/stories/"

    def feed_url(self, language):
        return f"/feeds/stories.{language}.xml"

    def items(self, language):
        rows = StoryPage.objects.live().public().filter(locale__language_code=language)
        return rows.select_related("locale").order_by("-first_published_at", "-pk")[:SHOWN]

    def item_title(self, page):
        return page.title

    def item_description(self, page):
        return page.summary

    def item_link(self, page):
        return page.get_url()

    def item_pubdate(self, page):
        return page.first_published_at

    def item_updateddate(self, page):
        return page.last_published_at
