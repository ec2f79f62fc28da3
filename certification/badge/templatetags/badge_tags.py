"""`{% badge product_badge %}` draws the mark from a Badge, and nothing where there is none."""

from django import template

from certification.badge.badges import Badge

register = template.Library()


@register.inclusion_tag("components/badge.html")
def badge(value: Badge | None, link: bool = False):
    if value is not None and not isinstance(value, Badge):
        raise TypeError("the badge is only ever drawn from badges_for()")
    return {"badge": value, "link": link}
