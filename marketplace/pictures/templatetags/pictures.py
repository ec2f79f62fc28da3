"""`{% picture shot "card" alt=… sizes=… %}` writes one picture in every format and width that there is of it."""

from django import template

from marketplace.pictures.selectors import Shot

register = template.Library()


@register.simple_tag
def smallest(shot: Shot, shape: str) -> str:
    """The address of the least file, for an element that takes one only."""
    return shot.smallest(shape)


@register.filter
def file(shot: Shot, shape: str) -> str:
    """The address of one JPEG of it, for a link."""
    return shot.address(shape)


@register.inclusion_tag("components/picture.html")
def picture(shot: Shot, shape: str, *, alt: str = "", sizes: str = "100vw", eager: bool = False, first: bool = False):
    """`eager` is in view when the page opens, `first` the largest thing there; all others wait until they are near."""
    width, height = shot.size(shape)
    lazy = not (eager or first)
    return {
        "blur": shot.blur, "sources": shot.sources(shape), "address": shot.address(shape), "width": width,
        "height": height, "alt": alt, "sizes": f"auto, {sizes}" if lazy else sizes, "lazy": lazy, "first": first,
    }  # fmt: skip
