"""`{% is_favorite user product as liked %}`."""

from django import template

from marketplace.wishes import selectors

register = template.Library()


@register.simple_tag
def is_favorite(user, product) -> bool:
    return selectors.is_favorite(user, product.pk)
