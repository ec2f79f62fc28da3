"""How long a page of the staff's queue takes with 20,000 applications waiting (aim: below 100 ms)."""

import os
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

CASES = int(os.environ.get("CASES", "20000"))
AIM_MS = 100
PAGES = ("/review/", "/review/?page=200", "/review/?status=submitted", "/review/?late=yes", "/review/?q=maker+7")


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="queue-"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    _fill()
    from tests import factories
    from tests.access import signed_in

    client = signed_in(factories.evaluator(), second_factor=True)
    for page in PAGES:
        client.get(page)
        times = [_timed(client, page) for _ in range(15)]
        print(
            f"{page}: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms with {CASES:,} waiting "
            f"(aim: below {AIM_MS} ms)"
        )


def _timed(client, page: str) -> float:
    started = time.perf_counter()
    assert client.get(page).status_code == 200
    return (time.perf_counter() - started) * 1000


def _fill() -> None:
    """One real application, and as many like it as asked for, of 500 makers, handed in over a month."""
    from catalog.catalogue.models import Product
    from certification.models import Application
    from marketplace.core import clock
    from tests import factories

    makers = [factories.maker() for _ in range(500)]
    model = factories.submitted(factories.product(makers[0]))
    product = model.product
    pieces = Product.objects.bulk_create(
        Product(
            structure="parent", product_class=product.product_class, maker=makers[number % 500],
            title=f"Piece {number}", slug=f"piece-{number}", kind="garment", origin_statement="usa",
            fibre_content="cotton",
        )
        for number in range(CASES - 1)
    )  # fmt: skip
    statuses = ("submitted", "evaluating", "needs_info", "evaluated", "returned")
    Application.objects.bulk_create(
        [
            Application(
                product=piece, maker=piece.maker, claims=model.claims, criteria=model.criteria, facts=model.facts,
                fingerprint=model.fingerprint, status=statuses[number % 5], created_by=model.created_by,
                submitted_by=model.submitted_by, created_at=model.created_at,
                submitted_at=clock.now() - timedelta(minutes=2 * number),
            )
            for number, piece in enumerate(pieces)
        ],
        batch_size=1000,
    )  # fmt: skip


if __name__ == "__main__":
    main()
