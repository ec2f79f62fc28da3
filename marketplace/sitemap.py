"""`/sitemap.xml`: the CMS's pages and the shop's lists in both languages, and each piece for sale at this moment."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.models import Page

from catalog.catalogue.models import FacetName, ListingFacet
from catalog.search.params import Params
from catalog.search.selectors import for_sale
from catalog.search.summary import address_of
from makers.training.models import Place
from makers.training.selectors import is_open_now
from marketplace.help.views import PAGES


class OurSitemap(Sitemap):
    """Addresses below SITE_ADDRESS."""

    limit = 5000
    protocol = urlsplit(settings.SITE_ADDRESS).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_ADDRESS).netloc


class Pieces(OurSitemap):
    i18n = True
    alternates = True

    def items(self):
        return for_sale().order_by("-listed_at", "-product_id")

    def lastmod(self, row):
        return row.listed_at


class Lists(OurSitemap):
    """The shop and each of its categories that has something."""

    i18n = True
    alternates = True

    def items(self):
        slugs = ListingFacet.objects.filter(name=FacetName.CATEGORY).order_by("value")
        return [Params(), *(Params(category=slug) for slug in slugs.values_list("value", flat=True).distinct())]

    def location(self, asked):
        return address_of(asked)


class HelpPages(OurSitemap):
    """Help, terms and how to reach us."""

    i18n = True
    alternates = True

    def items(self):
        names = ("help:index", "help:contact", "terms:shoppers", "terms:makers", "terms:fees")
        return [*names, *(f"help:{page.name}" for page in PAGES)]

    def location(self, name):
        return reverse(name)


class TrainingPlaces(OurSitemap):
    """Places that take applications."""

    i18n = True
    alternates = True

    def items(self):
        return Place.objects.filter(is_open_now()).order_by("-published_at", "-pk")

    def lastmod(self, place):
        return place.published_at


class StoryPages(OurSitemap):
    def items(self):
        return Page.objects.live().public().filter(depth__gt=1).order_by("path").specific(defer=True)

    def location(self, page):
        return page.get_url() or "/"

    def lastmod(self, page):
        return page.last_published_at


sitemaps = {"lists": Lists, "pieces": Pieces, "stories": StoryPages, "training": TrainingPlaces, "help": HelpPages}
