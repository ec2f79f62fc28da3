"""Whatever people do, in any order, at any time: no badge that two unconflicted people did not stand for.

Walks of random acts of every role go through the services, attack the workflow directly, and let the clock jump.
After every step the rules of the programme must hold. hypothesis chooses the seeds and names the one that fails;
PROGRAMME_WALKS=500 walks farther, elsewhere each time.
"""

import os
import random
from collections import Counter, defaultdict
from datetime import timedelta

import hypothesis.strategies as st
import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, note, settings

from catalog.catalogue.services import edit_product
from certification import audit, workflow
from certification.badge.badges import badges_for
from certification.cases import findings_for
from certification.models import (
    Appeal,
    Application,
    AuditEntry,
    Certificate,
    CertifiedProduct,
    Complaint,
    ConflictOfInterest,
    Evidence,
    SiteVisit,
    SurveillanceCheck,
)
from certification.permissions import DECIDERS, EVALUATORS, ConflictError
from certification.rules import Claim, Outcome, outcomes
from certification.selectors import register_rows
from certification.services import (
    appeals,
    applications,
    certificates,
    complaints,
    evidence,
    lines,
    panel,
    review,
    surveillance,
    thread,
    visits,
)
from certification.words import Action, ApplicationStatus, CertificateStatus, PublicStatus
from makers.models import Membership
from makers.services import save_workplace
from marketplace.core import clock
from tests import factories

REFUSALS = (ValidationError, PermissionDenied, ConflictError, workflow.WrongMoment, IntegrityError)
INITIAL = {
    Application: "draft", Certificate: "valid", Evidence: "pending", Appeal: "filed", Complaint: "received",
    SiteVisit: "planned", SurveillanceCheck: "due",
}  # fmt: skip
CLAIMS = [["designed"], ["assembled"], ["designed", "assembled", "manufactured"]]


def make_world() -> dict:
    """People in every role, a maker with three products of one kind, one certified, one refused."""
    owner = factories.person("owner@example.org")
    maker = factories.maker(owner)
    both, tied = factories.staff(EVALUATORS, DECIDERS), factories.staff(EVALUATORS, DECIDERS)
    member = factories.staff(EVALUATORS, DECIDERS)
    ConflictOfInterest.objects.create(user=tied, maker=maker, reason="Cousin", declared_at=clock.now())
    Membership.objects.create(user=member, maker=maker, role="staff")
    products = [factories.product(maker) for _ in range(3)]
    factories.certify(products[0])
    factories.refused(products[1])
    people = {
        "owner": owner, "other owner": factories.owner_of(factories.maker()), "shopper": factories.person(),
        "evaluator": factories.evaluator(), "second evaluator": factories.staff(EVALUATORS),
        "decider": factories.decider(), "second decider": factories.staff(DECIDERS), "both": both, "tied": tied,
        "member": member, "outsider": factories.staff(),
    }  # fmt: skip
    return {"maker": maker, "products": products, "people": people}


def prove_and_hand_in(user, row):
    """What is missing first: steps at the workshop, a file for each."""
    if not row.product.production_steps.exists():
        factories.steps(row.product)
    shown = set(row.evidence.values_list("step", flat=True))
    for step in row.product.production_steps.exclude(pk__in=shown - {None}):
        evidence.add_evidence(user=user, application=row, kind="photo", upload=factories.photo(), step=step)
    applications.submit(user=user, application=row)


def look_and_recommend(user, row):
    """Look at everything, then recommend what the rules carry, else a refusal."""
    for item in row.evidence.all():
        evidence.judge_evidence(user=user, evidence=item, accept=True) if item.status != "accepted" else None
    for place in {step.get("workplace") for step in row.facts["steps"]} - {None}:
        review.check_workplace(
            user=user, application=row, workplace_id=place, inside=True, record_accepted=True, reason="Seen."
        )
    results = outcomes(findings_for(row), [Claim(claim) for claim in row.claims])
    claims = [claim for claim, outcome in results.items() if outcome is Outcome.QUALIFIES]
    review.recommend(
        user=user, application=row, recommendation="grant" if claims else "refuse", claims=claims, reason="Seen.",
        reasons=["step_missing"],
    )  # fmt: skip


