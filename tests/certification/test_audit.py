"""The audit trail: whatever is altered, removed or put in another order is found and named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from certification import audit, workflow
from certification.models import AuditEntry, AuditHead, AuditPrivate
from certification.permissions import has_evaluated
from certification.texts import VERBS
from certification.words import Verb
from marketplace.core.append_only import drop_triggers
from tests import factories

pytestmark = pytest.mark.django_db
TABLE = "certification_auditentry"


@pytest.fixture
def trail():
    """A product's whole way to a certificate."""
    return factories.certify(factories.product())


class InThisTransaction:
    """A schema editor as far as the triggers need one; the test's rollback brings them back."""

    connection = connection

    def execute(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.fixture
def tamper(trail):
    """Runs SQL as someone would who got past the triggers."""
    connection.check_constraints()
    drop_triggers(InThisTransaction(), TABLE)
    return InThisTransaction().execute


def test_an_untouched_trail_is_whole(trail):
    assert AuditEntry.objects.count() > 20
    assert audit.verify() == []
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "all as they were written" in out.getvalue()


def test_every_entry_says_who_in_which_role_and_why(trail):
    entry = AuditEntry.objects.get(verb="staff:application:grant")
    assert (entry.role, entry.kept.actor, entry.kept.reason) == ("staff", factories.decider(), "Granted.")
    assert (entry.before, entry.after) == ({"status": "evaluated"}, {"status": "granted"})


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (f"UPDATE {TABLE} SET verb='staff:application:refuse' WHERE number=5", "entry 5 was altered"),
        (f"UPDATE {TABLE} SET at='2020-01-01 00:00:00+00:00' WHERE number=5", "entry 5 was altered"),
        (f"UPDATE {TABLE} SET after='{{}}' WHERE number=2", "entry 2 was altered"),
        (f"UPDATE {TABLE} SET subject='certificate:X' WHERE number=7", "entry 7 was altered"),
        ("UPDATE certification_auditprivate SET reason='Other.' WHERE entry_id=(SELECT id FROM "
         f"{TABLE} WHERE number=3)", "actor or reason of entry 3 was altered"),
        ("UPDATE certification_auditprivate SET actor_id=NULL WHERE entry_id=(SELECT id FROM "
         f"{TABLE} WHERE number=1)", "actor or reason of entry 1 was altered"),
        ("DELETE FROM certification_auditprivate WHERE entry_id=(SELECT id FROM "
         f"{TABLE} WHERE number=4)", "entry 4 were removed without an erasure"),
        ("UPDATE certification_audithead SET number=number+1", "is missing"),
        ("UPDATE certification_audithead SET number=number-1", "the end of the chain"),
    ],
)  # fmt: skip
def test_what_was_altered_is_named(tamper, sql, said):
    tamper(sql)
    assert [fault for fault in audit.verify() if said in fault]


@pytest.mark.parametrize("numbers", [(1,), (6,), (8, 9)])
def test_what_was_removed_is_named(tamper, numbers):
    for number in numbers:
        tamper(f"DELETE FROM certification_auditprivate WHERE entry_id=(SELECT id FROM {TABLE} WHERE number={number})")
        tamper(f"DELETE FROM {TABLE} WHERE number={number}")
    said = f"entry {numbers[0]} is missing" if len(numbers) == 1 else "entries 8 to 9 are missing"
    assert said in audit.verify()
    with pytest.raises(CommandError, match="missing"):
        call_command("verify_audit")


def test_a_cut_off_end_is_named(tamper):
    last = AuditHead.objects.get().number
    tamper(f"DELETE FROM certification_auditprivate WHERE entry_id=(SELECT id FROM {TABLE} WHERE number={last})")
    tamper(f"DELETE FROM {TABLE} WHERE number={last}")
    assert audit.verify() == [f"entry {last} is missing"]


def test_two_rows_that_changed_places_are_named(tamper):
    for old, new in ((5, 9005), (6, 5), (9005, 6)):
        tamper(f"UPDATE {TABLE} SET number={new} WHERE number={old}")
    faults = audit.verify()
    assert any("entry 5 does not follow entry 4" in fault for fault in faults)
    assert any("entry 5 was altered" in fault for fault in faults)


def test_a_chain_that_was_written_anew_differs_from_the_one_noted(trail):
    noted = str(AuditHead.objects.get())
    call_command("verify_audit", noted=noted, stdout=StringIO())
    with pytest.raises(CommandError, match="written anew"):
        call_command("verify_audit", noted=noted[:-4] + "0000")


def test_a_person_is_erased_and_the_chain_stays_whole(trail):
    owner = factories.owner_of(trail.maker)
    before = AuditEntry.objects.filter(private__actor=owner).count()
    call_command("erase_from_audit", owner.email, reason="Request of 2026-11-24", stdout=StringIO())
    assert before > 5
    assert not AuditPrivate.objects.filter(actor=owner).exists()
    assert audit.verify() == []
    record = AuditEntry.objects.first()
    assert (record.verb, len(record.after["numbers"])) == ("system:audit:erase", before)


def test_nothing_to_erase_leaves_no_entry(trail):
    count = AuditEntry.objects.count()
    with pytest.raises(CommandError, match="Nobody"):
        call_command("erase_from_audit", "nobody@example.org", reason="x")
    assert AuditEntry.objects.count() == count


def test_the_trail_remembers_evaluators_of_earlier_rounds():
    case = factories.evaluated(factories.product())
    assert has_evaluated(factories.evaluator(), case)
    assert not has_evaluated(factories.decider(), case)


def test_an_entry_belongs_to_the_transaction_that_caused_it(trail):
    before = AuditHead.objects.get().number
    with pytest.raises(workflow.WrongMoment):
        workflow.perform(row=trail, action=workflow.Action.REINSTATE, actor=factories.decider())
    assert AuditHead.objects.get().number == before


def test_every_act_has_words_for_people():
    table = {
        f"{move.source}:{model._meta.model_name}:{action}"
        for model, moves in workflow.TABLES.items()
        for (_status, action), move in moves.items()
    }
    assert {verb for verb in table | {verb.value for verb in Verb} if verb not in VERBS} == set()
