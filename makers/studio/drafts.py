"""What was typed into a long form and not saved yet: kept on the way, shown again, gone once it is saved."""

from makers.models import FormDraft, Maker
from makers.services import keep_draft

from .autosave import saved_now

NOT_KEPT = ("csrfmiddlewaretoken", "next", "move")


def typed_by(request) -> dict[str, str]:
    """The posted fields as plain data."""
    return {name: value for name, value in request.POST.items() if name not in NOT_KEPT}


def draft_for(request, maker: Maker, form: str) -> dict[str, str] | None:
    """What to fill a form with: what is posted, else what was kept, else None."""
    if request.method == "POST":
        return request.POST
    kept = FormDraft.objects.filter(maker=maker, form=form).first()
    return kept.data if kept else None


def kept_now(request, maker: Maker, form: str):
    """Keep the posted fields and tell the page so."""
    keep_draft(user=request.user, maker=maker, form=form, data=typed_by(request))
    return saved_now()
