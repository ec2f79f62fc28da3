"""The demo's life after decisions: reported badges, appeals, visits, the yearly draw, a draft of the criteria."""

from datetime import timedelta

from certification.models import Application, Certificate, SurveillanceCheck
from certification.programme import criteria_in_force
from certification.selectors import valid_certificates
from certification.services import appeals, complaints, criteria, surveillance, thread, visits
from certification.words import ApplicationStatus, CertificateStatus
from marketplace.core import clock

from .cases import DECIDER, EVALUATOR
from .people import DIRECTOR, person

REPORTS = (
    ("The label inside the collar says “Made in Portugal”.", None, ""),
    ("I know this workshop and it moved to Pasadena.", False, "We visited on Tuesday: the workshop is where it was."),
    ("Their stall sells socks with the mark, and socks are not on the register.", True,
     "You were right: the mark was printed on goods that are not certified. The maker took them off its stall."),
)  # fmt: skip
REPORTED, VISITED = 9, 20  # days ago


def look_after() -> None:
    """Everything a desk has on its hands besides applications."""
    _visits()
    _draw()
    _reports()
    _appeals()
    _thread()
    _criteria()


def _ago(days: int):
    return clock.at(clock.now() - timedelta(days=days))


def _visits() -> None:
    _visits_of_certified()
    evaluator = person(EVALUATOR)
    case = Application.objects.filter(status=ApplicationStatus.EVALUATING).order_by("pk").first()
    place = next(item["workplace"] for item in case.facts["steps"] if "workplace" in item)
    visits.plan_visit(
        user=evaluator, application=case, workplace_id=place, visitor=evaluator, planned_for=clock.today()
    )


def _visits_of_certified() -> None:
    evaluator = person(EVALUATOR)
    judged = Application.objects.filter(
        status=ApplicationStatus.GRANTED, evaluator=evaluator, decided_at__lt=clock.now() - timedelta(days=VISITED)
    )
    for number, case in enumerate(judged.order_by("-pk")[:6]):
        with _ago(VISITED - number):
            step = next(item for item in case.facts["steps"] if item["kind"] in ("sewing", "assembling"))
            visit = visits.plan_visit(
                user=evaluator, application=case, workplace_id=step["workplace"], visitor=evaluator,
                planned_for=clock.today(),
            )  # fmt: skip
            visits.report_visit(
                user=evaluator, visit=visit, visited_on=clock.today(), steps_seen=["cutting", step["kind"]],
                report="Four machines in use, cutting table in the back. Two people at work, payroll seen.",
            )  # fmt: skip


def _draw() -> None:
    with _ago(14):
        made = surveillance.draw_year(
            user=person(DECIDER), seed="04 17 29 33 41 · 12",
            seed_source="California Lottery, SuperLotto Plus, the Saturday draw after the population was published",
        )  # fmt: skip
    director = person(DIRECTOR)
    for check in SurveillanceCheck.objects.filter(draw=made).order_by("position")[:4]:
        with _ago(5):
            surveillance.pass_check(user=director, check=check, report="Visited unannounced; everything as certified.")


def _reports() -> None:
    director = person(DIRECTOR)
    until = clock.today() - timedelta(days=REPORTED)
    # Whoever looked at a drawn certificate had a part in it.
    not_drawn = valid_certificates().filter(valid_from__lt=until, checks=None)
    certificates = not_drawn.order_by("-valid_until", "pk")[: len(REPORTS)]
    for certificate, (text, justified, answer) in zip(certificates, REPORTS, strict=True):
        with _ago(REPORTED):
            complaint = complaints.report_badge(certificate=certificate, text=text)
        if justified is None:
            continue
        with _ago(2):
            complaint = complaints.look_at(user=director, complaint=complaint)
            complaints.answer(user=director, complaint=complaint, justified=justified, text=answer)


def _appeals() -> None:
    director = person(DIRECTOR)
    refused = Application.objects.filter(
        status=ApplicationStatus.REFUSED, decided_at__gt=clock.now() - timedelta(days=28)
    ).order_by("pk")
    for number, case in enumerate(refused[:2]):
        with clock.at(case.decided_at + timedelta(days=1)):
            text = "The Vernon floor only presses. The cutting ticket names our table on 9th Street."
            appeal = appeals.file_appeal(user=case.submitted_by, application=case, text=text)
            if number:
                appeal = appeals.hear(user=director, appeal=appeal)
                appeals.dismiss(user=director, appeal=appeal, text="The invoice names sewing in Vernon, twice.")
    suspended = Certificate.objects.filter(status=CertificateStatus.SUSPENDED).order_by("pk").first()
    with _ago(1):
        appeals.file_appeal(
            user=suspended.application.submitted_by, application=suspended.application, certificate=suspended,
            text="The contractor moved next door in June; here is the new lease.",
        )  # fmt: skip


def _thread() -> None:
    case = Application.objects.filter(status=ApplicationStatus.NEEDS_INFO).order_by("pk").first()
    thread.write(
        user=case.submitted_by, application=case, text="The one by the window. We send a new photo this afternoon."
    )


def _criteria() -> None:
    rules = criteria_in_force().rules | {"manufactured_share": "65"}
    criteria.save_draft(
        user=person(DECIDER), rules=rules, in_force_from=clock.today() + timedelta(days=120),
        summary="“Manufactured” asks for 65 % of the production cost in the City, up from 60 %.",
        summary_es="«Fabricado» pide el 65 % del costo de producción en la Ciudad, antes 60 %.",
    )  # fmt: skip
