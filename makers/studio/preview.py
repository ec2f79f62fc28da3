"""A piece's page as the shop would show it, before it is there: for its makers alone, and nothing can be bought."""

from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.search.listing import pictures_for
from catalog.search.product_page import product_page

from .access import studio
from .products import own_product


@studio
@never_cache
@require_safe
def preview(request, pk):
    product = own_product(request, pk)
    page = product_page(product, slugify(request.GET.get("color", "")), pictures=pictures_for(product))
    context = {"page": page, "product": product, "maker": product.maker, "preview": True}
    response = render(request, "catalogue/product.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
