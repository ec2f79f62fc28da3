"""A shopper's favorites, the form of those who wait for a sold out variant, and recently viewed pieces."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.search.product_page import public_product
from marketplace.core.limits import passed_limit
from marketplace.users.services import verified_addresses

from . import selectors, services
from .forms import AlertForm
from .models import StockAlert

MOST_ASKED, WITHIN = 20, 3600
MOST_KEPT = 100


@login_required
@never_cache
@require_safe
def index(request):
    rows, gone = selectors.favorites_of(request.user)
    return TemplateResponse(request, "shopper/favorites.html", {"rows": rows, "gone": gone})


@login_required
@require_POST
def favorite(request, pk):
    product = public_product(pk)
    liked = request.POST.get("liked") == "1"
    by_script = "HX-Request" in request.headers
    try:
        services.set_favorite(user=request.user, product=product, liked=liked)
    except ValidationError as error:
        if by_script:
            return HttpResponse(error.messages[0], status=422, content_type="text/plain; charset=utf-8")
        messages.error(request, error.messages[0])
        return redirect(product)
    if by_script:
        return HttpResponse(status=204)
    words = _("“%(title)s” is among your favorites.") if liked else _("“%(title)s” is no favorite any more.")
    messages.success(request, words % {"title": product.label})
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else product)


def alert(request, product_slug, pk):
    """The page on which somebody asks for a letter when a sold out variant is back."""
    product = public_product(int(pk))
    variants = services.sold_out_variants(product)
    form = AlertForm(request.POST or None, variants=variants, email=getattr(request.user, "email", ""))
    if request.method != "POST":
        return TemplateResponse(request, "catalogue/alert.html", {"product": product, "form": form})
    if passed_limit(request, "stock-alert", most=MOST_ASKED, seconds=WITHIN):
        form.add_error(None, _("Too many at once. Try again in an hour."))
    if form.is_valid():
        try:
            services.ask_for_alert(
                email=form.cleaned_data["email"], language=get_language(), variant=form.cleaned_data["variant"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("We write to %(email)s once, when it is back.") % form.cleaned_data)
            return redirect(product)
    return TemplateResponse(request, "catalogue/alert.html", {"product": product, "form": form}, status=422)


@login_required
@never_cache
@require_safe
def alerts(request):
    """Sold out variants that this person waits for, with any address that they proved to read."""
    rows = StockAlert.objects.filter(email__in=verified_addresses(request.user)).select_related("variant__parent")
    return TemplateResponse(request, "shopper/alerts.html", {"rows": list(rows.order_by("-pk"))})


@login_required
@require_POST
def forget_alert(request, pk):
    try:
        services.forget_alert(emails=verified_addresses(request.user), pk=pk)
    except StockAlert.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("We don't write about it any more."))
    return redirect("stock_alerts")


@require_safe
def seen(request):
    """A part of a page: the pieces whose ids a browser remembered. What it remembers is kept nowhere else."""
    rows = selectors.remembered(request.GET.get("ids", ""))
    return TemplateResponse(request, "catalogue/seen.html", {"rows": rows})


@never_cache
@require_safe
def kept(request):
    """Favorites of a browser without an account: it keeps the ids, and asks here for the cards."""
    if request.user.is_authenticated:
        return redirect("favorites")
    if "ids" in request.GET:
        rows = selectors.remembered(request.GET["ids"], MOST_KEPT)
        return TemplateResponse(request, "shopper/kept_cards.html", {"rows": rows})
    return TemplateResponse(request, "shopper/kept.html")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def state(request):
    """For the hearts on cards: which are full, and the token for a change. A POST brings what the browser had kept."""
    if request.method == "POST":
        services.bring_favorites(user=request.user, ids=selectors.listed(request.POST.get("ids", ""), MOST_KEPT))
    return JsonResponse({"ids": selectors.favorite_ids(request.user), "token": get_token(request)})
