"""Many at once, on PostgreSQL; and the same with a guard taken away, to show that the race is real."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.db import connections
from django.db.models.query import QuerySet

PATIENCE = 20


def together(action, items):
    """Run an action for every item at the same moment; give the results, exceptions included."""
    items = list(items)
    barrier = threading.Barrier(len(items))

    def one(item):
        try:
            barrier.wait(timeout=PATIENCE)
            return action(item)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(one, items))


def unlocked(patch):
    """Row locks are not taken: what a shop without them does."""
    patch.setattr(QuerySet, "select_for_update", lambda rows, *args, **options: rows._chain())


def meeting_after(patch, module, name, people):
    """Everybody has called `module.name` before anybody goes on: they all have read the same, none has written."""
    real, meet = getattr(module, name), threading.Barrier(people)

    def slowly(*args, **options):
        found = real(*args, **options)
        with suppress(threading.BrokenBarrierError):
            meet.wait(timeout=2)
        return found

    patch.setattr(module, name, slowly)


def kinds(results) -> dict[str, int]:
    """How many results there are of each type."""
    names = [type(result).__name__ for result in results]
    return {name: names.count(name) for name in sorted(set(names))}
