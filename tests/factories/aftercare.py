"""What comes after decisions, for tests: appeals, complaints, visits, surveillance, drafts of the criteria."""

from datetime import timedelta

from certification.models import (
    Appeal,
    Application,
    Certificate,
    Complaint,
    CriteriaVersion,
    SiteVisit,
    SurveillanceCheck,
)
from certification.programme import criteria_in_force
from certification.services import appeals, complaints, criteria, surveillance, visits
from marketplace.core import clock
from tests import factories


def appeal(case: Application | None = None) -> Appeal:
    """Against a refusal."""
    case = case or factories.refused(factories.product())
    owner = factories.owner_of(case.maker)
    return appeals.file_appeal(user=owner, application=case, text="The photo shows our cutting table.")


def complaint(certificate: Certificate, email: str = "reporter@example.org") -> Complaint:
    return complaints.report_badge(certificate=certificate, text="The label inside says China.", email=email)


def visit(case: Application) -> SiteVisit:
    """Planned for today, by the evaluator."""
    place = next(step["workplace"] for step in case.facts["steps"] if "workplace" in step)
    person = factories.evaluator()
    return visits.plan_visit(
        user=person, application=case, workplace_id=place, visitor=person, planned_for=clock.today()
    )


def drawn() -> SurveillanceCheck:
    """The first certificate of this year's draw."""
    made = surveillance.draw_year(user=factories.decider(), seed="07 11 19 23 42", seed_source="SuperLotto Plus")
    return made.checks.first()


def criteria_draft(**changes) -> CriteriaVersion:
    """Like the version in force, with `changes` of its rules, for a day in a month."""
    rules = criteria_in_force().rules | changes
    return criteria.save_draft(
        user=factories.decider(), rules=rules, in_force_from=clock.today() + timedelta(30), summary="A higher share.",
        summary_es="Una parte mayor.",
    )  # fmt: skip
