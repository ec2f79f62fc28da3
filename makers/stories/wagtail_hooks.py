"""What the CMS knows of the shop."""

from wagtail import hooks

from .choosers import product_chooser
from .pictures import keep_pictures_of


@hooks.register("register_admin_viewset")
def register_product_chooser():
    return product_chooser


@hooks.register("after_publish_page")
def have_pictures_made(request, page):
    keep_pictures_of(page.specific)
