"""What pieces of the demo warn of, and for which age they are."""

from .makers import MAKERS
from .plan import PlannedPiece


def notice_of(plan: PlannedPiece) -> dict | None:
    """Bags with a brass catch warn, children's clothes name their papers; other pieces say nothing."""
    if plan.kind.drawing == "crossbody":
        return {"prop65": "both", "cancer_chemical": "lead", "harm_chemical": "lead"}
    if MAKERS[plan.maker].name != "Playground Westlake":
        return None
    facts = {"age_grade": "3-5", "certificate_reference": "CPC 2026-0117, Pacific Textile Lab", "tracking_label": True}
    return facts | ({"choking": "small_parts"} if plan.kind.drawing == "overalls" else {})
