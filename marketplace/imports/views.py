"""A maker's screens for bringing a catalog: upload, dry run, progress, what is missing, and the way out again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from makers.studio.access import studio
from marketplace.core import clock

from . import services
from .export import csv_lines
from .filling import AT_ONCE, drafts_of, save_all
from .forms import CommonForm, DraftForm, UploadForm, category_choices
from .models import Import, Outcome
from .pieces import FileRefused
from .reporting import AT_ONCE as REPORTED_AT_ONCE
from .reporting import changing, counts_of, progress_of, report_of
from .words import line_of_finding, picture_words, refusal_words


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """Choose a file; earlier ones stand below."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        batch = _start(request, form)
        if batch:
            return redirect("imports:report", batch.pk)
    context = {
        "form": form, "batches": request.maker.imports.order_by("-pk")[:20],
        "drafts": drafts_of(request.maker).count(), "studio_section": "products",
    }  # fmt: skip
    return render(request, "studio/import.html", context, status=422 if form.errors else 200)


def _start(request, form: UploadForm) -> Import | None:
    """Call the service; its refusal is shown in the form."""
    try:
        return services.start_import(user=request.user, maker=request.maker, upload=form.cleaned_data["file"])
    except FileRefused as error:
        form.add_error("file", refusal_words(error.code, error.params))
        return None


@studio
@never_cache
@require_safe
def report(request, pk):
    """Before it is applied what would happen, afterwards what happened so far."""
    batch = _own(request, pk)
    show = request.GET.get("show", "")
    pieces = batch.pieces.select_related("product").order_by("row", "pk")
    if show in Outcome.values:
        pieces = pieces.filter(outcome=show)
    page = Paginator(pieces, REPORTED_AT_ONCE).get_page(request.GET.get("page"))
    progress, counts = progress_of(batch), counts_of(batch)
    failed = batch.pictures.exclude(error="").select_related("product").order_by("row", "pk")[:100]
    context = {
        "batch": batch, "counts": counts, "changing": changing(counts), "show": show,
        "notes": [line_of_finding(note) for note in batch.notes], "page": page,
        "rows": [report_of(piece) for piece in page], "progress": progress,
        "is_running": batch.applied_at is not None and not progress.is_over,
        "failed": [(picture, picture_words(picture.error)) for picture in failed],
        "drafts": drafts_of(request.maker).count(), "studio_section": "products",
    }  # fmt: skip
    return render(request, "studio/import_report.html", context)


@studio
@require_POST
def apply(request, pk):
    services.apply_import(user=request.user, batch=_own(request, pk))
    return redirect("imports:report", pk)


@studio
@require_POST
def retry(request, pk):
    count = services.retry_pictures(user=request.user, batch=_own(request, pk))
    words = ngettext("We try %(count)s picture again.", "We try %(count)s pictures again.", count)
    messages.success(request, words % {"count": count})
    return redirect("imports:report", pk)


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request):
    """All drafts of a page at once; published ones wait for their certificate."""
    page = Paginator(drafts_of(request.maker), AT_ONCE).get_page(request.GET.get("page"))
    categories = category_choices()
    is_post = request.method == "POST"
    data = request.POST if is_post else None
    common = CommonForm(data, prefix="all", categories=categories)
    products = _posted(request) if is_post else page.object_list.prefetch_related("categories", "sources")
    forms = [
        DraftForm(data, prefix=f"piece-{product.pk}", product=product, categories=categories) for product in products
    ]
    wrong = False
    if is_post:
        published = save_all(user=request.user, common=common, forms=forms)
        if published is not None:
            return _saved(request, published)
        wrong = True
    context = {
        "common": common, "forms": forms, "page": page, "studio_section": "products",
        "published": _published(request), "wrong": wrong,
    }  # fmt: skip
    return render(request, "studio/import_drafts.html", context, status=422 if wrong else 200)


def _posted(request) -> list:
    """The drafts that the page showed; one that was published meanwhile, or is another maker's, is left out."""
    pks = [pk for pk in request.POST.getlist("piece") if pk.isdecimal() and len(pk) < 16][:AT_ONCE]
    return list(drafts_of(request.maker).filter(pk__in=pks).prefetch_related("categories", "sources"))


def _saved(request, published: list):
    if published:
        request.session["imports_published"] = [product.pk for product in published]
    else:
        messages.success(request, _("Saved."))
    return redirect("imports:drafts")


def _published(request) -> list:
    """What was published just now, told once with its next step."""
    pks = request.session.pop("imports_published", [])
    return list(request.maker.products.filter(pk__in=pks).order_by("pk"))


@studio
@require_safe
def export(request):
    """All pieces as Shopify takes them, and as we take them back."""
    response = StreamingHttpResponse(csv_lines(request.maker), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="products-{clock.today().isoformat()}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _own(request, pk: int) -> Import:
    """An import of the maker at work; 404 for everyone else's."""
    return get_object_or_404(Import.objects.select_related("maker"), pk=pk, maker=request.maker)
