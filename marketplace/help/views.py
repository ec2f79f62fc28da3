"""Help and the shop's plain words on law: returns, shipping, privacy, accessibility; and a form that reaches people."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.limits import passed_limit
from marketplace.privacy.closing import TAX_YEARS

from .forms import QuestionForm
from .questions import ask

MOST_QUESTIONS, WITHIN = 5, 3600


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Its words lie in templates/help/<name>_<language>.html."""

    name: str
    title: str
    summary: str


PAGES = (
    HelpPage(
        "returns", gettext_lazy("Returns and refunds"), gettext_lazy("How long, who pays, when the money is back.")
    ),
    HelpPage(
        "shipping", gettext_lazy("Where we ship"), gettext_lazy("Where to, what it costs, and what if it is late.")
    ),
    HelpPage(
        "privacy", gettext_lazy("Privacy"), gettext_lazy("What we keep about you, why, for how long, and your rights.")
    ),
    HelpPage(
        "accessibility", gettext_lazy("Accessibility statement"),
        gettext_lazy("What we do so that everybody can use the shop, and what is not good yet."),
    ),
)  # fmt: skip


@require_safe
def index(request):
    return TemplateResponse(request, "help/index.html", {"pages": PAGES})


@require_safe
def page(request, name):
    found = next(page for page in PAGES if page.name == name)
    language = "es" if get_language() == "es" else "en"
    context = {"page": found, "words": f"help/{name}_{language}.html", "tax_years": TAX_YEARS}
    return TemplateResponse(request, "help/page.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    user = request.user
    known = {"email": user.email, "name": user.get_full_name()} if user.is_authenticated else {}
    form = QuestionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        if passed_limit(request, "question", most=MOST_QUESTIONS, seconds=WITHIN):
            form.add_error(None, _("Too many at once. Try again in an hour, or call us."))
        else:
            ask(**form.cleaned_data, language=get_language())
            words = _("Your question is with us. We answer to %(email)s within two business days.")
            messages.success(request, words % {"email": form.cleaned_data["email"]})
            return redirect("help:index")
    status = 422 if form.errors else 200
    return TemplateResponse(request, "help/contact.html", {"form": form}, status=status)
