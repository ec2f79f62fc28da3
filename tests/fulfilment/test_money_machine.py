"""The money machine, from fixed seeds; MONEY_SEQUENCES=10000 runs so many other ones in rounds (see `make money`)."""

import os
import sys
from datetime import UTC, datetime

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from marketplace.payments.gateway import connection
from marketplace.payments.permissions import BOOKKEEPERS
from tests import factories
from tests.standin.nearby import Nearby
from tests.standin.running import SECRET

from .money_machine import MoneyMachine, World

SEQUENCES = int(os.environ.get("MONEY_SEQUENCES", "0"))
ROUND = 250

START = datetime(2026, 11, 20, 18, tzinfo=UTC)
REACHED = {"buy", "buy crashed", "pay", "come back", "tell", "work", "sweep", "release", "reconcile", "ship"}


@pytest.mark.timeout(0 if SEQUENCES else 600)
@pytest.mark.django_db
def test_whatever_happens_not_a_cent_is_lost(monkeypatch, settings, capsys):
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_SECRET_KEY = "sk_test_standin"
    near = Nearby()
    monkeypatch.setattr(connection, "_client", lambda *key: near.client)
    MoneyMachine.seen.clear()
    with time_machine.travel(START, tick=False):  # the same sequence is the same again
        world = World(near, factories, factories.staff(BOOKKEEPERS))
        for done in range(0, SEQUENCES or 1, ROUND):
            run(world)
            if SEQUENCES:
                with capsys.disabled():
                    sys.stdout.write(f"{min(done + ROUND, SEQUENCES)} sequences held\n")
                    sys.stdout.flush()
    near.close()
    assert set(MoneyMachine.seen) >= REACHED, "the walks no longer come to these"


def run(the_world):
    class Machine(MoneyMachine):
        world = the_world

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=min(ROUND, SEQUENCES) or 40, stateful_step_count=40 if SEQUENCES else 30, deadline=None,
            print_blob=True,
            derandomize=not SEQUENCES, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        ),
    )  # fmt: skip