WORDS = {"reason": "So it is.", "reasons": ["step_missing"]}
ACTS = {
    Application: {
        Action.SUBMIT: prove_and_hand_in,
        Action.START: lambda user, row: review.start_evaluation(user=user, application=row),
        Action.ASK: lambda user, row: review.ask_maker(user=user, application=row, question="Who?"),
        Action.RECOMMEND: look_and_recommend,
        Action.GRANT: lambda user, row: review.grant(
            user=user, application=row, claims=row.recommended_claims or ["designed"], **WORDS
        ),
        Action.REFUSE: lambda user, row: review.refuse(user=user, application=row, **WORDS),
        Action.RETURN: lambda user, row: review.return_case(user=user, application=row, reason="Again."),
        Action.WITHDRAW: lambda user, row: applications.withdraw_application(user=user, application=row),
    },
    Appeal: {
        Action.HEAR: lambda user, row: appeals.hear(user=user, appeal=row),
        Action.UPHOLD: lambda user, row: appeals.uphold(user=user, appeal=row, text="You are right."),
        Action.DISMISS: lambda user, row: appeals.dismiss(user=user, appeal=row, text="It stands."),
    },
    Complaint: {
        Action.LOOK: lambda user, row: complaints.look_at(user=user, complaint=row),
        Action.UPHOLD: lambda user, row: complaints.answer(user=user, complaint=row, justified=True, text="Yes."),
    },
    SiteVisit: {
        Action.REPORT: lambda user, row: visits.report_visit(
            user=user, visit=row, visited_on=clock.today(), report="Four machines.", steps_seen=["sewing"]
        ),
    },
    SurveillanceCheck: {
        Action.PASS: lambda user, row: surveillance.pass_check(user=user, check=row, report="Looked at it."),
    },
}  # fmt: skip
REACHED: Counter[str] = Counter()


def rule(weight: int = 1, **choices):
    """An act of the walk with what to choose at random for it."""

    def mark(function):
        function.act = weight, choices
        return function

    return mark


def one_of(values):
    return lambda chance: chance.choice(values)


def up_to(highest: int, lowest: int = 0):
    return lambda chance: chance.randint(lowest, highest)


PEOPLE = [
    "owner", "other owner", "shopper", "evaluator", "second evaluator", "decider", "second decider", "both", "tied",
    "member", "outsider",
]  # fmt: skip
STEPS = 60


