"""What a maker does with the pictures of a piece; with a script file by file, without one by forms."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from catalog.catalogue import pictures
from catalog.catalogue.models import Product
from catalog.search.listing import refresh_listing
from marketplace.core.formtools import ids_in
from marketplace.core.uploads import shown_name

from .access import studio
from .picture_forms import PicturesForm
from .picture_list import colors_of, hung_pictures
from .products import editor_again, own_product

STEPS = {"earlier": -1, "later": 1, "cover": -pictures.MOST_PICTURES}


def wants_part(request) -> bool:
    """Whether static/js/pictures.js asks, which puts the answer into the page itself."""
    return request.headers.get("X-Part") == "1"


@studio
@require_POST
def add(request, pk):
    """Each file is kept or refused by itself."""
    product = own_product(request, pk)
    form = PicturesForm(request.POST, request.FILES, colors=colors_of(product))
    if not form.is_valid():
        if wants_part(request):
            return JsonResponse({"errors": [" ".join(errors) for errors in form.errors.values()]}, status=422)
        return editor_again(request, product, picture_form=form)
    added, refused = _add_all(request, product, form.cleaned_data)
    if added:
        refresh_listing(product.pk)
    if wants_part(request):
        parts = [_part(request, product, row) for row in hung_pictures(product) if row.pk in added]
        return JsonResponse({"parts": parts, "errors": [why for _name, why in refused]}, status=422 if refused else 201)
    if refused:
        return editor_again(request, product, refused=refused)
    said = ngettext("The picture is here.", "%(number)d pictures are here.", len(added)) % {"number": len(added)}
    messages.success(request, said)
    return _back(product)


def _add_all(request, product: Product, data: dict) -> tuple[list[int], list[tuple[str, str]]]:
    """Ids of the pictures that are kept, and (name of the file, what is wrong) of the others."""
    alt = data["alt"] if len(data["picture"]) == 1 else ""
    added, refused = [], []
    for upload in data["picture"]:
        try:
            row = pictures.add_picture(user=request.user, product=product, upload=upload, alt=alt, color=data["color"])
        except ValidationError as error:
            refused.append((shown_name(upload.name), " ".join(error.messages)))
        else:
            added.append(row.pk)
    return added, refused


def _part(request, product: Product, row) -> str:
    return render_to_string("studio/picture.html", {"picture": row, "product": product}, request=request)


@studio
@require_POST
def arrange(request, pk):
    """All ids in their new order (`order`), or one picture a place earlier or later (`picture`, `to`)."""
    product = own_product(request, pk)
    order = request.POST.get("order", "")
    if order:
        pictures.arrange_pictures(user=request.user, product=product, order=ids_in(order.split(",")))
    else:
        ids, steps = ids_in([request.POST.get("picture", "")]), STEPS.get(request.POST.get("to", ""))
        if not (ids and steps):
            raise Http404
        pictures.move_picture(user=request.user, product=product, picture_id=ids[0], steps=steps)
    refresh_listing(product.pk)
    return JsonResponse({}) if wants_part(request) else _back(product)


@studio
@require_POST
def describe(request, pk, picture):
    product = own_product(request, pk)
    rows = hung_pictures(product, said={picture: request.POST})
    row = next((row for row in rows if row.pk == picture), None)
    if row is None:
        raise Http404
    if not row.words.is_valid():
        if wants_part(request):
            return JsonResponse({"errors": row.words.errors["alt"]}, status=422)
        return editor_again(request, product, pictures=rows)
    pictures.describe_picture(user=request.user, product=product, picture_id=picture, alt=row.words.cleaned_data["alt"])
    refresh_listing(product.pk)
    if wants_part(request):
        return JsonResponse({"said": _("Saved.")})
    messages.success(request, _("Saved."))
    return _back(product)


@studio
@require_POST
def remove(request, pk, picture):
    product = own_product(request, pk)
    pictures.remove_picture(user=request.user, product=product, picture_id=picture)
    refresh_listing(product.pk)
    return _back(product)


@studio
@require_POST
def focus(request, pk, picture):
    product = own_product(request, pk)
    rows = hung_pictures(product, clicked={picture: request.POST})
    row = next((row for row in rows if row.pk == picture), None)
    if row is None:
        raise Http404
    if not row.focus.is_valid():
        return editor_again(request, product, pictures=rows)
    pictures.set_picture_focus(user=request.user, product=product, picture_id=row.pk, focal=row.focus.focal())
    messages.success(request, _("Saved. Cards are cut around this point within a minute."))
    return _back(product)


def _back(product: Product):
    return redirect("studio:product", product.pk)
