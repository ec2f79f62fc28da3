"""`manage.py index_shop`: writes the search's words of all listings and pages anew; again changes nothing."""

from django.core.management.base import BaseCommand

from catalog.catalogue.models import Product
from catalog.search.listing import refresh_listing
from makers.stories.indexing import INDEXED, index_page


class Command(BaseCommand):
    help = "Index every piece and published page for the search: after an upgrade, or where it misses some."

    def handle(self, **options):
        pieces = Product.objects.exclude(structure=Product.CHILD).values_list("pk", flat=True).order_by("pk")
        listed = sum(refresh_listing(pk) is not None for pk in list(pieces))
        pages = 0
        for model in INDEXED:
            for page in model.objects.live().select_related("locale").order_by("pk"):
                index_page(page)
                pages += 1
        self.stdout.write(f"{listed} pieces and {pages} pages.")
