"""How long the register's search takes over 100,000 certificates (aim: 50 ms for every question).

On SQLite, or on what DATABASE_URL names; there the rows stay for a second run.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

CERTIFICATES = int(os.environ.get("CERTIFICATES", "100000"))
AIM_MS = 50
REPEATS = 7
NOUNS = ("jacket", "skirt", "tee", "coat", "scarf", "bag", "hat", "belt", "vest", "gown")
ADJECTIVES = ("bomber", "flight", "chore", "canvas", "denim", "linen", "satin", "quilted", "striped", "plain")
PLACES = ("Downtown", "Boyle Heights", "Venice", "San Pedro", "Van Nuys", "Watts", "Hollywood", "Northridge")
CLAIMS = (["designed"], ["assembled"], ["designed", "assembled"], ["designed", "assembled", "manufactured"])


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="register-search-"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from certification.models import Certificate

    print("migrating …", file=sys.stderr)
    call_command("migrate", verbosity=0)
    if Certificate.objects.count() < CERTIFICATES:
        _fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}, {Certificate.objects.count():,} certificates")
    slowest = max(_measure(name, asked) for name, asked in _questions().items())
    print(f"aim {AIM_MS} ms: {'met' if slowest <= AIM_MS else 'MISSED'} (slowest {slowest:.1f} ms)")


def _questions() -> dict[str, dict]:
    from certification.models import Certificate

    numbers = Certificate.objects.order_by("pk").values_list("number", flat=True)
    middle = numbers[CERTIFICATES // 2]
    status = {f"status {name}": {"status": name} for name in ("valid", "suspended", "withdrawn", "expired")}
    return {
        "everything": {}, "a number": {"q": middle}, "end of a number": {"q": middle.removeprefix("LAO-")},
        "common word": {"q": "jacket"}, "common prefix": {"q": "ja"}, "two words": {"q": "bomber jacket"},
        "a maker": {"q": "maker number 77"}, "nothing": {"q": "zeppelin"}, **status,
        "claim": {"claim": "manufactured"}, "place": {"neighborhood": "Venice"},
        "rare status, common word": {"q": "jacket", "status": "withdrawn"},
        "all together": {"q": "jack", "status": "expired", "claim": "designed", "neighborhood": "Watts"},
        "deep": {"after": middle}, "common word, deep": {"q": "jacket", "after": middle},
    }  # fmt: skip


def _measure(name: str, asked: dict) -> float:
    """The median of a page with its count, and of the status of its rows, in milliseconds."""
    from certification.register import search
    from certification.selectors import register_rows

    query, taken = search.Query(**asked), []
    for _repeat in range(REPEATS):
        started = time.perf_counter()
        page = search.page(query)
        found = time.perf_counter()
        register_rows(page.rows)
        taken.append((found - started, time.perf_counter() - found))
    searching, showing = (statistics.median(part) * 1000 for part in zip(*taken, strict=True))
    print(f"{name:26} search {searching:6.1f}  status {showing:6.1f} ms  ({page.total} found)")
    return searching


def _fill() -> None:
    """Rows as grants leave them: one in ten valid, most run out, some suspended, withdrawn, replaced."""
    from certification import fulltext
    from certification.facts import facts_of, fingerprint
    from certification.models import Application, Certificate
    from certification.programme import criteria_in_force
    from marketplace.core import clock
    from tests import factories

    pieces = [factories.product(factories.maker()) for _ in range(200)]
    facts = facts_of(piece.pk for piece in pieces)
    criteria, now, today = criteria_in_force(), clock.now(), clock.today()
    actor, evaluator, decider = factories.person(), factories.evaluator(), factories.decider()
    for start in range(0, CERTIFICATES, 2000):
        numbers = range(start, min(start + 2000, CERTIFICATES))
        cases = Application.objects.bulk_create(
            Application(
                product=pieces[n % 200], maker=pieces[n % 200].maker, claims=CLAIMS[n % 4], criteria=criteria,
                status="granted", facts=facts[pieces[n % 200].pk], created_by=actor, submitted_by=actor,
                evaluator=evaluator, decider=decider, granted_claims=CLAIMS[n % 4], created_at=now, submitted_at=now,
                decided_at=now,
            )
            for n in numbers
        )  # fmt: skip
        certificates = []
        for n, case in zip(numbers, cases, strict=True):
            status = _status(n)
            first = today - timedelta(days=400 + n % 700 if status == "expired" else n % 300)
            certificates.append(
                Certificate(
                    number=f"LAO-{first.year}-{n:05d}", product=case.product if n < 200 else None, maker=case.maker,
                    product_description=f"{ADJECTIVES[n // 10 % 10]} {NOUNS[n % 10]}".capitalize(),
                    maker_name=f"Maker number {n % 11000}", claims=CLAIMS[n % 4], criteria=criteria, application=case,
                    public_steps=[{"kind": "sewing", "inside": True, "place": "A shop", "known": "documented",
                                   "neighborhood": PLACES[n % 8]}],
                    fingerprint=fingerprint(case.facts), valid_from=first, valid_until=first + timedelta(days=364),
                    status="valid" if n < 200 or status == "expired" else status, status_changed_at=now,
                    status_reason="A reason." if status in ("suspended", "withdrawn") and n >= 200 else "",
                    status_reasons=["changed"] if status in ("suspended", "withdrawn") and n >= 200 else [],
                    issued_at=clock.start_of(first),
                )
            )  # fmt: skip
        fulltext.index(Certificate.objects.bulk_create(certificates))
        print(f"{start + len(certificates):,}", file=sys.stderr)


def _status(n: int) -> str:
    if n % 100 == 99:
        return "withdrawn"
    if n % 200 == 98:
        return "suspended"
    if n % 10 == 7:
        return "superseded"
    return "valid" if n % 10 == 0 else "expired"


if __name__ == "__main__":
    main()
