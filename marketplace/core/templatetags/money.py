"""Template filters that write money as people in Los Angeles read it, in both languages."""

from decimal import Decimal

from django import template

from marketplace.core.money import from_cents

register = template.Library()


@register.filter
def dollars(amount: Decimal | None) -> str:
    """A price for a card or a label: $248, $7.50, $1,240."""
    if amount is None:
        return ""
    text = exact(amount)
    return text.removesuffix(".00")


@register.filter
def exact(amount: Decimal | None) -> str:
    """An amount in a sum: $248.00, -$7.50."""
    if amount is None:
        return ""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount):,.2f}"


@register.filter
def cents(amount: int | None) -> str:
    """Integer cents in a sum: 24800 is $248.00."""
    return "" if amount is None else exact(from_cents(amount))


@register.filter
def percent(basis_points: int | None) -> str:
    """A share in basis points: 1250 is 12.5 %."""
    return "" if basis_points is None else f"{Decimal(basis_points).scaleb(-2).normalize():f} %"
