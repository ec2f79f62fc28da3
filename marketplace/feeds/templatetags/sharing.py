"""What pages tell other sites: `{% product_data %}` and its like write JSON-LD, `{% share %}` Open Graph."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.search.params import Params
from catalog.search.summary import address_of
from marketplace.feeds import linked_data
from marketplace.feeds.offers import absolute
from marketplace.pictures import drawing
from marketplace.pictures.selectors import Shot
from marketplace.pictures.shapes import Size

register = template.Library()


@register.inclusion_tag("components/share.html")
def share(
    title: str, text: str, *, shot: Shot | None = None, shape: str = "tile", picture: str = "", alt: str = "",
    kind: str = "website", address: str = "", drawn: str = "",
) -> dict:  # fmt: skip
    """Open Graph and card tags; the picture is what was drawn, else a Shot in a shape, else a file of ours."""
    found = absolute(drawn or _address(shot, shape) or picture)
    width, height = drawing.SIZE if drawn else _size(shot, shape)
    return {
        "title": title, "text": text, "picture": found, "width": width, "height": height, "alt": alt, "kind": kind,
        "address": address,
    }  # fmt: skip


def _address(shot: Shot | None, shape: str) -> str:
    return shot.address(shape) if shot else ""


def _size(shot: Shot | None, shape: str) -> Size:
    """Of what lies at that address: until there are renditions the file itself; nothing where it is unknown."""
    if not shot:
        return 0, 0
    return shot.size(shape) if shot.key else (shot.width, shot.height)


@register.simple_tag
def product_data(page, reviews) -> SafeString:
    shop = (_("Shop"), address_of(Params()))
    lists = [(label, address_of(Params(category=slug))) for label, slug in page.trail]
    steps = [shop, *lists, (page.product.label, "")]
    return _script(linked_data.product(page, reviews)) + _script(linked_data.breadcrumbs(steps))


@register.simple_tag
def site_data() -> SafeString:
    return _script(linked_data.site())


@register.simple_tag
def maker_data(page) -> SafeString:
    return _script(linked_data.maker(page.maker, page.about, page.get_url(), _address(page.shot, "tile")))


@register.simple_tag
def story_data(page) -> SafeString:
    return _script(linked_data.article(page, _address(page.shot, "tile")))


@register.simple_tag
def event_data(page, makers) -> SafeString:
    return _script(linked_data.event(page, makers, _address(page.shot, "tile")))


def _script(data: dict) -> SafeString:
    body = mark_safe(linked_data.as_json(data))  # noqa: S308 - <, > and & are escaped there
    return format_html('<script type="application/ld+json">{}</script>', body)