class Programme:
    def __init__(self, world: dict, seed: int, travel):
        self.world, self.chance, self.travel = world, random.Random(seed), travel

    def walk(self) -> None:
        acts = [getattr(self, name) for name in dir(self) if hasattr(getattr(self, name), "act")]
        weights = [act.act[0] for act in acts]
        for act in self.chance.choices(acts, weights, k=STEPS):
            words = {name: choose(self.chance) for name, choose in act.act[1].items()}
            note(f"{act.__name__} {words}")
            act(**words)
            self.check_the_rules()
        assert audit.verify() == []

    def check_the_rules(self) -> None:
        self.every_certificate_stands_on_two_people()
        self.every_status_was_reached_by_the_table()
        self.badge_and_register_agree()
        self.every_refusal_has_reasons_to_appeal()

    def attempt(self, act, **kwargs) -> bool:
        """Do it as a person would; a refusal must change nothing, which the savepoint makes sure of."""
        try:
            with transaction.atomic():
                act(**kwargs)
        except REFUSALS:
            return False
        return True

    def pick(self, model, number: int):
        rows = list(model.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    person = staticmethod(one_of(PEOPLE))
    number = staticmethod(up_to(7))
    claims = staticmethod(one_of(CLAIMS))

    def who(self, name: str):
        return self.world["people"][name]

    # What people do who know their way: the next act that the tables allow, by someone who may.

    @rule(weight=60, number=up_to(1000), choice=up_to(1000))
    def go_on(self, number, choice):
        self.next_act(number, choice)

    @rule(weight=10, number=number, claims=claims)
    def apply_where_possible(self, number, claims):
        self.apply("owner", number, claims)

    @rule(weight=8, sanction=one_of([True, False]), number=number)
    def appeal_where_possible(self, sanction, number):
        self.appeal("owner", number, sanction)

    def next_act(self, number: int, choice: int) -> None:
        rows = [
            row for model in (Application, Appeal, Complaint, SiteVisit, SurveillanceCheck) for row in self.open(model)
        ]
        if not rows:
            return
        row = rows[number % len(rows)]
        options = [
            (person, action)
            for person in self.world["people"].values()
            for action in workflow.possible_actions(row, person)
            if action in ACTS[type(row)] and (action != Action.WITHDRAW or choice % 9 == 0)
        ]
        if options:
            person, action = options[choice % len(options)]
            if self.attempt(ACTS[type(row)][action], user=person, row=row):
                REACHED[f"{type(row).__name__} {action}"] += 1

    def open(self, model):
        return [
            row for row in model.objects.order_by("pk") if any(row.status == key for key, _ in workflow.TABLES[model])
        ]

    # What makers do.

    @rule(who=person, number=number, claims=claims)
    def apply(self, who, number, claims):
        product = self.world["products"][number % 3]
        self.attempt(applications.start_application, user=self.who(who), product=product, claims=claims)

    @rule(number=number, seed=up_to(3))
    def describe(self, number, seed):
        """Steps anew: all at the workshop, one elsewhere, or only packing."""
        product = self.world["products"][number % 3]

        def write():
            steps = factories.steps(product)
            if seed:
                chosen = random.Random(seed).sample(steps, seed)
                for step in chosen:
                    step.workplace, step.elsewhere_place = None, "Vernon, CA"
                applications.save_steps(user=self.who("owner"), product=product, steps=steps)

        self.attempt(write)

    @rule(who=person, number=number)
    def prove(self, who, number):
        case = self.pick(Application, number)
        steps = list(case.product.production_steps.all())

        def add():
            for step in steps:
                evidence.add_evidence(
                    user=self.who(who), application=case, kind="photo", upload=factories.photo(), step=step
                )

        self.attempt(add)

    @rule(who=person, number=number)
    def hand_in(self, who, number):
        self.attempt(applications.submit, user=self.who(who), application=self.pick(Application, number))

    @rule(who=person, number=number)
    def take_back(self, who, number):
        self.attempt(applications.withdraw_application, user=self.who(who), application=self.pick(Application, number))

    @rule(who=person, number=number)
    def say(self, who, number):
        self.attempt(thread.write, user=self.who(who), application=self.pick(Application, number), text="Here it is.")

    @rule(number=number, members=lambda chance: set(chance.choices(range(3), k=2)))
    def make_a_line(self, number, members):
        products = self.world["products"]
        chosen = [products[member] for member in members]
        self.attempt(lines.set_line, user=self.who("owner"), lead=products[number % 3], products=chosen)

    @rule(number=number, what=one_of(["name", "price", "workplace"]))
    def change(self, number, what):
        """Through other doors than the application's: the product's page and the workplaces' page."""
        product = type(self.world["products"][0]).objects.get(pk=self.world["products"][number % 3].pk)
        owner = self.who("owner")
        if what == "workplace":
            place = product.maker.workplaces.order_by("pk").first()
            place.line1 = "4305 S Santa Fe Ave" if place.line1.startswith("110") else "110 E 9th St"
            self.attempt(save_workplace, user=owner, workplace=place)
            return
        texts = {name: getattr(product, name) for name in ("title", "kind", "origin_statement", "fibre_content")}
        texts["title"] += " II" if what == "name" else ""
        number = factories.variant_of(product).pk
        variants = [factories.Variant(id=number, price=71, stock=5, size="M", color="Navy", color_hex="#2b2f63")]
        category = factories.category()
        self.attempt(edit_product, user=owner, product=product, category=category, variants=variants, **texts)

    @rule(who=person, number=number)
    def give_back(self, who, number):
        self.attempt(certificates.give_back, user=self.who(who), certificate=self.pick(Certificate, number))

    @rule(who=person, number=number, sanction=one_of([True, False]))
    def appeal(self, who, number, sanction):
        certificate = self.pick(Certificate, number) if sanction else None
        case = certificate.application if certificate else self.pick(Application, number)
        self.attempt(
            appeals.file_appeal, user=self.who(who), application=case, certificate=certificate, text="It is ours."
        )

    # What staff do.

    @rule(who=person, number=number)
    def start(self, who, number):
        self.attempt(review.start_evaluation, user=self.who(who), application=self.pick(Application, number))

    @rule(who=person, number=number, accept=one_of([True, False]))
    def judge(self, who, number, accept):
        case, user = self.pick(Application, number), self.who(who)

        def look():
            for item in case.evidence.all():
                evidence.judge_evidence(user=user, evidence=item, accept=accept, note="Seen.")
            for place in {step.get("workplace") for step in case.facts.get("steps", ())} - {None}:
                review.check_workplace(
                    user=user,
                    application=case,
                    workplace_id=place,
                    inside=accept,
                    record_accepted=accept,
                    reason="Seen.",
                )

        self.attempt(look)

    @rule(who=person, number=number)
    def ask(self, who, number):
        self.attempt(review.ask_maker, user=self.who(who), application=self.pick(Application, number), question="Who?")

    @rule(who=person, number=number, claims=claims, grant=one_of([True, False]))
    def recommend(self, who, number, claims, grant):
        self.attempt(
            review.recommend, user=self.who(who), application=self.pick(Application, number), claims=claims,
            recommendation="grant" if grant else "refuse", reason="So it is.", reasons=["no_evidence"],
        )  # fmt: skip

    @rule(who=person, number=number, claims=claims)
    def grant(self, who, number, claims):
        case = self.pick(Application, number)
        self.attempt(
            review.grant, user=self.who(who), application=case, claims=claims, reason="So it is.",
            reasons=["no_evidence"],
        )  # fmt: skip

    @rule(who=person, number=number, reasons=one_of([[], ["outside_area"]]))
    def refuse(self, who, number, reasons):
        case = self.pick(Application, number)
        self.attempt(review.refuse, user=self.who(who), application=case, reason="No.", reasons=reasons)

    @rule(who=person, number=number)
    def send_back(self, who, number):
        self.attempt(
            review.return_case, user=self.who(who), application=self.pick(Application, number), reason="Again."
        )

    @rule(who=person)
    def declare_a_tie(self, who):
        self.attempt(review.declare_conflict, user=self.who(who), maker=self.world["maker"], reason="A friend.")

    @rule(who=person, number=number, what=one_of(["suspend", "reinstate", "withdraw", "restore"]))
    def sanction(self, who, number, what):
        words = {"reasons": ["misuse"]} if what in ("suspend", "withdraw") else {}
        self.attempt(
            getattr(certificates, what), user=self.who(who), certificate=self.pick(Certificate, number),
            reason="Seen in a shop.", **words,
        )  # fmt: skip

    @rule(who=person, number=number, what=one_of(["hear", "drop", "uphold", "dismiss"]))
    def answer_an_appeal(self, who, number, what):
        if row := self.pick(Appeal, number):
            words = {"text": "Because."} if what in ("uphold", "dismiss") else {}
            self.attempt(getattr(appeals, what), user=self.who(who), appeal=row, **words)

    @rule(who=person, number=number, what=one_of(["report", "look", "answer"]), just=one_of([True, False]))
    def complain(self, who, number, what, just):
        if what == "report":
            certificate = self.pick(Certificate, number)
            self.attempt(complaints.report_badge, certificate=certificate, text="It says China inside.")
        elif row := self.pick(Complaint, number):
            act = complaints.look_at if what == "look" else complaints.answer
            words = {} if what == "look" else {"justified": just, "text": "We looked."}
            self.attempt(act, user=self.who(who), complaint=row, **words)

    @rule(who=person, visitor=person, number=number)
    def visit(self, who, visitor, number):
        case = self.pick(Application, number)
        place = self.world["maker"].workplaces.first().pk
        self.attempt(
            visits.plan_visit, user=self.who(who), application=case, workplace_id=place, visitor=self.who(visitor),
            planned_for=clock.today(),
        )  # fmt: skip
        if row := self.pick(SiteVisit, number):
            self.attempt(
                visits.report_visit, user=self.who(visitor), visit=row, visited_on=clock.today(),
                report="Four machines.", steps_seen=["sewing"],
            )  # fmt: skip

    @rule(who=person, number=number, role=one_of(["evaluate", "decide", "hear"]))
    def invite(self, who, number, role):
        self.attempt(
            panel.invite, user=self.who(who), application=self.pick(Application, number),
            member=self.who("outsider"), role=role, reason="Everyone has a tie.",
        )  # fmt: skip

    @rule(who=person)
    def draw(self, who):
        self.attempt(surveillance.draw_year, user=self.who(who), seed="07 11 19 23 42", seed_source="SuperLotto Plus")

    @rule(who=person, number=number, what=one_of(["pass_check", "fail_check"]))
    def check(self, who, number, what):
        if row := self.pick(SurveillanceCheck, number):
            self.attempt(getattr(surveillance, what), user=self.who(who), check=row, report="Looked at the machines.")

    # Attacks, and time.

    @rule(
        who=person, number=number, action=one_of(list(Action)), model=one_of(list(INITIAL)),
    )  # fmt: skip
    def attack(self, who, number, action, model):
        """Straight at the one writer of statuses, past the services."""
        if row := self.pick(model, number):
            self.attempt(workflow.perform, row=row, action=action, actor=self.who(who))

    @rule(days=up_to(150, -20))
    def let_the_clock_jump(self, days):
        self.travel.shift(timedelta(days=days))

    # What must hold.

    def every_certificate_stands_on_two_people(self):
        for certificate in Certificate.objects.select_related("application", "criteria"):
            case = certificate.application
            judges = {case.evaluator_id, case.decider_id}
            assert None not in judges
            assert len(judges) == 2
            assert not judges & {case.created_by_id, case.submitted_by_id}
            assert not Membership.objects.filter(maker=case.maker, user__in=judges).exists()
            tied = ConflictOfInterest.objects.filter(maker=case.maker, user__in=judges, declared_at__lt=case.decided_at)
            assert not tied.exists()
            assert certificate.criteria.number
            said = dict(case.audit_entries.order_by("number").values_list("verb", "private__actor"))
            assert said["staff:application:recommend"] == case.evaluator_id
            assert said["staff:application:grant"] == case.decider_id
            assert set(certificate.claims) <= set(case.claims)

    def every_status_was_reached_by_the_table(self):
        moves = defaultdict(list)
        for entry in AuditEntry.objects.filter(verb__regex=r"^(maker|staff):").order_by("number"):
            if "status" in entry.after:
                moves[entry.subject].append(
                    (entry.verb.rsplit(":", 1)[1], entry.before["status"], entry.after["status"])
                )
        for model, first in INITIAL.items():
            for row in model.objects.all():
                status = "accepted" if model is Evidence and row.visit_id else first
                number = row.number if model is Certificate else row.pk
                for action, before, after in moves[f"{model._meta.model_name}:{number}"]:
                    assert before == status
                    assert workflow.TABLES[model][(status, Action(action))].to == after
                    status = after
                assert row.status == status

    def badge_and_register_agree(self):
        ids = [product.pk for product in self.world["products"]]
        badges = badges_for(ids)
        valid = {
            row.certificate.pk for row in register_rows(Certificate.objects.all()) if row.status == PublicStatus.VALID
        }
        for pk in ids:
            covered = CertifiedProduct.objects.filter(product=pk, certificate__in=valid)
            leads = covered.filter(certificate__product=pk)
            if pk in badges:
                number = badges[pk].number
                assert number in covered.values_list("certificate__number", flat=True)
            elif leads.exists():
                raise AssertionError(f"the register calls {leads.first().certificate} valid, but there is no badge")

    def every_refusal_has_reasons_to_appeal(self):
        for case in Application.objects.filter(status=ApplicationStatus.REFUSED):
            assert case.decision_reasons
            assert case.decision_reason
            assert appeals.what_to_appeal(case)[1] == case.decided_at
        for certificate in Certificate.objects.filter(
            status__in=[CertificateStatus.SUSPENDED, CertificateStatus.WITHDRAWN]
        ):
            assert certificate.status_reasons
            assert certificate.status_reason


WALKS = int(os.environ.get("PROGRAMME_WALKS", "0"))


@pytest.mark.django_db
def test_no_sequence_of_acts_breaks_the_rules():
    world = make_world()
    REACHED.clear()

    @settings(max_examples=WALKS or 8, derandomize=not WALKS, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 2**64))
    def walk(seed):
        with time_machine.travel(clock.now(), tick=False) as travel, transaction.atomic():
            Programme(world, seed, travel).walk()
            transaction.set_rollback(True)

    walk()
    assert {"Application grant", "Application refuse", "Appeal uphold", "Complaint uphold"} <= set(REACHED)
